"""Who calls whom, from whatever tells it: the environment, Jaeger, the traces, else the logs."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

from troubleshoot.analysis.tree import calls_out, peer, tree
from troubleshoot.engine.answers import Answers
from troubleshoot.model.finding import Evidence, Finding, Item
from troubleshoot.model.query import Store
from troubleshoot.model.signal import Calls, Trace, Traces

Graph = Mapping[str, frozenset[str]]  # caller → callees


def call_graph(answers: Answers, calls: Calls, listed: tuple[tuple[str, str], ...]) -> Graph:
    found: dict[str, set[str]] = defaultdict(set)
    for caller, callee in listed:
        found[caller].add(callee)
    for caller, callee, _ in calls.edges:
        found[caller].add(callee)
    for answer in answers.of(Store.JAEGER):
        if isinstance(answer.signal, Traces):
            for trace in answer.signal.traces:
                _add(found, trace)
    return {caller: frozenset(callees - {caller}) for caller, callees in sorted(found.items())}


def with_mentions(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Error messages that name another service get its name as ``mentions``."""
    every = tuple(findings)
    names = sorted({item.label("service") for one in every for item in one.items} - {""})
    return tuple(
        replace(one, items=tuple(_mentioning(item, names) for item in one.items))
        if one.evidence is Evidence.LOG
        else one
        for one in every
    )


def mentioned(findings: Iterable[Finding]) -> Graph:
    """Where nothing else tells: a service whose error messages name another one depends on it."""
    found: dict[str, set[str]] = defaultdict(set)
    for one in findings:
        for item in one.items:
            if name := item.label("mentions"):
                found[item.label("service")].add(name)
    return {caller: frozenset(callees) for caller, callees in sorted(found.items())}


def explained(finding: Finding, graph: Graph) -> Finding:
    """A caller whose callee is in trouble too gets the callee's name as ``explained_by``: so says

    a metric only; traces know by themselves where a trouble began.
    """
    if finding.evidence is not Evidence.METRIC:
        return finding
    wrong = {item.label("service") for item in finding.items if item.outcome.firing}
    return replace(finding, items=tuple(_explained(item, wrong, graph) for item in finding.items))


def _mentioning(item: Item, names: list[str]) -> Item:
    """The first other service that the message names, itself or one of its instances."""
    text, own = f"{item.label('pattern')} {item.note}", item.label("service")
    named = (
        (found.start(), name)
        for name in names
        if name != own and (found := re.search(rf"(?<![\w-]){re.escape(name)}(?!\w|-[a-z])", text))
    )
    _, first = min(named, default=(0, ""))
    labels = dict(item.labels) | {"mentions": first}
    return replace(item, labels=tuple(sorted(labels.items()))) if first else item


def _explained(item: Item, wrong: set[str], graph: Graph) -> Item:
    guilty = sorted(wrong & graph.get(item.label("service"), frozenset()))
    if not item.outcome.firing or not guilty:
        return item
    labels = dict(item.labels) | {"explained_by": ", ".join(guilty)}
    return replace(item, labels=tuple(sorted(labels.items())))


def _add(found: dict[str, set[str]], trace: Trace) -> None:
    whole = tree(trace)
    for span in whole.spans:
        if calls_out(span) and (callee := peer(span)) and not whole.children(span):
            found[span.service].add(callee)
        for child in whole.children(span):
            if child.service != span.service:
                found[span.service].add(child.service)
