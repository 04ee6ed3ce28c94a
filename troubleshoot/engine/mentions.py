"""Without traces, error messages tell who depends on whom, and who failed."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from itertools import pairwise

from troubleshoot.analysis.mentions import named
from troubleshoot.engine.callgraph import Graph, graph_of
from troubleshoot.model.finding import Evidence, Finding, Item

TOLD_BY = " < "  # between the names in a message, each the reason of the one before


def with_mentions(findings: Iterable[Finding], services: Collection[str]) -> tuple[Finding, ...]:
    """Error messages that name somebody as the reason get the name as ``mentions``; ``through``

    are those in between. Where nothing else here tells of the one named, no metric and no log of
    its own, it is ``outside`` too: then its callers' word is all there is.
    """
    every = tuple(findings)
    told = {item.label("service") for one in every for item in one.items}
    return tuple(
        replace(one, items=tuple(_mentioning(item, services, told) for item in one.items))
        if one.evidence is Evidence.LOG
        else one
        for one in every
    )


def mentioned(findings: Iterable[Finding]) -> Graph:
    """A service whose error messages name another one depends on it."""
    return graph_of(edge for one in findings for item in one.items for edge in _edges(item))


def _mentioning(item: Item, services: Collection[str], told: set[str]) -> Item:
    chain = named(item.note or item.label("pattern"), services, item.label("service"))
    if not chain:
        return item
    labels = dict(item.labels) | {"mentions": chain[-1]}
    if chain[:-1]:
        labels["through"] = TOLD_BY.join(chain[:-1])
    if chain[-1] not in told:
        labels["outside"] = chain[-1]
    return replace(item, labels=tuple(sorted(labels.items())))


def _edges(item: Item) -> Iterator[tuple[str, str]]:
    if last := item.label("mentions"):
        between = [one for one in item.label("through").split(TOLD_BY) if one]
        chain = [item.label("service"), *between, last]
        yield from pairwise(chain)
