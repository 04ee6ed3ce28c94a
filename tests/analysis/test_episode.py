"""What was wrong and is over."""

from collections.abc import Callable
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from tests.analysis.made import AT, WINDOW, series
from troubleshoot.analysis.metrics.baseline import within
from troubleshoot.analysis.metrics.episode import episode
from troubleshoot.model.finding import Episode


def past(value: Callable[[float], float | None], limit: float = 5.0) -> Episode | None:
    looked = within(series(value).points, WINDOW.looked)
    return episode(looked, lambda number: number > limit, upwards=True)


def ago(minutes: float) -> timedelta:
    return timedelta(minutes=minutes)


def test_what_was_wrong_is_told_from_its_first_bad_point_to_the_first_good_one() -> None:
    found = past(lambda before: 9.0 if 10 < before <= 30 else 1.0)
    assert found == Episode(AT - ago(30), AT - ago(10), 9.0)


def test_what_lasts_is_not_over() -> None:
    assert past(lambda before: 9.0 if before <= 30 else 1.0) is None


def test_nothing_was_wrong() -> None:
    assert past(lambda _: 1.0) is None
    assert past(lambda _: None) is None


def test_two_bad_scrapes_are_noise() -> None:
    assert past(lambda before: 9.0 if before in (10, 10.5) else 1.0) is None
    assert past(lambda before: 9.0 if before in (10, 10.5, 11) else 1.0) is not None


def test_what_was_wrong_from_before_the_lookback_has_no_beginning() -> None:
    found = past(lambda before: 9.0 if before > 20 else 1.0)
    assert found == Episode(None, AT - ago(20), 9.0)


def test_the_last_of_several_is_told_and_its_worst() -> None:
    found = past(lambda b: 50.0 if 40 <= b <= 50 else (7.0 + (b == 15) if 10 <= b <= 20 else 1.0))
    assert found == Episode(AT - ago(20), AT - ago(9.5), 8.0)


def test_a_blip_after_it_is_not_it() -> None:
    found = past(lambda before: 9.0 if 20 <= before <= 30 or before == 5 else 1.0)
    assert found == Episode(AT - ago(30), AT - ago(19.5), 9.0)


def test_one_good_scrape_does_not_end_it() -> None:
    found = past(lambda before: 9.0 if 10 <= before <= 30 and before != 20 else 1.0)
    assert found == Episode(AT - ago(30), AT - ago(9.5), 9.0)


def test_the_lowest_is_the_worst_where_less_is_worse() -> None:
    points = within(series(lambda b: b if 10 <= b <= 30 else 99.0).points, WINDOW.looked)
    found = episode(points, lambda number: number < 50, upwards=False)
    assert found is not None
    assert found.worst == 10.0


@given(first=st.integers(3, 59), length=st.integers(2, 59), factor=st.floats(0.001, 1000))
def test_another_unit_changes_the_worst_value_and_no_time(
    first: int, length: int, factor: float
) -> None:
    last = max(1, first - length)
    one = past(lambda b: 9.0 if last <= b <= first else 1.0)
    scaled = past(lambda b: factor * (9.0 if last <= b <= first else 1.0), 5.0 * factor)
    assert one is not None
    assert scaled is not None
    assert (scaled.since, scaled.until) == (one.since, one.until)
    assert one.until == AT - ago(last) + WINDOW.step
