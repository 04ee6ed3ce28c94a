"""Where requests end that went on before: after which call a service does nothing more.

A service that fails, or is given an error, makes no more calls: where no span says that it failed,
the calls that are missing do.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
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
    count: int


@dataclass(frozen=True, slots=True)
class _Normally:
    """Visits of one operation before: how many, how they end, and how many calls they make.

    ``lengths``: by each call that they make, how many visits do, and how many calls in all.
    """

    count: int
    last: Counter[_After]
    lengths: Mapping[_After, tuple[int, int]]


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
    both = [name for name in sorted(now) if name in before]
    count = sum(len(now[name]) for name in both)
    if min(count, sum(len(before[name]) for name in both)) < LEAST:
        return
    usual = {name: _normally(before[name]) for name in both}
    ended: dict[_After, dict[str, list[Visit]]] = defaultdict(lambda: defaultdict(list))
    for name in both:
        for visit in now[name]:
            ended[_last(visit)][name].append(visit)
    for after, some in ended.items():
        if _early(after, some, usual):
            tables = tuple(
                _table(len(some.get(name, ())), len(now[name]), usual[name], after)
                for name in both
                if name in some or usual[name].last[after]
            )
            visits = tuple(visit for each in some.values() for visit in each)
            yield _End(visits[0].service, after, tables, visits, count)


def _normally(visits: Sequence[Visit]) -> _Normally:
    lengths: dict[_After, tuple[int, int]] = defaultdict(lambda: (0, 0))
    for visit in visits:
        for after in (None, *set(visit.calls)):
            there, made = lengths[after]
            lengths[after] = (there + 1, made + len(visit.calls))
    return _Normally(len(visits), Counter(map(_last, visits)), lengths)


def _early(
    after: _After, ended: Mapping[str, Sequence[Visit]], usual: Mapping[str, _Normally]
) -> bool:
    """Whether visits that made the same call before went on to make more; none made a new call."""
    known = [usual[name].lengths.get(after, (0, 0)) for name in ended]
    there, made = sum(count for count, _ in known), sum(calls for _, calls in known)
    visits = [visit for each in ended.values() for visit in each]
    mean = sum(len(visit.calls) for visit in visits) / len(visits)
    return there >= LEAST and mean <= made / there - FEWER


def _last(visit: Visit) -> _After:
    return visit.calls[-1] if visit.calls else None


def _table(ended: int, count: int, usual: _Normally, after: _After) -> Table:
    before = usual.last[after]
    return Table(ended, count - ended, before, usual.count - before)


def _ending(end: _End, *, beyond: bool) -> Ending:
    usual = sum(one.having * one.bad_without / one.lacking for one in end.tables) / end.count
    sure = beyond and lift(end.tables) >= LEAST_LIFT
    now = len(end.ended) / end.count
    return Ending(end.caller, end.after, now, usual, sure, end.ended, end.count)
