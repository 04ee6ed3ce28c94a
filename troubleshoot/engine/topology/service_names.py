"""One name for each service, whoever speaks of it."""

from collections.abc import Collection, Iterable
from dataclasses import replace

from troubleshoot.analysis.hosts import service_at
from troubleshoot.engine.plan.inventory import Known
from troubleshoot.model.facts import Facts, MetricFacts, Party, TraceFacts
from troubleshoot.model.finding import Finding, Item

CALLED = (Party.REMOTE, Party.DATABASE)  # parties in traces that only their callers name


def declared(findings: Iterable[Finding], known: Known) -> frozenset[str]:
    """The names that services give themselves, in traces, metrics and logs."""
    own = {item.service for one in findings for item in one.items if not _address(item.facts)}
    callers = {one.label("source") for one in known.edges.series}
    return frozenset(own | callers | known.services.names) - {""}


def with_services(findings: Iterable[Finding], services: Collection[str]) -> tuple[Finding, ...]:
    """What callers know by its address gets the name that it gives itself."""
    return tuple(
        replace(one, items=tuple(_named(item, services) for item in one.items)) for one in findings
    )


def _named(item: Item, services: Collection[str]) -> Item:
    if isinstance(item.facts, MetricFacts | TraceFacts) and (address := _address(item.facts)):
        facts = replace(item.facts, service=service_at(address, services))
        return replace(item, facts=facts)
    return item


def _address(facts: Facts | None) -> str:
    """Where only callers know the one it is about: what they call it by."""
    if isinstance(facts, MetricFacts):
        return facts.host
    return facts.service if isinstance(facts, TraceFacts) and facts.party in CALLED else ""
