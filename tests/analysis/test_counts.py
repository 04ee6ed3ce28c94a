"""What a sample can tell about the whole."""

import math

import pytest

from troubleshoot.analysis.logs.counts import Count, counted, unseen


def test_lines_that_were_all_read_are_counted_exactly() -> None:
    assert counted([1.0] * 7) == Count(7, 7, 7)
    assert counted([]) == Count(0, 0, 0)
    assert unseen(1.0) == Count(0, 0, 0)


def test_a_sample_leaves_room_on_both_sides() -> None:
    found = counted([10.0] * 100)
    assert found.lines == pytest.approx(1000)
    off = 2 * math.sqrt(100 * 10 * 9)  # two standard deviations of what was not drawn
    assert (found.low, found.high) == pytest.approx((1000 - off, 1000 + off))


def test_a_single_line_of_a_sample_is_hardly_more_than_itself() -> None:
    assert counted([60.0]).low == 1.0


def test_what_is_in_no_line_of_a_sample_may_be_there_all_the_same() -> None:
    assert unseen(61.0).high == pytest.approx(180)
