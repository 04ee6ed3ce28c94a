"""Who calls whom, from whatever tells it."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from troubleshoot.analysis.hosts import service_at
from troubleshoot.analysis.traces.callee import peer
from troubleshoot.analysis.traces.tree import Tree, calls_out
from troubleshoot.engine.collect.answers import Answers
from troubleshoot.engine.plan.inventory import Known
from troubleshoot.model.signal import Series

Graph = Mapping[str, frozenset[str]]  # caller → callees


def call_graph(
    answers: Answers, known: Known, listed: Iterable[tuple[str, str]], services: Collection[str]
) -> Graph:
    """From the environment's list, the graphs that stores keep, and the traces, all together."""
    found = [*listed, *((caller, callee) for caller, callee, _ in known.calls.edges)]
    found += [_edge(one, services) for one in known.edges.series]
    return joined(graph_of(found), traced(answers, services))


def traced(answers: Answers, services: Collection[str]) -> Graph:
    """What spans show."""
    trees = (one for answer in answers for one in answer.trees)
    calls = {call for one in trees for call in _calls(one)}  # many spans, few pairs of services
    return graph_of(
        (caller, callee if answered else service_at(callee, services))
        for caller, callee, answered in calls
    )


def graph_of(edges: Iterable[tuple[str, str]]) -> Graph:
    found: dict[str, set[str]] = defaultdict(set)
    for caller, callee in edges:
        if caller and callee and caller != callee:
            found[caller].add(callee)
    return {caller: frozenset(callees) for caller, callees in sorted(found.items())}


def renamed(graph: Graph, aliases: Mapping[str, str]) -> Graph:
    """With one name for a component that has several."""
    edges = ((caller, callee) for caller, callees in graph.items() for callee in callees)
    return graph_of((aliases.get(one, one), aliases.get(other, other)) for one, other in edges)


def joined(one: Graph, other: Graph) -> Graph:
    both = [*one.items(), *other.items()]
    return graph_of((caller, callee) for caller, callees in both for callee in callees)


def reached(graph: Graph) -> Graph:
    """All that each service depends on, through others too; never those that depend on it as well:

    in a circle nobody is the reason of another.
    """
    below = {service: _below(service, graph) for service in graph}
    return {
        service: frozenset(one for one in found if service not in below.get(one, frozenset()))
        for service, found in below.items()
    }


def _below(service: str, graph: Graph) -> frozenset[str]:
    found: set[str] = set()
    waiting = [service]
    while waiting:
        new = graph.get(waiting.pop(), frozenset()) - found
        found |= new
        waiting += sorted(new)
    return frozenset(found)


def _edge(series: Series, services: Collection[str]) -> tuple[str, str]:
    callee = series.label("service") or service_at(series.label("host"), services)
    return series.label("source"), callee


def _calls(whole: Tree) -> Iterable[tuple[str, str, bool]]:
    """Caller, callee, and whether that answered; else it is the address that was called."""
    for span in whole.spans:
        if below := whole.children(span):
            for child in below:
                yield span.service, child.service, True
        elif calls_out(span) and (address := peer(span)):
            yield span.service, address, False
