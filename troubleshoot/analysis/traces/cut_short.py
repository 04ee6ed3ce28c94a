"""Who cuts requests short: the deepest service that is still there when the rest is missing."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from troubleshoot.analysis.traces.endings import LEAST, Ending, endings
from troubleshoot.analysis.traces.tree import Tree
from troubleshoot.analysis.traces.visits import Call, visits

NOTICEABLE = 0.02  # of the visits; what ends fewer of them is not worth a line


@dataclass(frozen=True, slots=True)
class CutShort:
    """``ending.now`` of the visits of a caller end early, and ``service`` is why.

    It was the last one called, and went wrong; or it is the caller: it ended them by itself. Where
    the spans allow for both, there is a row for each, and ``doubtful`` says so.
    """

    service: str
    kind: str
    operation: str
    ending: Ending
    doubtful: bool

    @property
    def traces(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(one.trace_id for one in self.ending.ended))


def cut_short(now: Iterable[Tree], before: Iterable[Tree]) -> tuple[CutShort, ...]:
    """By falling part of the visits that end early and did not before."""
    ours, usual = visits(now, before)
    found = [one for one in endings(ours, usual) if one.more >= NOTICEABLE]
    calling = {
        (visit.service, visit.operation)
        for visit in usual
        if any(call.service != visit.service for call in visit.calls)
    }
    callers = Counter((visit.service, call) for visit in ours for call in set(visit.calls))
    return tuple(row for one in found for row in _located(one, found, calling, callers))


def _located(
    one: Ending,
    found: Sequence[Ending],
    calling: set[tuple[str, str]],
    callers: Counter[tuple[str, Call]],
) -> Iterator[CutShort]:
    """Nobody, where the callee's own visits are cut short: that is told of these."""
    callee = one.after
    if callee is None or _others_go_on(callee, found, callers):
        yield _itself(one, doubtful=False)
    elif callee.service not in {other.caller for other in found if other.certain}:
        whole = (
            callee.service,
            callee.operation,
        ) in calling  # it made all of its calls, and may yet have failed
        yield CutShort(callee.service, callee.kind, callee.operation, one, whole)
        if whole:
            yield _itself(one, doubtful=True)


def _others_go_on(
    callee: Call, found: Sequence[Ending], callers: Counter[tuple[str, Call]]
) -> bool:
    """Whether another service makes the same call, and does what it always did after it."""
    stopping = {other.caller for other in found if other.after == callee and other.certain}
    return any(
        call == callee and count >= LEAST and service not in stopping
        for (service, call), count in callers.items()
    )


def _itself(one: Ending, *, doubtful: bool) -> CutShort:
    operations = Counter(visit.operation for visit in one.ended)
    most = min(operations, key=lambda name: (-operations[name], name))
    return CutShort(one.caller, "service", most, one, doubtful)
