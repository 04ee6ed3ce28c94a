"""How the calls to each callee end, whatever became of the request that made them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from troubleshoot.analysis.traces.callee import charged, nested
from troubleshoot.analysis.traces.tree import Tree, calls_out, once

MAX_EXAMPLES = 3


@dataclass(frozen=True, slots=True)
class Callee:
    """``failed`` of ``calls`` failed for the caller; ``caller`` made most of those."""

    service: str
    kind: str
    calls: int
    failed: int
    caller: str
    message: str
    examples: tuple[str, ...]

    @property
    def share(self) -> float:
        return self.failed / self.calls


def callees(trees: Iterable[Tree]) -> tuple[Callee, ...]:
    """Whom the requests called, by falling share of failures.

    A caller may survive a failed call: it falls back, or retries; such failures never show in the
    request as a whole.
    """
    calls: dict[tuple[str, str], int] = defaultdict(int)
    failures: dict[tuple[str, str], list[tuple[str, str, str]]] = defaultdict(list)
    for whole in once(trees):
        for span in whole.spans:
            if calls_out(span) and not nested(span, whole):
                key = charged(span, whole)
                calls[key] += 1
                if span.failed:
                    failures[key].append((span.service, span.message, span.trace_id))
    found = [_callee(key, count, failures[key]) for key, count in calls.items()]
    return tuple(sorted(found, key=lambda one: (-one.share, one.service, one.kind)))


def _callee(key: tuple[str, str], count: int, failed: list[tuple[str, str, str]]) -> Callee:
    callers = [caller for caller, _, _ in failed]
    messages = [message for _, message, _ in failed if message]
    return Callee(
        service=key[0],
        kind=key[1],
        calls=count,
        failed=len(failed),
        caller=max(callers, key=callers.count, default=""),
        message=max(messages, key=messages.count, default=""),
        examples=tuple(sorted({trace for _, _, trace in failed}))[:MAX_EXAMPLES],
    )
