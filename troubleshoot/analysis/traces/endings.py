"""Where requests end that went on before: after which call a service does nothing more.

A service that fails, or is given an error, makes no more calls: where no span says that it failed,
the calls that are missing do.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from troubleshoot.analysis.significance import Table, lift, together
from troubleshoot.analysis.traces.growth import certain
from troubleshoot.analysis.traces.separation import LEAST_LIFT
from troubleshoot.analysis.traces.visits import Call, Visit

LEAST = 5  # visits on either side; fewer are no evidence
FEWER = 0.5  # calls, in the mean: what ends early makes at least so many less

_After = Call | None  # the last call of a visit; None: it makes none
_Operations = Mapping[str, list[Visit]]


@dataclass(frozen=True, slots=True)
class Ending:
    """``now`` of the visits of ``caller`` end with the call ``after``; None: without any call.

    ``normal``: so before. ``certain``: beyond chance, and twice as many: fewer are easily due to
    another mix of requests. ``ended`` are the visits of now that end there, out of ``count``.
    """

    caller: str
    after: _After
    now: float
    normal: float
    certain: bool
    ended: tuple[Visit, ...]
    count: int

    @property
    def more(self) -> float:
        return self.now - self.normal


@dataclass(frozen=True, slots=True)
class _End:
    """Visits that end so, now (bad with) and before (bad without); one table an operation."""

    caller: str
    after: _After
    tables: tuple[Table, ...]
    ended: tuple[Visit, ...]


def endings(now: Iterable[Visit], before: Iterable[Visit]) -> tuple[Ending, ...]:
    """More often than before, by how much; each operation of a service is compared by itself."""
    ours, usual = _by_service(now), _by_service(before)
    ends = [end for service in sorted(ours) for end in _ends(ours[service], usual[service])]
    sure = certain([together(one.tables) for one in ends])
    found = [_ending(one, beyond=beyond) for one, beyond in zip(ends, sure, strict=True)]
    more = [one for one in found if one.more > 0]
    return tuple(sorted(more, key=lambda one: (-one.more, one.caller, str(one.after))))


def _by_service(every: Iterable[Visit]) -> Mapping[str, _Operations]:
    found: dict[str, dict[str, list[Visit]]] = defaultdict(lambda: defaultdict(list))
    for visit in every:
        found[visit.service][visit.operation].append(visit)
    return found


def _ends(now: _Operations, before: _Operations) -> Iterator[_End]:
    """One for each call that is the last of a visit now."""
    both = [(now[name], before[name]) for name in sorted(now) if name in before]
    if min((sum(map(len, side)) for side in zip(*both, strict=True)), default=0) < LEAST:
        return
    ended: dict[_After, list[Visit]] = defaultdict(list)
    for ours, _ in both:
        for visit in ours:
            ended[_last(visit)].append(visit)
    counts = [(Counter(map(_last, ours)), Counter(map(_last, usual))) for ours, usual in both]
    for after, some in ended.items():
        if not _early(after, some, before):
            continue
        tables = tuple(
            _table(last, len(ours), normally, len(usual), after)
            for (ours, usual), (last, normally) in zip(both, counts, strict=True)
        )
        yield _End(some[0].service, after, tables, tuple(some))


def _early(after: _After, ended: list[Visit], before: _Operations) -> bool:
    """Whether visits that made the same call before went on to make more; none made a new call."""
    there = {visit.operation for visit in ended} & before.keys()
    usual = [
        len(visit.calls)
        for name in there
        for visit in before[name]
        if after is None or after in visit.calls
    ]
    mean = sum(len(visit.calls) for visit in ended) / len(ended)
    return len(usual) >= LEAST and mean <= sum(usual) / len(usual) - FEWER


def _last(visit: Visit) -> _After:
    return visit.calls[-1] if visit.calls else None


def _table(
    last: Counter[_After], count: int, normally: Counter[_After], usual: int, after: _After
) -> Table:
    now, before = last[after], normally[after]
    return Table(now, count - now, before, usual - before)


def _ending(end: _End, *, beyond: bool) -> Ending:
    count = sum(one.having for one in end.tables)
    ended = sum(one.bad_with for one in end.tables)
    usual = sum(one.having * one.bad_without / one.lacking for one in end.tables)
    sure = beyond and lift(end.tables) >= LEAST_LIFT
    return Ending(end.caller, end.after, ended / count, usual / count, sure, end.ended, count)
