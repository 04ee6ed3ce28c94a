"""Trace tags: what separates failed requests becomes an outcome."""

from dataclasses import replace

from tests.analysis.made import span, trace
from tests.engine.made import DOWN, HALF, judged_traces
from troubleshoot.engine.judge.judged import Judged
from troubleshoot.model.facts import Dimension, TagFacts
from troubleshoot.model.finding import Outcome
from troubleshoot.model.signal import Trace

RULE = {"kind": "trace_tags", "failed": "> 0.05", "warning": "> 0.2", "critical": "> 0.5"}


def orders(name: str, number: int, failed: int, start: float = 0.0, **payment: str) -> list[Trace]:
    tags = tuple((key.replace("__", "."), value) for key, value in payment.items())
    found = []
    for index in range(number):
        bad, at, key = index < failed, start + index, f"{name}{index}"
        top = span("order", failed=bad, trace=key, start=at)
        call = span("pay", "payment", parent="order", failed=bad, trace=key, start=at)
        found.append(trace(top, replace(call, tags=tags)))
    return found


def failing(traces: list[Trace]) -> list[Trace]:
    return [one for one in traces if one.spans[0].failed]


def judged(every: list[Trace]) -> Judged:
    return judged_traces(RULE, failing(every), every)


def values(answer: Judged) -> list[str]:
    return [item.facts.value for item in answer.items if isinstance(item.facts, TagFacts)]


RELEASE = orders("new", 40, 38, version="2.1.0", pod="pay-2") + orders(
    "old", 260, 3, version="2.0.0", pod="pay-0"
)


def test_a_release_that_fails_is_critical_and_told_with_its_counts() -> None:
    answer = judged(RELEASE)
    (item,) = answer.items
    assert (answer.outcome, answer.unit) == (Outcome.CRITICAL, "ratio")
    assert (item.value, item.normal) == (38 / 40, 3 / 260)
    assert item.facts == TagFacts(Dimension.VERSION, "payment", "version", "2.1.0")
    assert item.subject == (
        "payment version 2.1.0, in 38 of 41 failed traces and in 2 of 259 others"
    )
    assert item.limit == "> 50 %"
    assert set(item.examples) <= {one.trace_id for one in failing(RELEASE)}


def test_what_cannot_be_told_from_it_is_noted() -> None:
    (item,) = judged(RELEASE).items
    assert item.note == "in the same traces: payment pod pay-2"


def test_what_it_explains_is_noted() -> None:
    new = [orders(f"n{pod}", 30, 27, version="2", pod=f"n{pod}") for pod in range(2)]
    old = [orders(f"o{pod}", 60, 1, version="1", pod=f"o{pod}") for pod in range(3)]
    (item,) = judged([one for group in (*new, *old) for one in group]).items
    assert item.note == "explained by it: payment pod n0, payment pod n1"


def test_a_value_that_fails_now_and_then_is_a_warning() -> None:
    every = orders("new", 100, 40, version="2") + orders("old", 100, 2, version="1")
    assert judged(every).outcome is Outcome.WARNING


def test_few_failures_among_many_are_no_reason_to_look_for_one() -> None:
    every = orders("new", 20, 15, version="2") + orders("old", 600, 0, version="1")
    answer = judged(every)
    assert answer.outcome is Outcome.OK
    assert "separations count where failed traces > 5 %" in answer.notes


def test_a_value_that_explains_few_of_the_failures_is_listed_but_ok() -> None:
    every = orders("odd", 10, 10, tenant="odd") + orders("all", 300, 90, tenant="usual")
    answer = judged(every)
    assert answer.outcome is Outcome.OK
    assert values(answer) == ["odd"]


def test_failures_without_a_pattern_are_ok_and_say_so() -> None:
    every = orders("a", 50, 20, pod="a") + orders("b", 50, 20, pod="b")
    answer = judged(every)
    assert (answer.outcome, answer.items) == (Outcome.OK, ())
    assert answer.summary == (
        "40 % of 100 sampled traces failed; no tag separates them from the others"
    )


def test_too_few_of_either_side_are_said_to_be() -> None:
    answer = judged(orders("a", 20, 18, pod="a"))
    assert answer.summary == (
        "90 % of 20 sampled traces failed; "
        "18 failed and 2 good ones are too few to compare their tags"
    )


def surviving(name: str, count: int, failed: int, version: str) -> list[Trace]:
    """The shop shows its page also where no recommendation comes."""
    found = []
    for index in range(count):
        bad, key = index < failed, f"{name}{index}"
        out = span("out", parent="page", failed=bad, kind="client", trace=key)
        served = span("list", "tips", parent="out", failed=bad, trace=key, version=version)
        found.append(trace(span("page", trace=key), out, served))
    return found


def test_where_requests_survive_the_calls_that_fail_are_compared() -> None:
    every = surviving("a", 80, 69, "2") + surviving("b", 20, 1, "1")
    answer = judged(every)
    (item,) = answer.items
    assert answer.outcome is Outcome.CRITICAL
    assert item.facts == TagFacts(Dimension.VERSION, "tips", "version", "2")
    assert item.subject == "tips version 2, in 69 of 70 failed calls to tips and in 11 of 30 others"
    assert set(item.examples) <= {one.trace_id for one in every}
    assert answer.summary == "70 % of 100 calls to tips failed"


def test_a_callee_of_whose_calls_few_fail_is_not_looked_at() -> None:
    assert judged(surviving("a", 10, 4, "2") + surviving("b", 90, 0, "1")).items == ()


def test_symptoms_are_notes_never_items() -> None:
    every = orders("a", 50, 45, error__type="Timeout") + orders("b", 50, 0)
    answer = judged(every)
    assert answer.items == ()
    assert answer.notes == ("45 of 45 failed traces show payment error.type Timeout",)


def test_failed_traces_beyond_the_sample_count_but_do_not_raise_the_share() -> None:
    sample = orders("new", 50, 25, version="2") + orders("old", 50, 0, version="1")
    more = orders("more", 75, 75, version="2")
    (item,) = judged_traces(RULE, [*failing(sample), *more], sample).items
    assert item.subject.startswith("payment version 2, in 100 of 100 failed traces")
    assert item.value == 0.5


def test_failed_traces_from_before_the_sample_are_left_out() -> None:
    """They ran the version of then, the good ones that of now: it would seem to be the cause."""
    sample = orders("now", 100, 30, start=1000, version="2")
    sample += orders("left", 10, 3, start=1000, version="1")
    earlier = orders("then", 200, 200, start=0, version="1")
    assert judged_traces(RULE, [*failing(sample), *earlier], sample).items == ()


def test_a_sample_is_said_to_be_one() -> None:
    answer = judged_traces(RULE, failing(RELEASE), RELEASE, truncated=True)
    assert any("shares of a sample" in note for note in answer.notes)


def test_requests_that_a_retry_mended_are_good_ones() -> None:
    mended = [
        replace(one, spans=(replace(one.spans[0], failed=False), one.spans[1]))
        for one in orders("new", 60, 60, version="2")
    ]
    every = [*mended, *orders("old", 60, 20, version="1")]
    answer = judged_traces(RULE, [*mended, *failing(every)], every)
    assert values(answer) == ["1"]


def test_partial_traces_decide_nothing() -> None:
    answer = judged_traces(RULE, failing(RELEASE), RELEASE, problem=HALF)
    assert (answer.outcome, answer.reason) == (Outcome.PARTIAL, HALF.reason)


def test_no_answer_cannot_be_told() -> None:
    answer = judged_traces(RULE, [], [], problem=DOWN)
    assert (answer.outcome, answer.reason) == (Outcome.ERROR, DOWN.reason)
