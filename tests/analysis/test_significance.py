"""Tests of significance against values that are known or can be counted by hand."""

import math
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from troubleshoot.analysis.significance import (
    Table,
    deviation,
    exact,
    fisher,
    holm,
    lift,
    more_often,
    share,
)

COUNTS = st.integers(0, 12)
TABLES = st.builds(Table, COUNTS, COUNTS, COUNTS, COUNTS)


def counted(table: Table) -> float:
    """The same chance by adding up whole numbers."""
    ways = sum(
        math.comb(table.having, bad) * math.comb(table.lacking, table.bad - bad)
        for bad in range(table.bad_with, min(table.having, table.bad) + 1)
    )
    return ways / math.comb(table.total, table.bad)


@pytest.mark.parametrize(
    ("table", "chance"),
    [
        (Table(3, 1, 1, 3), 17 / 70),  # the lady tasting tea, Fisher 1935
        (Table(4, 0, 0, 4), 1 / 70),
        (Table(10, 2, 3, 15), 0.000465),  # the sister's twins of convicts, Fisher 1935
        (Table(0, 5, 5, 0), 1.0),
        (Table(0, 0, 0, 0), 1.0),
        (Table(5, 0, 5, 0), 1.0),
    ],
)
def test_known_tables_have_their_known_chance(table: Table, chance: float) -> None:
    assert math.exp(fisher(table)) == pytest.approx(chance, rel=1e-3)


@given(TABLES)
def test_the_chance_is_the_counted_one(table: Table) -> None:
    assert math.exp(fisher(table)) == pytest.approx(counted(table), rel=1e-9, abs=1e-12)


@given(TABLES)
def test_over_one_stratum_it_is_fishers_test(table: Table) -> None:
    assert exact([table]) == pytest.approx(counted(table), rel=1e-9, abs=1e-12)


def test_two_ladies_who_are_always_right_guess_so_once_in_seventy_times_seventy() -> None:
    assert exact([Table(4, 0, 0, 4)] * 2) == pytest.approx(1 / 4900)
    three_of_eight_wrong_at_most = (1 + 2 * 16) / 4900
    assert exact([Table(4, 0, 0, 4), Table(3, 1, 1, 3)]) == pytest.approx(
        three_of_eight_wrong_at_most
    )
    assert exact([]) == 1.0


def test_the_lady_can_be_checked_cup_by_cup() -> None:
    guesses = list(combinations(range(8), 4))
    right = sum(len({0, 1, 2, 3} & set(guess)) >= 3 for guess in guesses)
    assert math.exp(fisher(Table(3, 1, 1, 3))) == pytest.approx(right / len(guesses))


def test_a_chance_too_small_for_a_float_is_still_told_from_another() -> None:
    small, smaller = fisher(Table(2000, 0, 0, 2000)), fisher(Table(4000, 0, 0, 4000))
    assert smaller < small < math.log(5e-324)


def test_hundreds_of_thousands_of_requests_are_no_trouble() -> None:
    even = fisher(Table(100_000, 100_000, 100_000, 100_000))
    assert math.exp(even) == pytest.approx(0.5, abs=0.01)


def test_each_test_counts_as_often_as_there_are_tests_left() -> None:
    logs = [math.log(one) for one in (0.01, 0.04, 0.03, 0.005)]
    corrected = [math.exp(one) for one in holm(logs)]
    assert corrected == pytest.approx([0.03, 0.06, 0.06, 0.02])  # the example of R's p.adjust


def test_a_single_test_needs_no_correction_and_none_at_all_is_fine() -> None:
    assert holm([-3.0]) == (-3.0,)
    assert holm([]) == ()


@given(st.lists(st.floats(-50, 0), max_size=20))
def test_correction_never_makes_surer_and_keeps_the_order(logs: list[float]) -> None:
    corrected = holm(logs)
    assert all(after >= before for before, after in zip(logs, corrected, strict=True))
    assert all(one <= 0 for one in corrected)
    ranked = [after for _, after in sorted(zip(logs, corrected, strict=True))]
    assert ranked == sorted(ranked)


def test_lift_is_how_many_times_as_often() -> None:
    assert lift([Table(8, 2, 2, 8)]) == pytest.approx(4.0)
    assert lift([Table(5, 5, 0, 10)]) == math.inf
    assert lift([Table(0, 5, 0, 5)]) == 1.0
    assert lift([]) == 1.0


def test_a_lift_that_two_groups_mix_together_is_gone_within_them() -> None:
    hard, easy = Table(48, 32, 12, 8), Table(1, 19, 4, 76)  # 60 % and 5 % fail, either way
    mixed = Table(49, 51, 16, 84)
    assert lift([mixed]) > 2.5
    assert lift([hard, easy]) == pytest.approx(1.0)
    assert deviation([hard, easy]) == pytest.approx(0.0)
    assert deviation([mixed]) > 4


def test_a_deviation_is_counted_in_standard_deviations() -> None:
    """8 where 5 are expected, with a variance of 10⁴ / (20² · 19)."""
    assert deviation([Table(8, 2, 2, 8)]) == pytest.approx(3 / math.sqrt(10**4 / (400 * 19)))
    assert deviation([Table(2, 8, 8, 2)]) == pytest.approx(-3 / math.sqrt(10**4 / (400 * 19)))
    both = [Table(8, 2, 2, 8), Table(8, 2, 2, 8)]
    assert deviation(both) == pytest.approx(math.sqrt(2) * deviation(both[:1]))


@given(st.permutations([Table(8, 2, 2, 8), Table(1, 19, 4, 76), Table(3, 0, 4, 9)]))
def test_the_order_of_strata_does_not_matter(strata: list[Table]) -> None:
    ordered = sorted(strata, key=lambda one: one.total)
    assert lift(strata) == pytest.approx(lift(ordered))
    assert deviation(strata) == pytest.approx(deviation(ordered))


@given(TABLES)
def test_good_and_bad_or_having_and_lacking_swapped_turn_the_deviation_round(table: Table) -> None:
    bad, good = table.bad_with, table.good_with
    swapped = Table(good, bad, table.good_without, table.bad_without)
    lacking = Table(table.bad_without, table.good_without, bad, good)
    assert deviation([swapped]) == pytest.approx(-deviation([table]))
    assert deviation([lacking]) == pytest.approx(-deviation([table]))


def test_a_good_request_may_stand_for_several() -> None:
    assert share(1, 1, 9.0) == pytest.approx(0.1)
    assert share(0, 0) == 0.0
    assert lift([Table(10, 10, 10, 30)], 9.0) == pytest.approx((10 / 100) / (10 / 280))


@pytest.mark.parametrize("tables", [[], [Table(1, 0, 0, 0)], [Table(3, 0, 4, 0)]])
def test_nothing_to_compare_deviates_by_nothing(tables: list[Table]) -> None:
    assert deviation(tables) == 0.0


@pytest.mark.parametrize(
    ("now", "before", "part", "chance"),
    [
        (5, 0, 1.0, 1 / 32),  # five heads in a row
        (3, 1, 1.0, 5 / 16),
        (2, 0, 0.5, 1 / 9),
        (4, 4, 1.0, 1.0),
        (0, 9, 0.5, 1.0),
        (0, 0, 1.0, 1.0),
    ],
)
def test_so_many_more_events_have_the_chance_of_coins(
    now: int, before: int, part: float, chance: float
) -> None:
    assert math.exp(more_often(now, before, part)) == pytest.approx(chance)


def test_thousands_more_than_usual_are_no_chance_and_no_overflow() -> None:
    assert more_often(100_000, 1_000, 0.5) < -10_000
