"""One window for every backend."""

from datetime import UTC, datetime, timedelta

import pytest

from troubleshoot.model.errors import UsageError
from troubleshoot.model.window import Baseline, Interval, Window

AT = datetime(2025, 11, 7, 15, 30, tzinfo=UTC)
HOUR = timedelta(hours=1)


def test_the_window_ends_at_its_instant() -> None:
    window = Window(AT)
    assert window.recent == Interval(AT - timedelta(minutes=5), AT)
    assert window.looked == Interval(AT - HOUR, AT)


@pytest.mark.parametrize(
    ("baseline", "back"),
    [
        (Baseline.PREVIOUS, timedelta(hours=2)),
        (Baseline.YESTERDAY, timedelta(days=1)),
        (Baseline.LAST_WEEK, timedelta(days=7)),
    ],
)
def test_normal_is_as_long_as_the_lookback_and_lies_before(
    baseline: Baseline, back: timedelta
) -> None:
    window = Window(AT, lookback=timedelta(hours=2), baseline=baseline)
    assert window.normal == window.looked.shifted(-back)
    assert window.before(window.recent) == window.recent.shifted(-back)


def test_the_previous_baseline_touches_the_lookback_without_overlap() -> None:
    window = Window(AT)
    assert window.normal.end == window.looked.start


@pytest.mark.parametrize(
    ("lookback", "step"),
    [(timedelta(minutes=1), 15), (HOUR, 30), (timedelta(days=1), 720)],
)
def test_the_step_gives_a_chart_and_never_asks_below_a_scrape(
    lookback: timedelta, step: int
) -> None:
    assert Window(AT, lookback=lookback).step == timedelta(seconds=step)


@pytest.mark.parametrize(
    "window",
    [
        {"at": datetime(1, 1, 1, tzinfo=UTC)},
        {"at": datetime(1970, 1, 1, 1, tzinfo=UTC)},
        {"at": AT, "lookback": timedelta(days=30_000)},
        {"at": AT, "lookback": timedelta.max},
        {"at": AT, "rate": timedelta(days=30_000)},
    ],
)
def test_a_window_that_begins_before_every_backend_is_refused(window: dict[str, object]) -> None:
    with pytest.raises(UsageError, match="begins before 1970") as caught:
        Window(**window)  # type: ignore[arg-type]
    assert "--lookback" in caught.value.hint


def test_a_baseline_that_was_named_is_normal_for_metrics_traces_and_logs_alike() -> None:
    named = Interval(AT - 3 * HOUR, AT - 2 * HOUR)
    window = Window(AT, baseline=Baseline.RANGE, named=named)
    assert window.normal == window.before(window.recent) == named


def test_a_named_baseline_within_the_lookback_is_refused() -> None:
    named = Interval(AT - 2 * HOUR, AT - HOUR / 2)
    with pytest.raises(UsageError, match="ends at 2025-11-07 15:00:00, within the lookback"):
        Window(AT, baseline=Baseline.RANGE, named=named)


def test_a_short_lookback_is_compared_with_twenty_values_of_five_minutes() -> None:
    window = Window(AT, lookback=timedelta(minutes=15))
    assert window.normal.length == timedelta(minutes=100)
    assert window.normal.end == window.looked.start
