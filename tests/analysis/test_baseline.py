"""What a series is now, what it normally was, and since when it left that."""

import random
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from tests.analysis.made import AT, WINDOW, minute, series
from troubleshoot.analysis.metrics.baseline import (
    SPARK_POINTS,
    course,
    value_at_end,
    vanished,
    within,
)
from troubleshoot.model.signal import Series


def test_a_step_is_dated_to_the_minute_it_happened() -> None:
    now = course(series(lambda before: 0.4 if before <= 20 else 0.01), WINDOW)
    assert now.value == 0.4
    assert now.normal == 0.01
    assert now.since == AT - timedelta(minutes=20)


def test_a_steady_series_has_no_onset() -> None:
    now = course(series(lambda _: 5.0), WINDOW)
    assert (now.value, now.normal, now.since) == (5.0, 5.0, None)


def test_noise_around_a_level_has_no_onset() -> None:
    dice = random.Random(7)
    now = course(series(lambda _: 10 + dice.gauss(0, 1) if _ else 10.5), WINDOW)
    assert now.since is None


def test_a_chronic_fault_is_normal_and_has_no_onset() -> None:
    assert course(series(lambda _: 0.4), WINDOW).since is None


def test_an_earlier_episode_that_is_over_does_not_move_the_onset() -> None:
    now = course(series(lambda before: 1.0 if before <= 5 or 30 <= before <= 40 else 0.0), WINDOW)
    assert now.since == AT - timedelta(minutes=5)


def test_one_good_scrape_in_the_middle_does_not_move_the_onset() -> None:
    now = course(series(lambda before: 1.0 if before <= 20 and before != 10 else 0.0), WINDOW)
    assert now.since == AT - timedelta(minutes=20)


def test_a_ramp_is_dated_to_its_first_tenth() -> None:
    now = course(series(lambda before: max(0.0, 20 - before) / 20), WINDOW)
    assert now.since is not None
    assert timedelta(minutes=17) <= AT - now.since <= timedelta(minutes=20)


def test_a_series_born_in_the_lookback_began_then() -> None:
    now = course(series(lambda before: 0.3 if before <= 12 else None), WINDOW)
    assert now.normal is None
    assert now.since == AT - timedelta(minutes=12)


def test_a_series_that_ended_before_the_window_has_no_value() -> None:
    now = course(series(lambda before: 1.0 if before > 3 else None), WINDOW)
    assert (now.value, now.since) == (None, None)


def test_a_fall_is_an_onset_only_where_low_is_bad() -> None:
    fallen = series(lambda before: 0.0 if before <= 15 else 1.0)
    assert course(fallen, WINDOW, upwards=False).since == AT - timedelta(minutes=15)
    assert course(fallen, WINDOW, upwards=True).since is None


def test_recent_spans_the_window_of_the_rates() -> None:
    now = course(series(lambda before: before), WINDOW)
    assert now.recent == (0.0, 5.0)


def test_the_spark_shows_a_gap_where_nothing_was() -> None:
    now = course(series(lambda before: None if 20 < before < 40 else 1.0), WINDOW)
    assert len(now.spark) == SPARK_POINTS
    assert None in now.spark
    assert now.spark[0] == 1.0


@given(
    shift=st.integers(0, 10_000_000),
    rise=st.floats(0.5, 100, allow_nan=False),
    minutes=st.integers(2, 55),
)
def test_a_shift_in_time_shifts_the_onset_and_nothing_else(
    shift: int, rise: float, minutes: int
) -> None:
    one = series(lambda before: rise if before <= minutes else 0.01)
    later = Series(one.labels, tuple((time + shift, number) for time, number in one.points))
    moved = type(WINDOW)(AT + timedelta(seconds=shift))
    first, second = course(one, WINDOW), course(later, moved)
    assert first.since is not None
    assert second.since == first.since + timedelta(seconds=shift)
    assert (second.value, second.normal, second.spark) == (first.value, first.normal, first.spark)


@given(st.floats(0.001, 1000, allow_nan=False))
def test_another_unit_does_not_move_the_onset(factor: float) -> None:
    one = series(lambda before: (3.0 if before <= 18 else 0.5) + (before % 3) / 100)
    scaled = Series(one.labels, tuple((time, number * factor) for time, number in one.points))
    assert course(scaled, WINDOW).since == course(one, WINDOW).since


def test_both_ends_belong_to_an_interval() -> None:
    ends = ((minute(60), 1.0), (minute(0), 2.0))
    outside = ((minute(60) - 0.001, 0.0), (minute(0) + 0.001, 0.0))
    assert within((*ends, *outside), WINDOW.looked) == ends


def test_minutes_are_counted_back_from_the_end() -> None:
    assert minute(0) == AT.timestamp()


def test_the_value_at_the_end_may_be_one_step_old_and_no_older() -> None:
    end, step = AT.timestamp(), WINDOW.step.total_seconds()
    assert value_at_end(((end - step, 7.0),), WINDOW) == 7.0
    assert value_at_end(((end - step - 1, 7.0),), WINDOW) is None
    assert value_at_end((), WINDOW) is None


def test_a_series_without_a_mark_of_its_end_may_have_ended_five_minutes_before_it() -> None:
    last = AT - timedelta(minutes=20)
    earliest, latest = vanished(((last.timestamp(), 1.0),), WINDOW)
    assert earliest == last - timedelta(minutes=5)
    assert latest == last + WINDOW.step
