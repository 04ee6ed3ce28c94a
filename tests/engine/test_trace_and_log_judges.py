"""Trace errors, trace latency and log patterns: a signal becomes an outcome."""

import pytest

from tests.analysis.made import lines, span, trace
from tests.engine.made import HALF, judged_logs, judged_traces
from troubleshoot.model.facts import Answering, LogFacts, Observed, TraceFacts
from troubleshoot.model.finding import Item, Outcome
from troubleshoot.model.signal import LogLine, Logs, Trace

ERRORS = {"kind": "trace_errors", "failed": "> 0.05", "warning": "> 0.2", "critical": "> 0.5"}
LATENCY = {
    "kind": "trace_latency", "longer": 1.0, "slow": "> 0.05",
    "warning": "> 0.3", "critical": "> 0.5",
}  # fmt: skip
PATTERNS = {"kind": "log_patterns", "warning": "> 2x", "critical": "> 5x"}


def failing(name: str) -> Trace:
    return trace(
        span("order", failed=True, trace=name),
        span("POST", parent="order", kind="client", failed=True, trace=name,
             peer__service="provider", message="refused"),
    )  # fmt: skip


def fine(name: str, duration: float = 0.1) -> Trace:
    return trace(span("order", trace=name, duration=duration))


def test_origins_count_where_enough_traces_failed() -> None:
    bad = [failing("a"), failing("b"), failing("c")]
    judged = judged_traces(ERRORS, bad, [*bad, *map(fine, "def")])
    assert judged.outcome is Outcome.CRITICAL
    assert judged.summary == "50 % of 6 sampled traces failed"
    (item,) = judged.items
    assert item.service == "provider"
    assert item.subject == "provider (POST, called by shop)"
    assert (item.note, item.examples) == ("refused", ("a", "b", "c"))


def test_two_failed_traces_say_little() -> None:
    judged = judged_traces(ERRORS, [failing("a"), failing("b")], [*map(failing, "ab"), fine("c")])
    assert judged.outcome is Outcome.OK
    assert judged.notes == ("2 failed traces say little: 3 are needed",)


@pytest.mark.parametrize("address", ["pay", "pay.prod.svc.cluster.local"])
def test_a_callee_that_is_known_and_left_no_span_is_gone(address: str) -> None:
    answered = trace(span("charge", "pay", trace="b"))
    bad = trace(
        span("order", failed=True, trace="a"),
        span("POST", parent="order", kind="client", failed=True, trace="a",
             server__address=address),
    )  # fmt: skip
    (item,) = judged_traces(ERRORS, [bad], [bad, answered]).items
    assert isinstance(item.facts, TraceFacts)
    assert item.facts.answers is Answering.NEVER


def test_failed_traces_that_the_search_did_not_find_have_an_origin_too() -> None:
    """It asks for a tag that not every tracer writes."""
    among = [*map(failing, "abd"), fine("c")]
    judged = judged_traces(ERRORS, [], among)
    assert (judged.outcome, judged.items[0].service) == (Outcome.CRITICAL, "provider")


def test_one_failure_in_a_hundred_is_no_origin_worth_a_word() -> None:
    among = [failing("a"), *(fine(str(number)) for number in range(99))]
    judged = judged_traces(ERRORS, [failing("a")], among)
    assert judged.outcome is Outcome.OK
    assert "origins count where failed traces > 5 %" in judged.notes
    assert judged.items[0].limit == ""  # it is all of the failed traces: not below any limit


def test_no_failed_traces_among_many_are_ok() -> None:
    judged = judged_traces(ERRORS, [], [fine("a")])
    assert (judged.outcome, judged.items) == (Outcome.OK, ())


def test_no_traces_at_all_cannot_be_told() -> None:
    judged = judged_traces(ERRORS, [], [])
    assert judged.outcome is Outcome.NO_DATA
    assert judged.reason == "Jaeger has no traces of shop in this window"


def test_a_truncated_search_is_said() -> None:
    judged = judged_traces(ERRORS, [failing("a")], [failing("a")], truncated=True)
    assert any("more traces matched" in note for note in judged.notes)


def test_partial_traces_decide_nothing() -> None:
    judged = judged_traces(ERRORS, [failing("a")], [failing("a")], problem=HALF)
    assert (judged.outcome, judged.reason) == (Outcome.PARTIAL, HALF.reason)


def test_slow_traces_are_charged_to_where_their_time_went() -> None:
    slow = trace(
        span("order", duration=3.1, trace="s"),
        span("POST", parent="order", kind="client", duration=3.0, trace="s",
             peer__service="provider"),
    )  # fmt: skip
    judged = judged_traces(LATENCY, [slow], [slow, fine("a")])
    assert judged.outcome is Outcome.CRITICAL
    assert judged.items[0].service == "provider"
    assert judged.summary == "50 % of 2 sampled traces took longer than 1 s"


def log_facts(item: Item) -> LogFacts:
    assert isinstance(item.facts, LogFacts)
    return item.facts


def given_up(answer: str) -> Trace:
    """A caller that waited for 2 s; ``answer`` seconds is what its callee took by itself."""
    return trace(
        span("order", failed=True, duration=2.1, trace="a"),
        span("POST", parent="order", kind="client", failed=True, duration=2.0, trace="a"),
        span("reserve", "stock", parent="POST", duration=float(answer), trace="a"),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("answer", "answers", "observed"),
    [
        ("1.9", Answering.LATE, Observed.INSIDE),
        ("0.1", Answering.IN_TIME, Observed.BY_CALLER),
    ],
)
def test_a_callee_that_was_late_is_told_from_one_whose_answer_never_came(
    answer: str, answers: Answering, observed: Observed
) -> None:
    bad = given_up(answer)
    (item,) = judged_traces(ERRORS, [bad], [bad]).items
    assert isinstance(item.facts, TraceFacts)
    assert (item.service, item.facts.answers) == ("stock", answers)
    slowest = judged_traces(LATENCY, [bad], [bad]).items[0]
    assert isinstance(slowest.facts, TraceFacts)
    assert (slowest.service, slowest.facts.observed) == ("stock", observed)


def test_a_few_slow_traces_are_allowed_for() -> None:
    among = [fine("slow", 2.0), *(fine(str(number)) for number in range(30))]
    assert judged_traces(LATENCY, [fine("slow", 2.0)], among).outcome is Outcome.OK


def logged(*messages: str, total: int = 0) -> Logs:
    return Logs(tuple(lines(messages)), total or len(messages))


def test_a_new_pattern_is_critical() -> None:
    judged = judged_logs(PATTERNS, logged(*["order 1 failed"] * 6), logged("disk full"))
    (item,) = judged.items
    assert (judged.outcome, item.value, item.normal) == (Outcome.CRITICAL, 6, 0)
    assert item.subject == "shop: order <*> failed"


def test_everyday_noise_is_no_evidence() -> None:
    noise = logged(*["card declined"] * 20)
    assert judged_logs(PATTERNS, noise, noise).outcome is Outcome.OK


def test_a_pattern_with_few_lines_does_not_count() -> None:
    assert judged_logs(PATTERNS, logged("odd"), logged("usual")).outcome is Outcome.OK


def test_counts_are_scaled_from_the_page_to_all_lines() -> None:
    now = logged(*["new"] * 5, *["old"] * 5, total=1000)
    judged = judged_logs(PATTERNS, now, logged(*["old"] * 10, total=500))
    assert {log_facts(item).pattern: item.value for item in judged.items} == {
        "new": 500,
        "old": 500,
    }
    assert "patterns from a sample of 10 of 1000 lines" in judged.notes


def test_one_line_of_a_sample_is_no_evidence_whatever_it_stands_for() -> None:
    now = Logs(tuple(lines(["odd", *["usual"] * 99], _doc_count="60")), 6000)
    before = Logs(tuple(lines(["usual"] * 100, _doc_count="60")), 6000)
    judged = judged_logs(PATTERNS, now, before)
    assert judged.outcome is Outcome.OK
    assert judged.items[1].value == 60


def test_a_noisy_service_does_not_hide_another() -> None:
    noise = lines(["retrying"] * 50, "noisy", _doc_count="2000")
    now = Logs((*noise, *lines(["disk full"] * 20, "quiet", _doc_count="1")), 100_020)
    judged = judged_logs(PATTERNS, now, Logs(tuple(noise), 100_000))
    assert judged.outcome is Outcome.CRITICAL
    assert (judged.items[0].subject, judged.items[0].value) == ("quiet: disk full", 20)


def test_an_exception_is_named_with_its_frame() -> None:
    stack = 'x\n  File "/app/pricing.py", line 42, in compute\nZeroDivisionError: by zero'
    now = Logs(tuple(lines(["order failed"] * 6, "pay", error__stack_trace=stack)), 6)
    (item,) = judged_logs(PATTERNS, now, Logs((), 0)).items
    assert item.subject == "pay: ZeroDivisionError in pricing.compute (pricing.py:42)"
    assert (log_facts(item).exception, log_facts(item).pattern) == (
        "ZeroDivisionError",
        "order failed",
    )


def test_lines_are_tied_to_the_failed_traces_of_the_run() -> None:
    ids = ["00000000000000AB", "good", "elsewhere", "cd"]
    now = Logs(tuple(line for one in ids for line in lines(["failed"] * 2, id=one)), 8)
    judged = judged_logs(PATTERNS, now, Logs((), 0), [failing("ab"), failing("cd"), fine("good")])
    (item,) = judged.items
    assert log_facts(item).failed_traces == "4 of 6"
    assert sorted(item.examples[:2]) == ["00000000000000AB", "cd"]
    assert item.examples[2] == "good"
    assert "4 trace ids in these lines, 3 of them in Jaeger, 2 failed" in judged.notes


def test_nothing_is_said_of_a_store_whose_traces_were_not_read() -> None:
    now = Logs(tuple(lines(["failed"] * 5, id="ab")), 5)
    judged = judged_logs(PATTERNS, now, Logs((), 0), None)
    assert "1 trace ids in these lines; no traces were read" in judged.notes


def test_a_store_that_stopped_counting_says_at_least() -> None:
    now = Logs(tuple(lines(["x"])), 10_000, at_least=True)
    assert judged_logs(PATTERNS, now, logged("x")).summary.startswith("at least 10000 lines")


def test_indices_without_a_level_field_or_text_to_search_cannot_be_told() -> None:
    found = frozenset({"message"})
    judged = judged_logs(PATTERNS, logged("x"), logged("x"), fields=found, aggregatable=found)
    assert judged.outcome is Outcome.NO_DATA
    assert "the fields level" in judged.reason


def test_a_level_that_only_messages_state_is_enough() -> None:
    now = Logs(tuple(lines(["[ERROR] order 1 failed"] * 6, level="")), 6)
    judged = judged_logs(PATTERNS, now, Logs((), 0), fields=frozenset({"message"}))
    assert judged.outcome is Outcome.CRITICAL


def test_partial_logs_decide_nothing() -> None:
    now = Logs(tuple(lines(["new"] * 9)), 9, problem=HALF)
    judged = judged_logs(PATTERNS, now, logged("x"))
    assert (judged.outcome, judged.reason) == (Outcome.PARTIAL, HALF.reason)


def kinds(count: int, first: str = "") -> list[LogLine]:
    """Two lines of each kind of message: too few of any to tell by itself."""
    names = (f"{first}{one}" for one in "abcdefghijklmnopqrst"[:count])
    return lines([f"{name * 3} of {name * 5} lost" for name in names for _ in range(2)])


def page(read: list[LogLine]) -> Logs:
    return Logs(tuple(read), len(read))


def test_many_new_lines_of_many_kinds_are_still_many_new_lines() -> None:
    judged = judged_logs(PATTERNS, page(kinds(20)), Logs((), 0))
    assert judged.outcome is Outcome.CRITICAL
    assert [item.subject for item in judged.items if item.outcome.firing] == [
        "shop: all lines of 20 patterns"
    ]
    (row, *_) = judged.items
    assert (row.value, row.normal, row.service) == (40, 0, "shop")
    assert isinstance(row.facts, LogFacts)
    assert row.facts.new


@pytest.mark.parametrize(
    ("now", "before"),
    [
        (kinds(20), kinds(20, "x")),  # as many as ever, of other kinds
        (kinds(4), kinds(1)),  # a handful: chance
        (kinds(1) * 20, []),  # one kind, which says it itself
    ],
)
def test_lines_that_are_no_more_than_usual_or_tell_themselves_have_no_row(
    now: list[LogLine], before: list[LogLine]
) -> None:
    judged = judged_logs(PATTERNS, page(now), page(before))
    assert not any("all lines" in item.subject for item in judged.items)
