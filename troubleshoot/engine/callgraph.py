"""Who calls whom, from whatever tells it: the environment, Jaeger's dependencies, the traces."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace

from troubleshoot.analysis.tree import calls_out, peer, tree
from troubleshoot.engine.answers import Answers
from troubleshoot.engine.judged import Judged
from troubleshoot.model.finding import Item
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


def explained(judged: Judged, graph: Graph) -> Judged:
    """A caller whose callee is in trouble too gets the callee's name as ``explained_by``."""
    wrong = {item.label("service") for item in judged.items if item.outcome.firing}
    return replace(judged, items=tuple(_explained(item, wrong, graph) for item in judged.items))


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
