"""Where the time of traces goes."""

from dataclasses import replace

import pytest

from tests.analysis.made import grown, span
from troubleshoot.analysis.traces.time_spent import spent
from troubleshoot.analysis.traces.tree import Tree, duration, tree
from troubleshoot.model.signal import Trace


def whole_order(provider: float) -> Tree:
    return grown(
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
    busy = grown(span("order", "order-service", duration=1000.0, trace="t2"))
    shares = {one.service: one.share for one in spent([whole_order(9.0), busy])}
    assert shares["provider"] == pytest.approx(9.0 / 9.3 / 2)


def test_the_longest_span_is_told_and_the_traces_that_took_longest_come_first() -> None:
    seconds = {"a": 1.0, "b": 4.0, "c": 2.0, "d": 3.0}
    traces = [grown(span("order", duration=time, trace=name)) for name, time in seconds.items()]
    (row,) = spent(traces)
    assert (row.longest, row.examples) == (4.0, ("b", "d", "c"))


def test_the_gap_between_call_and_answer_belongs_to_the_callee() -> None:
    late = grown(
        span("call", "order-service", duration=5, kind="client"),
        span("serve", "payment-service", parent="call", start=4, duration=1),
    )
    assert [one.service for one in spent([late])] == ["payment-service"]


def test_a_trace_lasts_from_its_first_start_to_its_last_end() -> None:
    assert duration(whole_order(2.0)) == pytest.approx(2.3)
    assert duration(grown(span("a", start=5), span("b", start=1), span("c", start=3))) == 5
    assert duration(tree(Trace("t", ()))) == 0


def test_traces_without_time_have_no_shares_to_divide() -> None:
    assert spent([grown(span("a", duration=0))]) == ()


def skewed(by: float) -> Tree:
    """The clock of the payment service's machine is off."""
    whole = whole_order(9.0)
    return grown(
        *(replace(one, start=one.start + by) if one.service == "payment-service" else one
          for one in whole.spans)
    )  # fmt: skip


@pytest.mark.parametrize("by", [-3600.0, -0.2, 0.2, 3600.0])
def test_a_clock_that_is_off_moves_no_time_from_one_service_to_another(by: float) -> None:
    rows, usual = spent([skewed(by)]), spent([whole_order(9.0)])
    assert [one.service for one in rows] == [one.service for one in usual]
    assert [one.share for one in rows] == pytest.approx([one.share for one in usual])


def test_an_orphan_on_a_clock_that_is_off_makes_no_trace_longer() -> None:
    orphan = span("charge", "payment-service", parent="lost", start=-3600, duration=1)
    assert duration(grown(span("order", duration=2), orphan)) == 2
