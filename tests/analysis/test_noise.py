"""Beyond chance: further from normal than the values of the baseline are from each other."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from troubleshoot.analysis.metrics.noise import beyond, deviation
from troubleshoot.analysis.metrics.onset import Points


def points(*values: float) -> Points:
    return tuple((60.0 * place, value) for place, value in enumerate(values))


def noisy(count: int, spread: float) -> Points:
    chance = random.Random(7)
    return points(*(1 + chance.uniform(-spread, spread) for _ in range(count)))


@pytest.mark.parametrize(
    ("recent", "before", "wanted"),
    [
        (points(2.0), noisy(60, 0.1), True),
        (points(1.05), noisy(60, 0.1), False),
        # the same value among values that vary more
        (points(2.0), noisy(60, 0.9), False),
        # a constant that moved
        (points(1.3), points(*[1.0] * 20), True),
        # every fourth value is as high as that
        (points(8.0), points(*[1, 1, 1, 8] * 6), False),
        # one high value of several: the middle counts
        (points(1, 1, 9, 1, 1), noisy(60, 0.1), False),
        # too few to know
        (points(9.0), noisy(9, 0.1), None),
        ((), noisy(60, 0.1), None),
    ],
)
def test_what_the_baseline_does_by_itself_is_chance(
    recent: Points, before: Points, wanted: bool | None
) -> None:
    assert beyond(recent, 1.0, before) is wanted


def test_where_low_is_bad_what_falls_is_beyond_chance() -> None:
    assert beyond(points(0.2), 1.0, noisy(60, 0.1), upwards=False) is True
    assert beyond(points(2.0), 1.0, noisy(60, 0.1), upwards=False) is False


def test_a_few_wild_values_do_not_widen_what_is_normal() -> None:
    calm = [1.0 + 0.01 * (place % 5) for place in range(50)]
    assert deviation([*calm, 90.0, 95.0], 1.02) == pytest.approx(deviation(calm, 1.02), rel=0.2)


@given(st.floats(0.01, 1e6), st.floats(0.5, 3.0))
def test_the_unit_does_not_decide(unit: float, now: float) -> None:
    before = noisy(40, 0.2)
    scaled = tuple((time, number * unit) for time, number in before)
    assert beyond(points(now * unit), unit, scaled) == beyond(points(now), 1.0, before)
