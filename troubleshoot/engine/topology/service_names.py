"""One name for each service, whoever speaks of it."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from troubleshoot.analysis.hosts import service_at
from troubleshoot.engine.plan.inventory import Known
from troubleshoot.model.facts import Facts, MetricFacts, Party, TraceFacts
from troubleshoot.model.finding import Finding, Item
from troubleshoot.model.vocabulary import Vocabulary

CALLED = (Party.REMOTE, Party.DATABASE)  # parties in traces that only their callers name


def declared(findings: Iterable[Finding], known: Known) -> frozenset[str]:
    """The names that services give themselves, in traces, metrics and logs."""
    own = {item.service for one in findings for item in one.items if not _address(item.facts)}
    callers = {one.label("source") for one in known.edges.series}
    return frozenset(own | callers | known.services.names) - {""}


def aliases_in(vocabularies: Iterable[Vocabulary]) -> dict[str, str]:
    """Another name of a component → the one to say; the first that names one decides."""
    found: dict[str, str] = {}
    for vocabulary in vocabularies:
        for name, others in vocabulary.aliases.items():
            for other in others:
                found.setdefault(other, name)
    return found


def with_services(
    findings: Iterable[Finding], services: Collection[str], aliases: Mapping[str, str] = {}
) -> tuple[Finding, ...]:
    """What callers know by its address gets the name that it gives itself; what has several, one.

    ``services`` hold the other names too, as callers may use them.
    """
    return tuple(
        replace(one, items=tuple(_named(item, services, aliases) for item in one.items))
        for one in findings
    )


def _named(item: Item, services: Collection[str], aliases: Mapping[str, str]) -> Item:
    if item.facts is None:
        return item
    address = _address(item.facts)
    name = service_at(address, services) if address else item.service
    facts = replace(item.facts, service=aliases.get(name, name))
    if isinstance(facts, TraceFacts):
        facts = replace(facts, caller=aliases.get(facts.caller, facts.caller))
    return replace(item, facts=facts)


def _address(facts: Facts | None) -> str:
    """Where only callers know the one it is about: what they call it by."""
    if isinstance(facts, MetricFacts):
        return facts.host
    return facts.service if isinstance(facts, TraceFacts) and facts.party in CALLED else ""
