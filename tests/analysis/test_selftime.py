"""Where the time of traces goes."""

import pytest

from tests.analysis.made import span, trace
from troubleshoot.analysis.selftime import duration, self_time, spent
from troubleshoot.analysis.tree import tree
from troubleshoot.model.signal import Span, Trace


def whole_order(provider: float) -> Trace:
    return trace(
        span("order", "order-service", start=0, duration=provider + 0.3),
        span("pay", "order-service", parent="order", duration=provider + 0.1, kind="client"),
        span("charge", "payment-service", parent="pay", duration=provider + 0.1),
        span("POST", "payment-service", parent="charge", duration=provider, kind="client",
             peer__service="provider"),
    )  # fmt: skip


def test_waiting_for_a_callee_is_charged_to_the_callee() -> None:
    first = spent([whole_order(9.0)])[0]
    assert (first.service, first.kind, first.seen_by) == ("provider", "remote", "payment-service")
    assert first.share == pytest.approx(9.0 / 9.3)
    assert first.longest == pytest.approx(9.0)


def test_shares_add_up_to_one() -> None:
    assert sum(one.share for one in spent([whole_order(1.0), whole_order(3.0)])) == pytest.approx(1)


def test_every_trace_counts_alike_however_long() -> None:
    busy = trace(span("order", "order-service", duration=1000.0, trace="t2"))
    shares = {one.service: one.share for one in spent([whole_order(9.0), busy])}
    assert shares["provider"] == pytest.approx(9.0 / 9.3 / 2)


def own(parent: Span, *children: Span) -> float:
    return self_time(parent, tree(trace(parent, *children)))


def test_children_at_the_same_time_are_counted_once() -> None:
    parent = span("a", duration=10)
    children = [
        span("b", parent="a", start=1, duration=4),
        span("c", parent="a", start=2, duration=4),
    ]
    assert own(parent, *children) == pytest.approx(5)


def test_a_child_that_outlives_its_parent_covers_only_what_is_there() -> None:
    assert own(
        span("a", duration=3), span("b", parent="a", start=1, duration=100)
    ) == pytest.approx(1)


def test_a_child_on_a_clock_that_runs_behind_does_not_make_time_negative() -> None:
    assert own(span("a", start=10, duration=3), span("b", parent="a", start=5, duration=2)) == 3


def test_the_gap_between_call_and_answer_belongs_to_the_callee() -> None:
    late = trace(
        span("call", "order-service", duration=5, kind="client"),
        span("serve", "payment-service", parent="call", start=4, duration=1),
    )
    assert [one.service for one in spent([late])] == ["payment-service"]


def test_a_trace_lasts_from_its_first_start_to_its_last_end() -> None:
    assert duration(whole_order(2.0)) == pytest.approx(2.3)
    assert duration(Trace("t", ())) == 0


def test_traces_without_time_have_no_shares_to_divide() -> None:
    assert all(one.share == 0 for one in spent([trace(span("a", duration=0))]))
