"""How much longer requests take than normally: all together, or those of one operation."""

from collections.abc import Sequence
from dataclasses import dataclass

from troubleshoot.analysis.traces.growth import Stratum, chance, quantile, robust_mean
from troubleshoot.analysis.traces.requests import Compared

LEAST = 5  # requests on either side; fewer are no evidence
SLOWEST = 0.95  # of the requests are quicker than what is told of the slow ones


@dataclass(frozen=True, slots=True)
class Pace:
    """``times`` as long as normally; ``slowest``: so the slow ones, where they are enough to tell.

    ``chance``: how likely it would look so, had nothing changed. ``requests`` are those of now,
    ``operation`` is '' where they are of several.
    """

    operation: str
    requests: int
    before: int
    times: float
    slowest: float
    chance: float

    @property
    def enough(self) -> bool:
        return min(self.requests, self.before) >= LEAST


def pace(compared: Sequence[Compared]) -> Pace:
    """Each operation weighs as many requests as it has now; those of one side only say nothing."""
    both = [one for one in compared if one.now and one.before]
    strata = [
        Stratum([r.seconds for r in one.now], [r.seconds for r in one.before]) for one in both
    ]
    lasted = sum(robust_mean(one.now) * len(one.now) for one in strata)
    usual = sum(robust_mean(one.before) * len(one.now) for one in strata)
    return Pace(
        compared[0].operation if len(compared) == 1 else "",
        sum(len(one.now) for one in strata),
        sum(len(one.before) for one in strata),
        lasted / usual if usual else 1.0,
        _slowest(strata),
        chance(strata),
    )


def _slowest(strata: Sequence[Stratum]) -> float:
    """The slowest twentieth, each by what is normal for its operation, as a multiple of before."""
    usual = [(one, robust_mean(one.before)) for one in strata]
    now = [seconds / mean for one, mean in usual if mean for seconds in one.now]
    before = [seconds / mean for one, mean in usual if mean for seconds in one.before]
    least = round(1 / (1 - SLOWEST))
    if min(len(now), len(before)) < least:
        return 1.0
    return quantile(now, SLOWEST) / (quantile(before, SLOWEST) or 1.0)
