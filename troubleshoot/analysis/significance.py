"""Whether a difference between two groups of requests could be chance. Pure counting."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

MOST_COUNTED = 200  # bad ones; of more than that the normal distribution is as good
_NEGLIGIBLE = 1e-17  # of a sum: below what a float can hold


@dataclass(frozen=True, slots=True)
class Table:
    """Requests that have something and those that have not, each split into bad and good."""

    bad_with: int
    good_with: int
    bad_without: int
    good_without: int

    @property
    def having(self) -> int:
        return self.bad_with + self.good_with

    @property
    def lacking(self) -> int:
        return self.bad_without + self.good_without

    @property
    def bad(self) -> int:
        return self.bad_with + self.bad_without

    @property
    def total(self) -> int:
        return self.having + self.lacking


def share(bad: int, good: int, good_weight: float = 1.0) -> float:
    """The bad part, where each good one stands for ``good_weight`` of them; 0 of none."""
    whole = bad + good * good_weight
    return bad / whole if whole else 0.0


def fisher(table: Table) -> float:
    """ln of the chance of so many bad ones among those that have it, or more, were all alike.

    Fisher's exact test, one-sided (Fisher 1935): the tail of the hypergeometric distribution. In
    logarithms, because a thousand requests easily give 1e-400.
    """
    least = max(0, table.having + table.bad - table.total)
    if table.bad_with <= least:
        return 0.0
    mode = (table.having + 1) * (table.bad + 1) // (table.total + 2)
    if table.bad_with > mode:  # the terms fall from here on
        return min(0.0, _log_term(table, table.bad_with) + math.log(_upper(table)))
    lower = math.exp(_log_term(table, table.bad_with - 1)) * _lower(table)
    return math.log1p(-lower) if lower < 1 else 0.0


def exact(strata: Iterable[Table]) -> float:
    """The chance of so many bad ones that have it in all strata together, or more.

    Fisher's test over strata (Gart 1970): the tail of a sum of hypergeometric numbers. Its work
    grows with the square of the bad ones.
    """
    observed, sums = 0, [1.0]
    for one in strata:
        observed += one.bad_with
        least, most = max(0, one.bad - one.lacking), min(one.having, one.bad)
        terms = [0.0] * least
        terms += [math.exp(_log_term(one, bad)) for bad in range(least, most + 1)]
        longer = [0.0] * (len(sums) + len(terms) - 1)
        for place, weight in enumerate(sums):
            for more, term in enumerate(terms, place):
                longer[more] += weight * term
        sums = longer
    return min(1.0, sum(reversed(sums[observed:])))


def together(strata: Sequence[Table]) -> float:
    """The chance over all strata: exact where it is counted quickly, else by `deviation`."""
    if sum(one.bad for one in strata) <= MOST_COUNTED:
        return exact(strata)
    return math.erfc(deviation(strata) / math.sqrt(2.0)) / 2


def more_often(now: int, before: int, part: float) -> float:
    """ln of the chance of ``now`` events, or more, where ``before`` came in the baseline.

    ``now`` is ``part`` times as long. Given all of them, how many are of now is binomial
    (Przyborowski and Wilenski 1940). 0 for no more than usual.
    """
    total, here = now + before, part / (1 + part)
    if now <= total * here:
        return 0.0
    term = tail = 1.0  # as multiples of the first, and falling from there
    for more in range(now, total):
        term *= (total - more) / (more + 1) * part
        tail += term
        if term < tail * _NEGLIGIBLE:
            break
    first = _log_choose(total, now) + now * math.log(here) - before * math.log1p(part)
    return min(0.0, first + math.log(tail))


def _log_term(table: Table, bad_with: int) -> float:
    """ln of the chance of exactly ``bad_with``."""
    return (
        _log_choose(table.having, bad_with)
        + _log_choose(table.lacking, table.bad - bad_with)
        - _log_choose(table.total, table.bad)
    )


def _log_choose(among: int, chosen: int) -> float:
    return math.lgamma(among + 1) - math.lgamma(chosen + 1) - math.lgamma(among - chosen + 1)


def _upper(table: Table) -> float:
    """The terms from ``bad_with`` up, as multiples of the first."""
    total = term = 1.0
    for bad in range(table.bad_with, min(table.having, table.bad)):
        term *= (table.having - bad) * (table.bad - bad)
        term /= (bad + 1) * (table.lacking - table.bad + bad + 1)
        total += term
        if term < total * _NEGLIGIBLE:
            break
    return total


def _lower(table: Table) -> float:
    """The terms below ``bad_with``, as multiples of the first of them."""
    total = term = 1.0
    for bad in range(table.bad_with - 1, max(0, table.bad - table.lacking), -1):
        term *= bad * (table.lacking - table.bad + bad)
        term /= (table.having - bad + 1) * (table.bad - bad + 1)
        total += term
        if term < total * _NEGLIGIBLE:
            break
    return total


def holm(logs: Sequence[float]) -> tuple[float, ...]:
    """ln p of several tests, each corrected for how many were made, in their order.

    Holm 1979: the smallest counts as often as there are tests, the next once less, and so on.
    """
    corrected, worst = [0.0] * len(logs), -math.inf
    for place, index in enumerate(sorted(range(len(logs)), key=lambda one: logs[one])):
        worst = max(worst, min(0.0, logs[index] + math.log(len(logs) - place)))
        corrected[index] = worst
    return tuple(corrected)


def lift(strata: Iterable[Table], good_weight: float = 1.0) -> float:
    """How many times as often those that have it are bad, as those that have it not.

    The relative risk; over several strata, each compared within itself, that of Mantel and
    Haenszel 1959. Infinite where none without it is bad, 1 where nothing can be compared.
    """
    above = below = 0.0
    for one in strata:
        having = one.bad_with + one.good_with * good_weight
        lacking = one.bad_without + one.good_without * good_weight
        if whole := having + lacking:
            above += one.bad_with * lacking / whole
            below += one.bad_without * having / whole
    if not below:
        return math.inf if above else 1.0
    return above / below


def deviation(strata: Iterable[Table]) -> float:
    """By how many standard deviations the bad ones that have it are more than chance would give.

    Mantel and Haenszel 1959, without a correction for continuity; 0 where nothing can be compared.
    """
    excess = variance = 0.0
    for one in strata:
        if one.total < 2:
            continue
        good = one.total - one.bad
        excess += one.bad_with - one.having * one.bad / one.total
        spread = one.having * one.lacking * one.bad * good
        variance += spread / (one.total**2 * (one.total - 1))
    return excess / math.sqrt(variance) if variance else 0.0
