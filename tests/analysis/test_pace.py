"""How much longer requests take than normally."""

import pytest

from troubleshoot.analysis.traces.pace import pace
from troubleshoot.analysis.traces.requests import Compared, Request


def compared(operation: str, now: list[float], before: list[float]) -> Compared:
    sides = (
        tuple(Request(f"{side}{n}", operation, one, {}) for n, one in enumerate(some))
        for side, some in (("n", now), ("b", before))
    )
    return Compared(operation, *sides)


def test_the_mean_is_told_as_a_multiple_of_what_is_normal() -> None:
    found = pace([compared("order", [3.0] * 10, [1.0] * 20)])
    assert (found.operation, found.requests, found.before, found.times) == ("order", 10, 20, 3.0)
    assert found.chance < 1e-5


def test_more_requests_of_an_operation_that_takes_long_are_not_slower() -> None:
    quick = compared("search", [1.0] * 10, [1.0] * 90)
    slow = compared("report", [60.0] * 90, [60.0] * 10)
    found = pace([quick, slow])
    assert (found.operation, found.times, found.slowest) == ("", 1.0, 1.0)
    assert found.chance > 0.5


def test_one_slow_request_makes_no_pace() -> None:
    assert pace([compared("order", [1.0] * 19 + [30.0], [1.0] * 20)]).times == 1.0


def test_a_tenth_of_the_requests_that_take_long_shows_in_the_slowest() -> None:
    found = pace([compared("order", [1.0] * 90 + [4.0] * 10, [1.0] * 100)])
    assert [found.times, found.slowest] == pytest.approx([1.3, 4.0])
    assert found.chance < 0.01


def test_requests_of_one_side_only_say_nothing() -> None:
    found = pace([compared("order", [1.0] * 5, [1.0] * 5), compared("new", [60.0] * 50, [])])
    assert (found.requests, found.before, found.times) == (5, 5, 1.0)


@pytest.mark.parametrize(
    ("now", "before", "enough"), [(5, 5, True), (4, 90, False), (90, 4, False)]
)
def test_a_handful_on_either_side_is_not_enough(now: int, before: int, enough: bool) -> None:
    assert pace([compared("order", [1.0] * now, [1.0] * before)]).enough is enough


def test_nothing_is_not_slower_than_nothing() -> None:
    assert pace([]).times == 1.0
    assert pace([compared("order", [0.0] * 30, [0.0] * 30)]).times == 1.0
