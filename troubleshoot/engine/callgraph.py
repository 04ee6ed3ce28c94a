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


def mentioned(findings: Iterable[Finding]) -> Graph:
    """Where nothing else tells: a service whose error messages name another one depends on it."""
    every = tuple(findings)
    names = {item.label("service") for one in every for item in one.items} - {""}
    found: dict[str, set[str]] = defaultdict(set)
    for one in every:
        if one.evidence is Evidence.LOG:
            for item in one.items:
                text = f"{item.label('pattern')} {item.note}"
                found[item.label("service")] |= {name for name in names if _names(text, name)}
    return {caller: frozenset(callees - {caller}) for caller, callees in sorted(found.items())}


def explained(finding: Finding, graph: Graph) -> Finding:
    """A caller whose callee is in trouble too gets the callee's name as ``explained_by``: so says

    a metric only; traces know by themselves where a trouble began.
    """
    if finding.evidence is not Evidence.METRIC:
        return finding
    wrong = {item.label("service") for item in finding.items if item.outcome.firing}
    return replace(finding, items=tuple(_explained(item, wrong, graph) for item in finding.items))


def _names(text: str, name: str) -> bool:
    return re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", text) is not None


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
