"""Findings in the light of who calls whom: causes apart from their consequences."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from troubleshoot.engine.collect.answers import Answers
from troubleshoot.engine.plan.inventory import Known
from troubleshoot.engine.topology.call_graph import (
    Graph,
    call_graph,
    charged,
    explained,
    joined,
    reached,
    renamed,
)
from troubleshoot.engine.topology.log_mentions import mentioned, with_mentions
from troubleshoot.engine.topology.service_names import declared, with_services
from troubleshoot.model.finding import Evidence, Finding

UNKNOWN = (
    "nothing tells who calls whom (no traces, no metrics of calls, no 'calls' in the environment),"
    " so a caller's trouble cannot be told from its callee's"
)
HINT = "list who calls whom as 'calls' in troubleshoot.yaml, or collect traces or metrics of calls"
BY_WORDS = "who calls whom is known from error messages only"


def related(
    findings: Iterable[Finding],
    answers: Answers,
    known: Known,
    listed: Iterable[tuple[str, str]],
    aliases: Mapping[str, str] = {},
) -> tuple[Finding, ...]:
    every = tuple(findings)
    services = declared(every, known) | aliases.keys()
    every = with_services(every, services, aliases)
    graph = renamed(call_graph(answers, known, listed, services), aliases)
    note = "" if graph else BY_WORDS
    if not any(one.evidence is Evidence.TRACE and one.outcome.conclusive for one in every):
        every = with_mentions(every, services, aliases)
        graph = joined(graph, mentioned(every))
    return _explained(every, graph, note if graph else UNKNOWN)


def _explained(every: tuple[Finding, ...], graph: Graph, note: str) -> tuple[Finding, ...]:
    depends = reached(graph)
    blamed = charged(every)
    found = tuple(explained(one, depends, blamed) for one in every)
    return tuple(_noted(one, note) for one in found) if note else found


def _noted(finding: Finding, note: str) -> Finding:
    """Where several services are in trouble: there it matters who calls whom."""
    wrong = {item.service for item in finding.items if item.outcome.firing} - {""}
    if finding.evidence is not Evidence.METRIC or len(wrong) < 2:
        return finding
    return replace(finding, notes=(*finding.notes, note))
