"""Where no span tells, error messages do: who depends on whom, who failed, and whose errors."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import pairwise

from troubleshoot.analysis.logs.mentions import named
from troubleshoot.engine.topology.call_graph import Graph, graph_of
from troubleshoot.model.facts import Facts, LogFacts, MetricFacts, TraceFacts
from troubleshoot.model.finding import Evidence, Finding, Item


def with_mentions(
    findings: Iterable[Finding],
    services: Collection[str],
    aliases: Mapping[str, str] = {},
    traced: Mapping[str, frozenset[str]] = {},
) -> tuple[Finding, ...]:
    """Error messages that name somebody as the reason blame it.

    Not where spans show that call (``traced``): they tell how it went, and messages only repeat it.
    It is unmonitored where nothing else here tells of it, no metric and no log of its own.
    """
    every = tuple(findings)
    told = {item.service for one in every for item in one.items}
    return tuple(
        replace(
            one,
            items=tuple(_mentioning(item, services, aliases, told, traced) for item in one.items),
        )
        if one.evidence is Evidence.LOG
        else one
        for one in every
    )


def mentioned(findings: Iterable[Finding]) -> Graph:
    """A service whose error messages name another one depends on it."""
    return graph_of(edge for one in findings for item in one.items for edge in _edges(item))


def with_sole(
    findings: Iterable[Finding], depends: Graph, spanning: Collection[str]
) -> tuple[Finding, ...]:
    """New error lines of those of whom no metric and no span can tell errors.

    Errors travel to the callers: where somebody that it depends on has any, they may be those.
    ``spanning`` are the services that have spans.
    """
    every = tuple(findings)
    items = [item for one in every if one.outcome.conclusive for item in one.items]
    told = {item.service for item in items if _tells_errors(item.facts)}
    failing = {item.service for item in items if item.outcome.firing and _of_errors(item.facts)}

    def marked(item: Item) -> Item:
        facts = item.facts
        if (
            not isinstance(facts, LogFacts)
            or not facts.new
            or facts.service in {*told, *spanning, ""}
        ):
            return item
        below = depends.get(facts.service, frozenset())
        return item if below & failing else replace(item, facts=replace(facts, sole=True))

    return tuple(replace(one, items=tuple(map(marked, one.items))) for one in every)


def _tells_errors(facts: Facts | None) -> bool:
    if isinstance(facts, MetricFacts):
        return facts.means in ("errors", "failures")
    return isinstance(facts, TraceFacts)


def _of_errors(facts: Facts | None) -> bool:
    return _tells_errors(facts) or isinstance(facts, LogFacts)


def _mentioning(
    item: Item,
    services: Collection[str],
    aliases: Mapping[str, str],
    told: set[str],
    traced: Graph,
) -> Item:
    if not isinstance(item.facts, LogFacts):
        return item
    found = named(item.note or item.facts.pattern, services, item.service)
    names = (aliases.get(one, one) for one in found)
    chain = tuple(dict.fromkeys(one for one in names if one != item.service))
    if not chain:
        return item
    *through, blames = chain
    if blames in traced.get((item.service, *through)[-1], ()):
        return item
    facts = replace(
        item.facts, blames=blames, through=tuple(through), unmonitored=blames not in told
    )
    return replace(item, facts=facts)


def _edges(item: Item) -> Iterator[tuple[str, str]]:
    if isinstance(item.facts, LogFacts) and item.facts.blames:
        yield from pairwise((item.service, *item.facts.through, item.facts.blames))
