"""The requests that go through a service, by operation: how long they waited for it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from troubleshoot.analysis.traces.growth import Stratum, certain, chance, robust_mean
from troubleshoot.analysis.traces.pace import Pace, pace
from troubleshoot.analysis.traces.requests import Compared, Key, Request

Seconds = Callable[[Request], float]


@dataclass(frozen=True, slots=True)
class Through:
    """Where none went through it before, all those of before are what it is compared with."""

    key: Key
    compared: tuple[Compared, ...]

    def gain(self, seconds: Seconds) -> float:
        """Seconds that were added to all requests together."""
        return sum(now - before for now, before in self._totals(seconds))

    def means(self, seconds: Seconds) -> tuple[float, float]:
        """Of a request, now and normally."""
        count = sum(len(one.now) for one in self.compared)
        now, before = map(sum, zip(*self._totals(seconds), strict=True))
        return now / count, before / count

    def chance(self) -> float:
        """How likely it would look as if it grew, had nothing changed."""
        return chance([_stratum(one, self.key) for one in self.compared])

    def slowed(self) -> Pace:
        """Of the operations in which it grew beyond chance; where in none, of all."""
        sure = certain([chance([_stratum(one, self.key)]) for one in self.compared])
        grown = [one for one, grew in zip(self.compared, sure, strict=True) if grew]
        return pace(grown or self.compared)

    def _totals(self, seconds: Seconds) -> list[tuple[float, float]]:
        """What each operation took, and what it would take normally."""
        usual = _mean([request for one in self.compared for request in one.before], seconds)
        return [
            (
                len(one.now) * _mean(one.now, seconds),
                len(one.now) * (_mean(one.before, seconds) if one.before else usual),
            )
            for one in self.compared
        ]


def through(key: Key, both: Iterable[Compared]) -> Through:
    ours = [one for one in both if _having(one.now, key)]
    known = any(key in request.took for one in both for request in one.before)
    return Through(
        key,
        tuple(
            Compared(
                one.operation,
                _having(one.now, key),
                _having(one.before, key) if known else one.before,
            )
            for one in ours
        ),
    )


def _having(requests: Iterable[Request], key: Key) -> tuple[Request, ...]:
    return tuple(one for one in requests if key in one.took)


def _mean(requests: Iterable[Request], seconds: Seconds) -> float:
    return robust_mean([seconds(one) for one in requests])


def _stratum(one: Compared, key: Key) -> Stratum:
    return Stratum([r.of(key) for r in one.now], [r.of(key) for r in one.before])
