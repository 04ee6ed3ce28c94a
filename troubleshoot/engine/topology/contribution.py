"""What part of the symptom a service adds itself: weighed by its traffic, less its callees' parts.

Mean times add up along a call path, as a caller waits for what it calls; so do failed requests that
are handed up. The rise of a service's mean (or of its share of failures) times its calls is what it
takes part in; less the same of those that it calls is its own.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from troubleshoot.engine.topology.call_graph import Graph
from troubleshoot.model.facts import MetricFacts
from troubleshoot.model.finding import Finding, Item

TIME, FAILURES = "time", "failures"
OF_MEANING = {"latency": TIME, "errors": FAILURES, "failures": FAILURES}
# of the usual time; what `analysis.metrics.onset` takes for noise
LEAST_TIME = 0.1


@dataclass(frozen=True, slots=True)
class Measure:
    """A value now and normally; ``beyond`` chance, None where nobody knows."""

    now: float
    normal: float
    beyond: bool | None

    @property
    def rise(self) -> float:
        return self.now - self.normal


@dataclass(frozen=True, slots=True)
class Flow:
    """What metrics tell of one service: calls per second, and how they went.

    ``calls`` now and ``usual``, 0 where it had no traffic in the baseline. None: nobody tells.
    """

    calls: float
    usual: float
    mean: Measure | None
    failing: Measure | None
    failures: Measure | None

    def rise(self, kind: str) -> float | None:
        """Seconds, or failures, that it takes part in adding, per second; None: nobody knows."""
        if not self.usual:
            return None
        if kind == TIME:
            return self.calls * self.mean.rise if self.mean else None
        if self.failing:
            return self.calls * self.failing.rise
        return self.failures.rise if self.failures else None

    def risen(self, kind: str) -> bool:
        """Whether that is more than chance and noise."""
        measure = self.mean if kind == TIME else (self.failing or self.failures)
        if not measure or measure.beyond is False:
            return False
        return measure.rise > (LEAST_TIME * measure.normal if kind == TIME else 0.0)


@dataclass(frozen=True)
class Contributions:
    """``depends`` are all that a service depends on; ``entries`` where the symptom is seen."""

    flows: Mapping[str, Flow]
    graph: Graph
    depends: Graph
    entries: tuple[str, ...]

    def rise(self, kind: str, service: str) -> float | None:
        flow = self.flows.get(service)
        return flow.rise(kind) if flow else None

    def own(self, kind: str, service: str) -> float | None:
        """What a service adds itself; None where that is not known, of it or of whom it calls."""
        rise = self.rise(kind, service)
        if rise is None or any(self._dark(kind, one) for one in self.below(service)):
            return None
        return rise - sum(part for _, part in self.handed(kind, service))

    def below(self, service: str) -> frozenset[str]:
        """Whom it calls itself, but for those that depend on it as well."""
        called = self.graph.get(service, frozenset())
        return called & self.depends.get(service, frozenset())

    def handed(self, kind: str, service: str) -> Iterator[tuple[str, float]]:
        """What each callee adds to a service.

        Of a callee with several callers a part by their traffic. One that had no traffic normally
        adds nothing: that it is called at all is the change.
        """
        for callee in self.below(service):
            rise = self.rise(kind, callee)
            if rise is not None and rise > 0:
                yield callee, rise * self._part(service, callee)

    def share(self, kind: str, service: str) -> float | None:
        """The part of the symptom that a service adds itself; None where that is not known."""
        if self.aside(service):
            return 0.0
        own, whole = self.own(kind, service), self._whole[kind]
        if own is None or not any(self._whole.values()):
            return None
        return max(own, 0.0) / whole if whole else 0.0

    def _dark(self, kind: str, callee: str) -> bool:
        """Whether it has traffic, as always, and nobody tells how that goes."""
        flow = self.flows.get(callee)
        return flow is not None and flow.usual > 0 and flow.rise(kind) is None

    def aside(self, service: str) -> bool:
        """Whether it is known whom it calls or who calls it, and no request with the symptom does.

        A job of the night, a reader of a queue: however busy, nobody waits for it.
        """
        if not self.entries or service in self._waited_for:
            return False
        return service in self.graph or any(service in called for called in self.graph.values())

    def per_call(self, caller: str, callee: str) -> float:
        """How often a service calls another for each call that it gets; 1 where nobody counts."""
        if caller not in self.flows or callee not in self.flows or not self.flows[caller].calls:
            return 1.0
        called = self.flows[callee].calls * self._part(caller, callee)
        return called / self.flows[caller].calls

    def _part(self, caller: str, callee: str) -> float:
        callers = (one for one, called in self.graph.items() if callee in called)
        through = sum(self.flows[one].calls for one in callers if one in self.flows)
        return self.flows[caller].calls / through if through else 1.0

    @cached_property
    def _waited_for(self) -> frozenset[str]:
        """The services with the symptom, and all that they depend on."""
        below = (self.depends.get(one, frozenset()) for one in self.entries)
        return frozenset(self.entries).union(*below)

    @cached_property
    def _whole(self) -> Mapping[str, float]:
        """What is added where the symptom is seen; 0 where nothing is, or where nobody knows."""
        seen = [self.flows[one] for one in self.entries]
        return {
            kind: sum(one.rise(kind) or 0.0 for one in seen if one.risen(kind))
            for kind in (TIME, FAILURES)
        }


def contributions(
    flows: Mapping[str, Flow], graph: Graph, depends: Graph, symptom: str
) -> Contributions:
    """``symptom``: the service with the symptom, or '' for wherever requests come in."""
    return Contributions(flows, graph, depends, _entries(flows, graph, symptom))


def flows_of(findings: Iterable[Finding]) -> dict[str, Flow]:
    """By service, of those whose traffic somebody counts."""
    rows: dict[str, list[Item]] = {}
    for item in (item for one in findings for item in one.items):
        if isinstance(item.facts, MetricFacts) and item.service and not item.facts.version:
            rows.setdefault(item.service, []).append(item)
    return {service: flow for service, each in rows.items() if (flow := _flow(each))}


def _flow(rows: list[Item]) -> Flow | None:
    """Of several that count its requests, whoever counts the most."""
    traffic = [one for one in rows if _means(one) == "traffic" and one.value is not None]
    if not traffic:
        return None
    most = max(traffic, key=lambda one: one.value or 0.0)
    return Flow(
        calls=most.value or 0.0,
        usual=most.normal or 0.0,
        mean=_worst(one for one in rows if _means(one) == "latency" and _is_mean(one)),
        failing=_worst(one for one in rows if _means(one) == "errors"),
        failures=_worst(one for one in rows if _means(one) == "failures"),
    )


def _worst(rows: Iterable[Item]) -> Measure | None:
    """Of several that measure the same, whoever sees the largest rise: callers see more."""
    known = [
        Measure(one.value, one.normal, _beyond(one))
        for one in rows
        if one.value is not None and one.normal is not None
    ]
    return max(known, key=lambda one: one.rise, default=None)


def _beyond(item: Item) -> bool | None:
    return item.facts.beyond if isinstance(item.facts, MetricFacts) else None


def _means(item: Item) -> str:
    return item.facts.means if isinstance(item.facts, MetricFacts) else ""


def _is_mean(item: Item) -> bool:
    return isinstance(item.facts, MetricFacts) and item.facts.statistic == "mean"


def _entries(flows: Mapping[str, Flow], graph: Graph, symptom: str) -> tuple[str, ...]:
    """Where requests come in: callers that somebody counts and that nobody of those calls."""
    if symptom in flows:
        return (symptom,)
    callers = [one for one in graph if one in flows]
    called = {callee for one in callers for callee in graph[one]}
    return tuple(sorted(one for one in callers if one not in called))
