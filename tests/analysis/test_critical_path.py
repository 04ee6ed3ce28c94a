"""What a request really waited for: back from its end, always the span that ended last."""

import pytest
from hypothesis import given

from tests.analysis.made import grown, span
from tests.analysis.properties import QUICK, TRACES
from troubleshoot.analysis.traces.critical_path import critical_paths
from troubleshoot.analysis.traces.tree import tree
from troubleshoot.model.signal import Span, Trace


def own(*spans: Span) -> dict[str, float]:
    """Seconds that each span on the critical path waited for nothing below it."""
    (path,) = critical_paths(grown(*spans))
    return {one.operation: round(seconds, 6) for one, seconds in path.parts}


def call(name: str, start: float, duration: float, parent: str = "order") -> Span:
    return span(
        name, parent=parent, start=start, duration=duration, kind="client", peer__service=name
    )


ORDER = span("order", duration=10)


def test_of_calls_side_by_side_the_request_waited_for_the_one_that_ended_last() -> None:
    assert own(ORDER, call("stock", 1, 5), call("prices", 1, 8)) == {"order": 2, "prices": 8}


def test_before_the_last_call_began_the_request_waited_for_the_one_before() -> None:
    found = own(ORDER, call("stock", 0, 4), call("prices", 5, 4))
    assert found == {"order": 2, "stock": 4, "prices": 4}


def test_where_calls_overlap_each_second_counts_for_one_of_them() -> None:
    assert own(ORDER, call("stock", 1, 6), call("prices", 5, 5)) == {
        "order": 1, "stock": 4, "prices": 5,
    }  # fmt: skip


def test_a_gateway_with_two_spans_side_by_side_gets_nothing_of_what_its_callee_takes() -> None:
    """Here the proxy's own span ends even a little later than the call it makes."""
    request = span("GET", "gateway", duration=10.2)
    proxy = span("proxy", "gateway", parent="GET", start=0.1, duration=10, kind="internal")
    out = span("out", "gateway", parent="GET", start=0.2, duration=9.8, kind="client")
    serve = span("serve", "orders", parent="out", start=0.3, duration=9.6)
    found = own(request, proxy, out, serve)
    assert found == {"GET": 0.2, "proxy": 0.2, "out": 0.2, "serve": 9.6}


def test_a_services_own_steps_count_where_it_calls_nobody() -> None:
    step = span("render", parent="order", start=1, duration=8, kind="internal")
    assert own(ORDER, step, call("stock", 3, 2)) == {"order": 2, "render": 6, "stock": 2}


def test_what_a_handler_that_returned_at_once_went_on_to_do_was_waited_for() -> None:
    """As the spans of handlers do that promise an answer: the request lasts longer than they."""
    handler = span("handler", parent="order", start=1, duration=0.5, kind="internal")
    found = own(ORDER, handler, call("stock", 1.25, 8, parent="handler"))
    assert found == {"order": 1.75, "handler": 0.25, "stock": 8}


def test_what_was_let_go_was_not_waited_for() -> None:
    assert own(ORDER, call("audit", 9, 30)) == {"order": 10}


def test_a_request_that_gave_up_waiting_had_waited() -> None:
    gave_up = span("order", duration=10, failed=True)
    assert own(gave_up, call("stock", 1, 30)) == {"order": 1, "stock": 9}


def test_a_message_that_is_read_later_takes_none_of_the_time_of_who_sent_it() -> None:
    later = span("read", "mailer", parent="order", start=2, duration=5, kind="consumer")
    assert own(ORDER, later) == {"order": 10}


def test_a_callee_that_works_on_after_its_caller_gave_up_took_what_the_caller_saw() -> None:
    out = span("out", "orders", duration=3, kind="client", failed=True)
    charge = span("charge", "payment", parent="out", start=0.5, duration=9)
    assert own(out, charge) == {"out": 0.5, "charge": 2.5}


def test_answers_on_a_clock_that_is_off_lie_within_the_call() -> None:
    out = span("out", "orders", start=100, duration=10, kind="client")
    before = span("a", "payment", parent="out", start=50, duration=3)
    after = span("b", "payment", parent="out", start=160, duration=3)
    assert own(out, before, after) == {"out": 4, "a": 3, "b": 3}


def test_of_answers_that_a_clock_lays_over_each_other_the_longer_counts() -> None:
    out = span("out", "orders", duration=10, kind="client")
    short = span("a", "payment", parent="out", start=20, duration=3)
    long = span("b", "fraud", parent="out", start=30, duration=9)
    assert own(out, short, long) == {"out": 1, "b": 9}


def test_what_is_below_a_span_on_a_clock_that_is_off_moves_with_it() -> None:
    out = span("out", "orders", duration=10, kind="client")
    serve = span("serve", "payment", parent="out", start=3600, duration=8)
    inner = span("inner", "payment", parent="serve", start=3601, duration=4, kind="client")
    assert own(out, serve, inner) == {"out": 2, "serve": 4, "inner": 4}


def test_every_span_at_the_top_is_a_request_of_its_own() -> None:
    whole = grown(span("a", start=5), span("b", start=1, duration=2))
    assert [(one.root.operation, len(one.parts)) for one in critical_paths(whole)] == [
        ("b", 1), ("a", 1),
    ]  # fmt: skip


@given(TRACES)
@QUICK
def test_every_second_of_a_request_counts_once(traces: list[Trace]) -> None:
    for path in (path for one in traces for path in critical_paths(tree(one))):
        assert all(seconds > 0 for _, seconds in path.parts)
        assert sum(seconds for _, seconds in path.parts) == pytest.approx(path.root.duration)


def test_a_thousand_calls_and_steps_in_turn_are_read_at_once() -> None:
    """One after the other, two thousand: comparing each with each would take minutes."""
    spans = [span("order", duration=4000)]
    for number in range(2000):
        spans.append(call(f"c{number}", 2 * number, 1))
        step = span(f"s{number}", parent="order", start=2 * number + 1, duration=1, kind="internal")
        spans.append(step)
    (path,) = critical_paths(grown(*spans))
    assert len(path.parts) == 4000


def test_a_very_deep_request_is_read_to_its_end() -> None:
    spans = [span("s0", duration=1)]
    spans += [
        span(f"s{n}", parent=f"s{n - 1}", duration=1, kind="internal") for n in range(1, 5000)
    ]
    assert own(*spans) == {"s4999": 1}
