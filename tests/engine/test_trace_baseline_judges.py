"""Traces against those of the baseline: where time was added, and whose calls fail."""

from tests.analysis.made import span, trace
from tests.analysis.test_calls import visit
from tests.engine.made import judged_against_baseline
from troubleshoot.model.facts import Observed, TraceFacts
from troubleshoot.model.finding import Outcome
from troubleshoot.model.signal import Trace

SHIFT = {"kind": "trace_shift", "slower": "> 1.5x", "warning": "> 0.3", "critical": "> 0.5"}
CALLS = {"kind": "trace_calls", "warning": "> 0.1", "critical": "> 0.5"}


def order(name: str, provider: float) -> Trace:
    return trace(
        span("order", duration=provider + 0.1, trace=name),
        span("POST", parent="order", duration=provider, kind="client", trace=name,
             peer__service="provider"),
    )  # fmt: skip


NORMAL = [order(str(number), 0.2) for number in range(6)]
SLOW = [order(str(number), 2.0) for number in range(6)]


def test_the_service_that_added_the_time_is_named() -> None:
    judged = judged_against_baseline(SHIFT, SLOW, NORMAL)
    (item,) = judged.items
    assert isinstance(item.facts, TraceFacts)
    assert (judged.outcome, item.service, item.facts.observed) == (
        Outcome.CRITICAL, "provider", Observed.BY_CALLER,
    )  # fmt: skip
    assert item.note == "2 s a trace, normally 0.2 s"
    assert judged.summary == "6 sampled traces take 7.0× as long as normally"


def test_traces_as_long_as_ever_have_nothing_added() -> None:
    assert judged_against_baseline(SHIFT, NORMAL, NORMAL).outcome is Outcome.OK


def test_without_traces_of_the_baseline_nothing_can_be_told() -> None:
    judged = judged_against_baseline(SHIFT, SLOW, [])
    assert judged.outcome is Outcome.NO_DATA
    assert "no traces of the time before" in judged.reason


def test_calls_that_fail_now_and_did_not_before_are_critical() -> None:
    now = [visit(str(number)).trace for number in range(6)]
    before = [visit(str(number), cache_ok=True).trace for number in range(6)]
    judged = judged_against_baseline(CALLS, now, before)
    assert judged.outcome is Outcome.CRITICAL
    assert judged.items[0].subject == "calls to cache-main by sessions"
    assert judged.summary == "6 of 12 calls in sampled traces failed"


def test_calls_that_always_fail_are_normal() -> None:
    traces = [visit(str(number)).trace for number in range(6)]
    assert judged_against_baseline(CALLS, traces, traces).outcome is Outcome.OK


def test_a_handful_of_calls_says_little() -> None:
    assert judged_against_baseline(CALLS, [visit("a").trace], []).items == ()
