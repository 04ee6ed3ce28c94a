"""Without traces, error messages tell who depends on whom, and who failed."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import pairwise

from troubleshoot.analysis.logs.mentions import named
from troubleshoot.engine.topology.call_graph import Graph, graph_of
from troubleshoot.model.facts import LogFacts
from troubleshoot.model.finding import Evidence, Finding, Item


def with_mentions(
    findings: Iterable[Finding], services: Collection[str], aliases: Mapping[str, str] = {}
) -> tuple[Finding, ...]:
    """Error messages that name somebody as the reason blame it.

    It is unmonitored where nothing else here tells of it, no metric and no log of its own.
    """
    every = tuple(findings)
    told = {item.service for one in every for item in one.items}
    return tuple(
        replace(one, items=tuple(_mentioning(item, services, aliases, told) for item in one.items))
        if one.evidence is Evidence.LOG
        else one
        for one in every
    )


def mentioned(findings: Iterable[Finding]) -> Graph:
    """A service whose error messages name another one depends on it."""
    return graph_of(edge for one in findings for item in one.items for edge in _edges(item))


def _mentioning(
    item: Item, services: Collection[str], aliases: Mapping[str, str], told: set[str]
) -> Item:
    if not isinstance(item.facts, LogFacts):
        return item
    found = named(item.note or item.facts.pattern, services, item.service)
    names = (aliases.get(one, one) for one in found)
    chain = tuple(dict.fromkeys(one for one in names if one != item.service))
    if not chain:
        return item
    *through, blames = chain
    facts = replace(
        item.facts, blames=blames, through=tuple(through), unmonitored=blames not in told
    )
    return replace(item, facts=facts)


def _edges(item: Item) -> Iterator[tuple[str, str]]:
    if isinstance(item.facts, LogFacts) and item.facts.blames:
        yield from pairwise((item.service, *item.facts.through, item.facts.blames))
