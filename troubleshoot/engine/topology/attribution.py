"""Findings in the light of who calls whom: causes apart from their consequences."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from troubleshoot.engine.collect.answers import Answers
from troubleshoot.engine.plan.inventory import Known
from troubleshoot.engine.topology.call_graph import (
    Graph,
    call_graph,
    joined,
    reached,
    renamed,
    traced,
)
from troubleshoot.engine.topology.chance import beyond_chance
from troubleshoot.engine.topology.contribution import contributions, flows_of
from troubleshoot.engine.topology.explanation import explanation
from troubleshoot.engine.topology.log_mentions import mentioned, with_mentions, with_sole
from troubleshoot.engine.topology.service_names import declared, with_services
from troubleshoot.model.finding import Evidence, Finding
from troubleshoot.model.window import Window

UNKNOWN = (
    "nothing tells who calls whom (no traces, no metrics of calls, no 'calls' in the environment),"
    " so a caller's trouble cannot be told from its callee's"
)
HINT = "list who calls whom as 'calls' in troubleshoot.yaml, or collect traces or metrics of calls"
BY_WORDS = "who calls whom is known from error messages only"


@dataclass(frozen=True, slots=True)
class System:
    """What is known of a system besides its answers.

    ``calls`` are (caller, callee) that the environment lists, ``aliases`` another name → the one to
    say; ``symptom`` is the service that somebody named, or ''.
    """

    window: Window
    calls: tuple[tuple[str, str], ...] = ()
    aliases: Mapping[str, str] = field(default_factory=dict)
    symptom: str = ""


def related(
    findings: Iterable[Finding], answers: Answers, known: Known, system: System
) -> tuple[Finding, ...]:
    every, aliases = tuple(findings), system.aliases
    services = declared(every, known) | aliases.keys()
    every = with_services(every, services, aliases)
    graph = renamed(call_graph(answers, known, system.calls, services), aliases)
    note = "" if graph else BY_WORDS
    spans = renamed(traced(answers, services), aliases)
    every = with_mentions(every, services, aliases, spans)
    graph = joined(graph, mentioned(every))
    found = with_sole(_explained(every, graph, system), reached(graph), _spanning(answers, aliases))
    note = note if graph else UNKNOWN
    return tuple(_noted(one, note) for one in found) if note else found


def _explained(every: tuple[Finding, ...], graph: Graph, system: System) -> tuple[Finding, ...]:
    depends = reached(graph)
    flows = flows_of(every)
    every = tuple(beyond_chance(one, flows, system.window) for one in every)
    symptom = system.aliases.get(system.symptom, system.symptom)
    parts = contributions(flows, graph, depends, symptom)
    told = explanation(every, depends, parts)
    return tuple(map(told.of, every))


def _spanning(answers: Answers, aliases: Mapping[str, str]) -> frozenset[str]:
    spans = (span for answer in answers for tree in answer.trees for span in tree.spans)
    return frozenset(aliases.get(one, one) for one in {span.service for span in spans})


def _noted(finding: Finding, note: str) -> Finding:
    """Where several services are in trouble: there it matters who calls whom."""
    wrong = {item.service for item in finding.items if item.outcome.firing} - {""}
    if finding.evidence is not Evidence.METRIC or len(wrong) < 2:
        return finding
    return replace(finding, notes=(*finding.notes, note))
