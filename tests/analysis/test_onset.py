"""What looks like an onset and is none, and how far a true one is known."""

import math
import random
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.analysis.made import AT, STEP, WINDOW, series
from troubleshoot.analysis.metrics.baseline import course
from troubleshoot.analysis.metrics.onset import trend
from troubleshoot.model.signal import Series
from troubleshoot.model.window import Baseline, Window

BLUR = timedelta(minutes=5)
DAY = timedelta(days=1)


def counter(per_second: float, *, resets_at: tuple[float, ...]) -> Series:
    """A raw counter that starts from zero at those minutes before the end."""

    def value(before: float) -> float:
        began = min((reset for reset in resets_at if reset >= before), default=200.0)
        return (began - before) * 60 * per_second

    return series(value)


def daily(height: float, phase: float, days: float = 0) -> Series:
    """A day as a sine around 1; ``phase`` in hours at the end; both days where it is asked for."""
    start = int((2 + 24 * days) * 3600 // STEP)
    points = []
    for index in range(start, -1, -1):
        hours = phase - index * STEP / 3600
        value = 1 + height * math.sin(2 * math.pi * hours / 24)
        points.append((AT.timestamp() - index * STEP, value))
    return Series((), tuple(points))


@pytest.mark.parametrize("resets_at", [(), (30.0,), (90.0,), (100.0, 45.0, 3.0)])
def test_a_raw_counter_has_no_onset_whether_it_is_reset_or_not(
    resets_at: tuple[float, ...],
) -> None:
    assert course(counter(2.0, resets_at=resets_at), WINDOW).since is None


def test_a_gap_in_scraping_is_no_onset() -> None:
    quiet = series(lambda before: None if 15 < before < 40 else 1 + (before % 2) / 100)
    assert course(quiet, WINDOW).since is None


def test_an_onset_within_a_gap_lies_between_its_ends() -> None:
    now = course(
        series(lambda before: None if 15 < before < 40 else (9.0 if before <= 15 else 1.0)), WINDOW
    )
    assert now.since == AT - timedelta(minutes=15)
    assert now.not_before == AT - timedelta(minutes=40)


def test_a_step_is_known_to_a_step_and_the_range_of_the_rate() -> None:
    now = course(series(lambda before: 9.0 if before <= 20 else 1.0), WINDOW, blur=BLUR)
    assert now.since == AT - timedelta(minutes=20)
    assert now.not_before == AT - timedelta(minutes=20) - WINDOW.step - BLUR


def test_a_trouble_older_than_the_lookback_began_in_the_baseline() -> None:
    now = course(series(lambda before: 9.0 if before <= 75 else 1.0), WINDOW)
    assert (now.normal, now.since) == (1.0, AT - timedelta(minutes=75))


def test_a_baseline_that_is_mostly_at_the_new_level_has_no_onset() -> None:
    assert course(series(lambda before: 9.0 if before <= 95 else 1.0), WINDOW).since is None


def test_a_step_in_the_baseline_does_not_hide_a_later_onset() -> None:
    now = course(series(lambda b: 30.0 if b <= 12 else (9.0 if b <= 95 else 1.0)), WINDOW)
    assert now.since == AT - timedelta(minutes=12)


def test_a_trouble_that_began_before_another_days_lookback_has_no_known_onset() -> None:
    window = replace(WINDOW, baseline=Baseline.YESTERDAY)
    calm, high = series(lambda _: 1.0), series(lambda _: 9.0)
    yesterday = tuple((t - DAY.total_seconds(), v) for t, v in calm.points)
    now = course(Series((), yesterday + high.points), window)
    assert (now.value, now.normal, now.since) == (9.0, 1.0, None)


def test_one_spike_that_is_gone_is_no_onset() -> None:
    assert course(series(lambda before: 50.0 if before == 20 else 1.0), WINDOW).since is None


def test_a_spike_at_the_very_end_is_an_onset_of_one_step() -> None:
    now = course(series(lambda before: 50.0 if before == 0 else 1.0), WINDOW)
    assert (now.since, now.not_before) == (AT, AT - WINDOW.step)


def test_a_constant_series_is_not_moved_by_the_last_digit() -> None:
    jitter = series(lambda before: 0.97 + (1e-9 if before <= 10 else 0.0))
    assert course(jitter, WINDOW).since is None


def test_a_constant_series_is_moved_by_what_a_person_would_see() -> None:
    now = course(series(lambda before: 17.0 if before <= 10 else 20.0), WINDOW, upwards=False)
    assert now.since == AT - timedelta(minutes=10)


def test_zero_that_becomes_something_tiny_is_an_onset() -> None:
    now = course(series(lambda before: 1e-300 if before <= 10 else 0.0), WINDOW)
    assert now.since == AT - timedelta(minutes=10)


def test_a_series_whose_first_point_is_the_first_that_was_asked_for_was_not_born_then() -> None:
    assert course(series(lambda before: 3.0 if before <= 60 else None), WINDOW).since is None


def test_a_stale_series_has_no_onset() -> None:
    gone = series(lambda before: None if before < 6 else (9.0 if before < 20 else 1.0))
    assert course(gone, WINDOW).since is None


def test_a_leak_that_began_long_ago_has_no_onset_and_one_that_began_now_has() -> None:
    old = series(lambda before: 120 - before)
    assert course(old, WINDOW).since is None
    new = course(series(lambda before: max(0.0, 30 - before)), WINDOW)
    assert new.since is not None
    assert timedelta(minutes=26) <= AT - new.since <= timedelta(minutes=30)


def test_a_fall_that_ended_does_not_make_its_end_a_rise() -> None:
    evening = series(lambda before: 5.0 + max(0.0, before - 60) / 12)
    assert course(evening, WINDOW).since is None


@given(height=st.floats(0.05, 0.45), phase=st.floats(0, 24))
def test_a_daily_shape_is_no_onset(height: float, phase: float) -> None:
    """Steeper days need ``--baseline yesterday``, as the next test has it."""
    shape = daily(height, phase)
    assert course(shape, WINDOW).since is None
    assert course(shape, WINDOW, upwards=False).since is None


@given(height=st.floats(0.05, 0.7), phase=st.floats(0, 24))
def test_the_same_hour_of_yesterday_explains_a_steep_day_as_well(
    height: float, phase: float
) -> None:
    """Up to a peak of almost six times the trough; at a deeper one a line errs by over a tenth."""
    window = replace(WINDOW, baseline=Baseline.YESTERDAY)
    shape = daily(height, phase, days=1)
    assert course(shape, window).since is None
    assert course(shape, window, upwards=False).since is None


@given(height=st.floats(0.05, 0.5), phase=st.floats(0, 24), minutes=st.integers(2, 50))
def test_an_onset_on_a_daily_shape_is_still_dated(
    height: float, phase: float, minutes: int
) -> None:
    shape = daily(height, phase)
    began = AT.timestamp() - minutes * 60
    raised = tuple((t, v * 4 if t >= began else v) for t, v in shape.points)
    since = course(Series((), raised), WINDOW).since
    assert since == AT - timedelta(minutes=minutes)


@given(seed=st.integers(0, 10**6))
def test_heavy_tails_date_an_onset_to_nothing_but_the_last_outlier(seed: int) -> None:
    """Cauchy noise: its mean does not even exist."""
    dice = random.Random(seed)
    noise = series(lambda _: 10 + math.tan(math.pi * (dice.random() - 0.5)))
    now = course(noise, WINDOW)
    assert now.since is None or AT - now.since <= timedelta(minutes=10)


@given(
    seconds=st.integers(120, 3300),
    high=st.floats(1.5, 1000),
    rate=st.sampled_from([60, 300, 900]),
)
def test_the_onset_lies_within_its_bounds_whatever_the_rate_looks_back_over(
    seconds: int, high: float, rate: int
) -> None:
    """A step seen through a rate over ``rate`` seconds: the share of the range that is after it."""
    began = AT.timestamp() - seconds

    def value(before: float) -> float:
        after = min(1.0, max(0.0, (seconds - before * 60) / rate))
        return 1 + (high - 1) * after

    assume(value(0.0) > 1.12)  # below a tenth of normal nothing is dated
    now = course(series(value), WINDOW, blur=timedelta(seconds=rate))
    assert now.since is not None
    assert now.not_before is not None
    assert now.not_before.timestamp() <= began <= now.since.timestamp()


@given(st.permutations(range(12)))
def test_a_trend_is_that_of_steady_growth_only(order: list[int]) -> None:
    steady = tuple((float(t), 3.0 * t) for t in range(12))
    assert trend(steady) == pytest.approx(3.0)
    stepped = tuple((float(t), 1.0 if t < 7 else 5.0) for t in range(12))
    assert trend(stepped) == 0.0
    mixed = tuple((float(t), 3.0 * place) for t, place in enumerate(order))
    assert abs(trend(mixed)) <= 3.0


def test_a_week_ago_is_a_baseline_as_well() -> None:
    window = Window(AT, baseline=Baseline.LAST_WEEK)
    calm = series(lambda _: 1.0)
    then = tuple((t - 7 * DAY.total_seconds(), v) for t, v in calm.points)
    now = course(
        Series((), then + series(lambda b: 9.0 if b <= 20 else 1.0).points), window
    )  # fmt: skip
    assert (now.normal, now.since) == (1.0, AT - timedelta(minutes=20))


def test_an_hour_that_grew_yesterday_is_expected_to_grow_as_much_today_and_no_more() -> None:
    window = replace(WINDOW, baseline=Baseline.YESTERDAY)

    def growing(before: float) -> float:
        return 2 - before / 60

    then = tuple((t - DAY.total_seconds(), v) for t, v in series(growing).points)
    same = Series((), then + series(growing).points)
    assert course(same, window).since is None
    more = series(lambda before: growing(before) + 3 * (before <= 20))
    assert course(Series((), then + more.points), window).since == AT - timedelta(minutes=20)
