"""What the backends answered, by request; a request without an answer is a value too."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from troubleshoot.analysis.traces.tree import Tree, tree
from troubleshoot.model.query import RawResponse, Request
from troubleshoot.model.signal import (
    Logs,
    Metrics,
    Missing,
    Names,
    Problem,
    ProblemKind,
    Signal,
    Traces,
)
from troubleshoot.model.store import Store


@dataclass(frozen=True)
class Answer:
    request: Request
    raw: RawResponse
    signal: Signal

    @cached_property
    def trees(self) -> tuple[Tree, ...]:
        """Of its traces, if it has any: built once for all who look at them."""
        return tuple(map(tree, self.signal.traces)) if isinstance(self.signal, Traces) else ()


@dataclass(frozen=True, slots=True)
class Answers:
    """``by_key`` in the order of the plan, whichever came first."""

    by_key: Mapping[str, Answer]

    def __iter__(self) -> Iterator[Answer]:
        return iter(self.by_key.values())

    def of(self, store: Store) -> tuple[Answer, ...]:
        return tuple(answer for answer in self if answer.request.store is store)

    def signal(self, request: Request) -> Signal:
        answer = self.by_key.get(request.key)
        return answer.signal if answer else Missing(unconfigured(request.store))

    def problem(self, request: Request) -> Problem | None:
        return self.signal(request).problem

    def metrics(self, request: Request) -> Metrics:
        signal = self.signal(request)
        return signal if isinstance(signal, Metrics) else Metrics((), _problem(signal))

    def traces(self, request: Request) -> Traces:
        signal = self.signal(request)
        return signal if isinstance(signal, Traces) else Traces((), problem=_problem(signal))

    def trees(self, request: Request) -> tuple[Tree, ...]:
        answer = self.by_key.get(request.key)
        return answer.trees if answer else ()

    def logs(self, request: Request) -> Logs:
        signal = self.signal(request)
        return signal if isinstance(signal, Logs) else Logs((), 0, problem=_problem(signal))

    def names(self, request: Request) -> Names:
        signal = self.signal(request)
        return signal if isinstance(signal, Names) else Names(frozenset(), problem=_problem(signal))


def _problem(signal: Signal) -> Problem:
    return signal.problem or Problem(
        ProblemKind.ERROR, "the answer is of another kind than asked for"
    )


def unconfigured(store: Store) -> Problem:
    """The problem of a request to a store that the environment does not have."""
    variable = f"TROUBLESHOOT_{store.upper()}_URL"
    return Problem(
        ProblemKind.SKIPPED,
        f"this environment has no {store}",
        f"set {variable}, or {store}.url in troubleshoot.yaml",
    )
