"""One name for each service, whoever speaks of it."""

from collections.abc import Collection, Iterable
from dataclasses import replace

from troubleshoot.analysis.hosts import service_at
from troubleshoot.engine.known import Known
from troubleshoot.model.finding import Finding, Item

CALLED = ("remote", "database")  # kinds of things in traces that only their callers name


def declared(findings: Iterable[Finding], known: Known) -> frozenset[str]:
    """The names that services give themselves, in traces, metrics and logs."""
    own = {
        item.label("service")
        for one in findings
        for item in one.items
        if not item.label("host") and item.label("kind") not in CALLED
    }
    callers = {one.label("source") for one in known.edges.series}
    return frozenset(own | callers | known.services.names) - {""}


def with_services(findings: Iterable[Finding], services: Collection[str]) -> tuple[Finding, ...]:
    """What callers know by its address gets the name that it gives itself."""
    return tuple(
        replace(one, items=tuple(_named(item, services) for item in one.items)) for one in findings
    )


def _named(item: Item, services: Collection[str]) -> Item:
    address = item.label("host")
    if not address and item.label("kind") in CALLED:
        address = item.label("service")
    if not address:
        return item
    labels = dict(item.labels) | {"service": service_at(address, services)}
    return replace(item, labels=tuple(sorted(labels.items())))
