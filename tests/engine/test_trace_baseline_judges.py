"""Traces against those of the baseline: where time was added, and whose calls fail."""

from tests.analysis.made import span, trace
from tests.analysis.test_calls import checkout, visit
from tests.analysis.test_cut_short import request
from tests.engine.made import judged_against_baseline
from troubleshoot.model.facts import Observed, TraceFacts
from troubleshoot.model.finding import Outcome
from troubleshoot.model.signal import Trace

SHIFT = {"kind": "trace_shift", "slower": "> 1.5x", "warning": "> 0.3", "critical": "> 0.5"}
CALLS = {"kind": "trace_calls", "warning": "> 0.1", "critical": "> 0.5"}


SHAPE = {"kind": "trace_shape", "warning": "> 0.05", "critical": "> 0.3"}


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
    assert item.note == "2 s a request, normally 0.2 s"
    assert judged.summary == "6 sampled requests take 7.0× as long as normally"


def test_traces_as_long_as_ever_have_nothing_added() -> None:
    assert judged_against_baseline(SHIFT, NORMAL, NORMAL).outcome is Outcome.OK


def test_without_traces_of_the_baseline_nothing_can_be_told() -> None:
    judged = judged_against_baseline(SHIFT, SLOW, [])
    assert judged.outcome is Outcome.NO_DATA
    assert "no traces of the time before" in judged.reason


def test_a_handful_of_requests_is_no_evidence_and_no_all_clear() -> None:
    judged = judged_against_baseline(SHIFT, SLOW[:4], NORMAL)
    assert (judged.outcome, judged.items) == (Outcome.NO_DATA, ())
    assert judged.reason == (
        "4 requests now and 6 of the same operations before are too few to compare: "
        "at least 5 of each are needed"
    )


def test_requests_a_little_slower_are_told_and_blame_nobody() -> None:
    judged = judged_against_baseline(SHIFT, [order(f"a{one}", 0.3) for one in range(6)], NORMAL)
    assert (judged.outcome, judged.items[0].service) == (Outcome.OK, "provider")
    assert judged.notes == (
        "shares count where the requests through a service take > 1.5× normal, beyond chance",
    )


def test_a_few_slow_ones_among_requests_that_differ_anyway_are_within_the_noise() -> None:
    before = [order(f"b{one}", 0.2 * (1 + one % 5)) for one in range(10)]
    now = [order(f"a{one}", 0.3 * (1 + one % 5)) for one in range(10)]
    judged = judged_against_baseline(SHIFT | {"slower": "> 1.2x"}, now, before)
    assert judged.outcome is Outcome.OK
    assert judged.items[0].note.endswith("; within the noise of before")


def test_a_delay_between_caller_and_callee_is_said_to_be_there() -> None:
    def served(name: str, gap: float) -> Trace:
        return trace(
            span("GET", duration=1 + gap, trace=name),
            span("out", parent="GET", duration=1 + gap, kind="client", trace=name),
            span("serve", "stock", parent="out", start=gap / 2, duration=1, trace=name),
        )

    now, before = ([served(f"{gap}{one}", gap) for one in range(9)] for gap in (2.0, 0.1))
    (item,) = judged_against_baseline(SHIFT, now, before).items
    assert (item.service, item.outcome) == ("stock", Outcome.CRITICAL)
    assert item.note.endswith("; most of it between caller and callee")


def test_an_operation_that_was_not_there_before_is_told_and_adds_nothing() -> None:
    report = [trace(span("GET /report", duration=60, trace=f"r{one}")) for one in range(9)]
    judged = judged_against_baseline(SHIFT, [*NORMAL, *report], NORMAL)
    assert (judged.outcome, judged.items) == (Outcome.OK, ())
    assert judged.notes == ("not compared, there are none of before: shop GET /report (9)",)


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


def visits(prefix: str, good: int, bad: int) -> list[Trace]:
    return [visit(f"{prefix}{n}", cache_ok=n < good).trace for n in range(good + bad)]


def test_calls_that_often_fail_count_by_what_fails_beyond_that() -> None:
    judged = judged_against_baseline(CALLS, visits("a", 29, 71), visits("b", 60, 40))
    assert (judged.outcome, judged.items[0].value, judged.items[0].normal) == (
        Outcome.WARNING, 0.71, 0.4,
    )  # fmt: skip


def test_a_few_more_failed_calls_than_before_may_be_chance() -> None:
    judged = judged_against_baseline(CALLS, visits("a", 15, 5), visits("b", 19, 1))
    assert judged.outcome is Outcome.OK
    assert judged.items[0].limit == ""  # a quarter is not below any limit
    sure = judged_against_baseline(CALLS, visits("a", 60, 20), visits("b", 76, 4))
    assert sure.outcome is Outcome.WARNING


def test_most_calls_to_a_callee_fail_and_no_request_does() -> None:
    """The issue's own case: a front end that survives."""
    judged = judged_against_baseline(CALLS, visits("a", 29, 71), visits("b", 99, 1))
    assert (judged.outcome, judged.items[0].service) == (Outcome.CRITICAL, "cache-main")


def test_a_caller_of_what_fails_is_not_named_for_it() -> None:
    now = [checkout(f"a{n}", paid=n % 2 == 0).trace for n in range(20)]
    before = [checkout(f"b{n}", paid=True).trace for n in range(20)]
    first, second, _ = judged_against_baseline(CALLS, now, before).items
    assert (first.service, first.outcome) == ("payment", Outcome.WARNING)
    assert (second.service, second.outcome, second.value, second.note) == (
        "checkout", Outcome.OK, 0.5, "10 of 10 follow from calls of its own that failed",
    )  # fmt: skip


def test_a_handful_of_calls_says_little() -> None:
    assert judged_against_baseline(CALLS, [visit("a").trace], []).items == ()


def stopping(prefix: str, count: int, *calls: str) -> list[Trace]:
    return [request(f"{prefix}{number}", *calls).trace for number in range(count)]


WHOLE = stopping("n", 20, "stock", "prices", "mail")


def test_the_call_after_which_requests_end_is_told_with_both_parts() -> None:
    now = [*stopping("a", 12, "stock"), *stopping("b", 8, "stock", "prices", "mail")]
    judged = judged_against_baseline(SHAPE, now, WHOLE)
    (item,) = judged.items
    assert isinstance(item.facts, TraceFacts)
    assert (item.outcome, item.value, item.normal) == (Outcome.CRITICAL, 0.6, 0.0)
    assert (item.service, item.facts.caller, item.facts.observed) == (
        "stock", "shop", Observed.BY_CALLER,
    )  # fmt: skip
    assert (item.subject, item.note) == (
        "shop stops after calling stock (serve)", "12 of 20 visits",
    )  # fmt: skip
    assert judged.summary == "12 of 20 sampled traces end early somewhere"


def test_a_service_that_calls_nobody_any_more_is_told_as_such() -> None:
    (item,) = judged_against_baseline(SHAPE, stopping("a", 20), WHOLE).items
    assert isinstance(item.facts, TraceFacts)
    assert (item.subject, item.facts.observed) == ("shop calls nobody any more", Observed.INSIDE)


def test_one_request_that_ends_early_is_within_the_noise() -> None:
    now = [*stopping("a", 1, "stock"), *stopping("b", 19, "stock", "prices", "mail")]
    judged = judged_against_baseline(SHAPE, now, WHOLE)
    assert (judged.outcome, judged.items[0].note) == (
        Outcome.OK, "1 of 20 visits; within the noise of before",
    )  # fmt: skip


def test_without_a_baseline_nobody_knows_where_requests_end() -> None:
    assert judged_against_baseline(SHAPE, WHOLE, []).outcome is Outcome.NO_DATA


def page(name: str, *, cart: float, ads: float) -> Trace:
    """A gateway that asks for the cart and for ads; the cart asks its store."""
    return trace(
        span("GET", "gateway", duration=cart + ads, trace=name),
        span("cart out", "gateway", parent="GET", duration=cart, kind="client", trace=name),
        span("cart", parent="cart out", duration=cart, trace=name),
        span("get", parent="cart", duration=cart, kind="client", trace=name, peer__service="store"),
        span("ads out", "gateway", parent="GET", start=cart, duration=ads, kind="client",
             trace=name),
        span("ads", "ads", parent="ads out", start=cart, duration=ads, trace=name),
    )  # fmt: skip


def test_of_a_service_that_is_named_only_what_is_done_for_it_counts() -> None:
    now = [page(f"a{n}", cart=1.0, ads=8.0) for n in range(9)]
    before = [page(f"b{n}", cart=0.1, ads=0.1) for n in range(9)]
    assert judged_against_baseline(SHIFT, now, before).items[0].service == "ads"
    judged = judged_against_baseline(SHIFT, now, before, service="shop")
    assert [(one.service, one.outcome) for one in judged.items] == [("store", Outcome.CRITICAL)]
    assert judged.summary == "9 sampled requests take 10.0× as long as normally"
