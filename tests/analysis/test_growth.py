"""Whether numbers grew, and whether that could be chance."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.analysis.properties import QUICK
from troubleshoot.analysis.traces.growth import (
    Stratum,
    certain,
    chance,
    quantile,
    rank_deviation,
    robust_mean,
    top_chance,
)

NUMBERS = st.lists(st.integers(0, 50).map(float), min_size=3, max_size=30)


@pytest.mark.parametrize(
    ("numbers", "mean"),
    [
        ([], 0.0),
        ([4.0, 8.0], 6.0),  # of two nobody knows which is the odd one
        ([1.0, 1.0, 30.0], 1.0),
        ([1.0, 2.0, 3.0, 900.0], 2.25),
        ([1.0] * 199 + [900.0], 1.0),
        ([1.0] * 180 + [2.0] * 20, 1.1),  # a tenth of them is no accident
    ],
)
def test_one_number_however_large_does_not_decide_the_mean(
    numbers: list[float], mean: float
) -> None:
    assert robust_mean(numbers) == pytest.approx(mean)


def test_a_quantile_is_one_of_the_numbers() -> None:
    assert quantile([5.0, 1.0, 3.0, 2.0, 4.0], 0.5) == 3.0
    assert quantile([float(one) for one in range(1, 101)], 0.95) == 95.0
    assert quantile([7.0], 0.95) == 7.0


def test_the_ranks_of_a_textbook_are_as_far_from_chance_as_it_says() -> None:
    """Ranks 4, 5 and 6 of six: (15 - 10.5) / √(3·3·7/12)."""
    one = Stratum([4.0, 5.0, 6.0], [1.0, 2.0, 3.0])
    assert rank_deviation([one]) == pytest.approx(4.5 / 5.25**0.5)


def test_numbers_that_tie_share_their_rank() -> None:
    """Ranks 3.5, 3.5 and 6 of six, with three ties: 12/5.25 less 24/210 of its variance."""
    one = Stratum([2.0, 2.0, 3.0], [1.0, 1.0, 2.0])
    tied = 24 + 6  # three twos, two ones
    spread = 9 / 12 * (7 - tied / 30)
    assert rank_deviation([one]) == pytest.approx((4 + 4 + 6 - 10.5) / spread**0.5)


def test_each_stratum_is_compared_within_itself() -> None:
    """More of the slow kind now: in neither kind anything grew."""
    quick, slow = Stratum([1.0, 2.0], [1.0, 2.0] * 9), Stratum([8.0, 9.0] * 9, [8.0, 9.0])
    assert rank_deviation([quick, slow]) == pytest.approx(0.0)
    assert rank_deviation([Stratum([*quick.now, *slow.now], [*quick.before, *slow.before])]) > 4


def test_many_small_strata_together_tell_what_none_tells_alone() -> None:
    small = Stratum([5.0, 6.0, 7.0], [1.0, 2.0, 3.0])
    assert chance([small]) > 0.01 > chance([small] * 5)


def test_few_that_grew_much_count_as_well_as_many_that_grew_a_little() -> None:
    before = [float(one % 10) for one in range(100)]
    few = Stratum([*before[:90], *[500.0] * 10], before)
    little = Stratum([one + 1.5 for one in before], before)
    assert rank_deviation([few]) < 2
    assert max(chance([few]), chance([little])) < 0.003


def test_of_the_largest_ten_of_two_hundred_all_ten_are_of_now_once_in_a_thousand() -> None:
    """90 other ones of 190: C(100,10) / C(200,10)."""
    one = Stratum([1.0] * 90 + [9.0] * 10, [1.0] * 100)
    assert top_chance([one]) == pytest.approx(0.000771, rel=0.01)


@pytest.mark.parametrize("one", [Stratum([], [1.0]), Stratum([1.0], []), Stratum([1.0] * 9, [1.0])])
def test_where_nothing_can_be_compared_everything_is_chance(one: Stratum) -> None:
    assert chance([one]) == 1.0


def test_what_is_certain_depends_on_how_many_were_looked_at() -> None:
    assert certain([0.004]) == (True,)
    assert certain([0.004, 0.9, 0.9]) == (False, False, False)
    assert certain([0.0, 0.004, 0.9]) == (True, True, False)
    assert certain([]) == ()


@given(NUMBERS, NUMBERS, st.randoms(use_true_random=False))
@QUICK
def test_neither_order_nor_unit_matters(
    now: list[float], before: list[float], random: Random
) -> None:
    mixed = Stratum(random.sample(now, len(now)), random.sample(before, len(before)))
    larger = Stratum([1000 * one for one in now], [1000 * one for one in before])
    usual = chance([Stratum(now, before)])
    assert [chance([mixed]), chance([larger])] == pytest.approx([usual, usual])


@given(NUMBERS, NUMBERS)
@QUICK
def test_larger_numbers_are_never_the_likelier_chance(
    now: list[float], before: list[float]
) -> None:
    more = chance([Stratum([one + 100 for one in now], before)])
    assert more <= chance([Stratum(now, before)]) + 1e-9
