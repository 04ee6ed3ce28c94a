"""Whether numbers grew, and whether that could be chance: compared within each stratum."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from troubleshoot.analysis.significance import Table, holm, together

# the part of the largest that one number, however large, cannot decide (Tukey 1962, winsorising)
EXTREME = 0.01
LEAST_TO_CUT = 3  # numbers; of fewer none is extreme
TOP = 0.05  # the largest of both sides: whose are they?
CHANCE = 0.01  # that a growth is none, corrected for all that were looked at
_LEAST = 1e-300  # whose logarithm there is
_SQRT2 = math.sqrt(2.0)


@dataclass(frozen=True, slots=True)
class Stratum:
    """Numbers of one kind of request, now and before."""

    now: Sequence[float]
    before: Sequence[float]


def robust_mean(numbers: Sequence[float]) -> float:
    """The largest hundredth, but at least the largest one, count as the next below them."""
    if len(numbers) < LEAST_TO_CUT:
        return sum(numbers) / len(numbers) if numbers else 0.0
    extreme = math.ceil(EXTREME * len(numbers))
    kept = sorted(numbers)[:-extreme]
    return (sum(kept) + extreme * kept[-1]) / len(numbers)


def quantile(numbers: Sequence[float], part: float) -> float:
    """The number that ``part`` of them do not exceed."""
    return sorted(numbers)[max(0, math.ceil(part * len(numbers)) - 1)]


def chance(strata: Sequence[Stratum]) -> float:
    """How likely numbers that did not grow would look as if they had.

    Most of them a little, or a few of them much: the surer of two tests counts, twice.
    """
    return min(1.0, 2 * min(_upper_tail(rank_deviation(strata)), top_chance(strata)))


def certain(chances: Sequence[float]) -> tuple[bool, ...]:
    """Which of these growths are none by chance, given how many were looked at."""
    corrected = holm([math.log(max(one, _LEAST)) for one in chances])
    return tuple(one < math.log(CHANCE) for one in corrected)


def rank_deviation(strata: Sequence[Stratum]) -> float:
    """By how many standard deviations the numbers of now rank higher than chance would have it.

    The rank-sum test of Wilcoxon 1945 with ties at their mean rank, over strata that of
    van Elteren 1960; 0 where nothing can be compared.
    """
    excess = variance = 0.0
    for one in strata:
        now, total = len(one.now), len(one.now) + len(one.before)
        if not now or now == total:
            continue
        ranks, tied = _ranks(one)
        expected = now * (total + 1) / 2
        spread = now * (total - now) / 12 * ((total + 1) - tied / (total * (total - 1)))
        excess += (ranks - expected) / (total + 1)
        variance += spread / (total + 1) ** 2
    return excess / math.sqrt(variance) if variance > 0 else 0.0


def top_chance(strata: Sequence[Stratum]) -> float:
    """How likely as many of the largest numbers of both sides would be of now."""
    return together([_top(one) for one in strata])


def _ranks(one: Stratum) -> tuple[float, float]:
    """The sum of the ranks of now, and of t³ - t over those that tie."""
    numbers = sorted([(number, 1) for number in one.now] + [(number, 0) for number in one.before])
    ranks = tied = 0.0
    place = 0
    while place < len(numbers):
        after, ours = place, 0
        while after < len(numbers) and numbers[after][0] == numbers[place][0]:
            ours += numbers[after][1]
            after += 1
        same = after - place
        ranks += ours * (place + after + 1) / 2
        tied += same**3 - same
        place = after
    return ranks, tied


def _top(one: Stratum) -> Table:
    limit = quantile((*one.now, *one.before), 1 - TOP)
    now, before = (sum(number > limit for number in side) for side in (one.now, one.before))
    return Table(now, len(one.now) - now, before, len(one.before) - before)


def _upper_tail(deviations: float) -> float:
    return math.erfc(deviations / _SQRT2) / 2
