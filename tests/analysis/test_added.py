"""Which service the time that requests take longer than normal was added in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.analysis.made import grown, span
from troubleshoot.analysis.traces.added_time import added, slower
from troubleshoot.analysis.traces.tree import Tree


def order(name: str, provider: float, own: float = 0.1) -> Tree:
    return grown(
        span("order", "order-service", duration=provider + own, trace=name),
        span("POST", "order-service", parent="order", duration=provider, kind="client",
             trace=name, peer__service="provider"),
    )  # fmt: skip


NORMAL = [order("n1", 0.2), order("n2", 0.2)]


def test_the_added_time_is_charged_to_the_callee_that_took_it() -> None:
    (row,) = added([order("a", 1.2), order("b", 1.2)], NORMAL)
    assert (row.service, row.kind, row.seen_by) == ("provider", "remote", "order-service")
    assert row.share == pytest.approx(1.0)
    assert [row.now, row.normal] == pytest.approx([1.2, 0.2])


def test_two_services_share_what_both_added() -> None:
    rows = {row.service: row.share for row in added([order("a", 0.5, own=0.2)], NORMAL)}
    assert rows == {"provider": pytest.approx(0.75), "order-service": pytest.approx(0.25)}


def test_the_one_that_added_most_comes_first() -> None:
    rows = added([order("a", 0.5, own=0.9)], NORMAL)
    assert [row.service for row in rows] == ["order-service", "provider"]


def test_the_traces_in_which_most_was_spent_are_the_examples() -> None:
    seconds = {"a": 0.3, "b": 0.9, "c": 0.5, "d": 0.7}
    (row,) = added([order(name, spent) for name, spent in seconds.items()], NORMAL)
    assert row.examples == ("b", "d", "c")


def test_who_saw_most_of_the_time_is_told() -> None:
    calls = [
        span(caller, caller, parent="top", start=start, duration=seconds, kind="client",
             peer__service="provider")
        for caller, start, seconds in (("b", 0.0, 1.0), ("a", 1.0, 0.5), ("c", 2.0, 0.2))
    ]  # fmt: skip
    (row,) = added([grown(span("top", duration=0), *calls)], NORMAL)
    assert (row.service, row.seen_by) == ("provider", "b")


def test_a_service_that_got_faster_adds_nothing() -> None:
    (row,) = added([order("a", 0.9, own=0.01)], NORMAL)
    assert (row.service, row.share) == ("provider", 1.0)


def test_a_service_that_was_not_there_before_added_all_its_time() -> None:
    before = [grown(span("order", "order-service", duration=0.1, trace="n"))]
    (row,) = added([order("a", 0.5)], before)
    assert (row.service, row.now, row.normal) == ("provider", 0.5, 0)


def test_nothing_is_added_where_nothing_changed() -> None:
    assert added(NORMAL, NORMAL) == ()


def test_how_much_slower_is_told_against_the_baseline_only() -> None:
    assert slower([order("a", 0.7), order("b", 0.9), order("c", 0.8)], NORMAL) == pytest.approx(3)
    assert slower([order("a", 0.8)], []) is None
    assert slower([], NORMAL) is None


@given(st.integers(1, 4))
def test_seeing_the_traces_several_times_changes_no_share(times: int) -> None:
    now = [order("a", 0.5, own=0.2), order("b", 0.9)]
    once, often = added(now, NORMAL), added(now * times, NORMAL * times)
    assert [row.share for row in often] == pytest.approx([row.share for row in once])


@given(st.permutations([order("a", 0.5), order("b", 0.9, own=0.3), order("c", 0.1)]))
def test_the_order_of_traces_does_not_matter(traces: list[Tree]) -> None:
    usual = added([order("a", 0.5), order("b", 0.9, own=0.3), order("c", 0.1)], NORMAL)
    assert [(row.service, round(row.share, 9)) for row in added(traces, NORMAL)] == [
        (row.service, round(row.share, 9)) for row in usual
    ]
