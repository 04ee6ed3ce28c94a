"""Requests by their operation, now and before: what each took, and whose time it was."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from troubleshoot.analysis.logs.patterns import mask
from troubleshoot.analysis.traces.callee import charged
from troubleshoot.analysis.traces.critical_path import Path, critical_paths
from troubleshoot.analysis.traces.tree import Tree, once

Key = tuple[str, str]  # service, kind
masked = lru_cache(maxsize=4096)(mask)  # thousands of requests have a few operations


@dataclass(frozen=True, slots=True)
class Took:
    """``seconds`` of a request's critical path, and of them by the service that told of them."""

    seconds: float
    reporters: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Request:
    """``operation`` is that of the span at the top, with its service; ``seconds`` it took."""

    trace_id: str
    operation: str
    seconds: float
    took: Mapping[Key, Took]

    def of(self, key: Key) -> float:
        return self.took[key].seconds if key in self.took else 0.0

    def between(self, key: Key) -> float:
        """Seconds between a service that answered and those who called it: only they saw them."""
        service, kind = key
        if kind != "service" or key not in self.took:
            return 0.0
        return self.took[key].seconds - self.took[key].reporters.get(service, 0.0)


@dataclass(frozen=True, slots=True)
class Compared:
    """Requests of one operation on both sides."""

    operation: str
    now: tuple[Request, ...]
    before: tuple[Request, ...]


def requests(trees: Iterable[Tree]) -> tuple[Request, ...]:
    return tuple(_request(whole, path) for whole in once(trees) for path in critical_paths(whole))


def by_operation(now: Iterable[Request], before: Iterable[Request]) -> tuple[Compared, ...]:
    """All operations there are on either side, the busiest first."""
    sides: dict[str, tuple[list[Request], list[Request]]] = defaultdict(lambda: ([], []))
    for side, some in enumerate((now, before)):
        for one in some:
            sides[one.operation][side].append(one)
    found = [Compared(name, tuple(after), tuple(usual)) for name, (after, usual) in sides.items()]
    return tuple(sorted(found, key=lambda one: (-len(one.now), one.operation)))


def _request(whole: Tree, path: Path) -> Request:
    took: dict[Key, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for span, seconds in path.parts:
        took[charged(span, whole)][span.service] += seconds
    root = path.root
    return Request(
        whole.trace.trace_id,
        f"{root.service} {masked(root.operation)}",
        root.duration,
        {key: Took(sum(told.values()), told) for key, told in took.items()},
    )
