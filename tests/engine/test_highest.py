"""Queries that keep only the highest series tell how many they left out."""

from dataclasses import replace

import pytest

from tests.analysis.made import AT, WINDOW, series
from tests.engine.made import answers, check, planned
from troubleshoot.backends.stores.table import dialects
from troubleshoot.engine.collect.answers import Answers
from troubleshoot.engine.judge.dispatch import judge
from troubleshoot.engine.judge.judged import JudgeInput
from troubleshoot.engine.plan import topk
from troubleshoot.engine.plan.inventory import Known
from troubleshoot.engine.plan.planned import Planned, Source
from troubleshoot.engine.plan.requests import metric_source
from troubleshoot.model.finding import Outcome
from troubleshoot.model.query import Request
from troubleshoot.model.signal import Metrics, Names, Problem, ProblemKind, Series
from troubleshoot.model.store import Store

METRIC = dialects().metric[Store.PROMETHEUS]
PLAIN = "rate(x[5m])"
KEPT = "rate(x[5m]) and topk(3, rate(x[5m] @ 1762529400))"
EACH = "a / b and topk by (job, pod) (2, a @ 1 / b @ 1)"


def plan(text: str) -> Planned:
    rule = {"kind": "threshold", "critical": "> 0.5"}
    return replace(planned(check(rule), text), sources=(metric_source(METRIC, text, WINDOW),))


def source(text: str) -> Source:
    return metric_source(METRIC, text, WINDOW)


def pods(count: int) -> tuple[Series, ...]:
    return tuple(series(lambda _: 0.1, pod=f"p-{number}") for number in range(count))


def count_of(text: str) -> Request:
    return METRIC.instant(f"count({text})", AT.timestamp())


def found(text: str, shown: int, total: float | None = None) -> tuple[Planned, Answers]:
    one = plan(text)
    pairs = [(one.main, Metrics(pods(shown)))]
    if total is not None:
        pairs.append((count_of(PLAIN), Metrics((Series((), ((AT.timestamp(), total),)),))))
    return one, answers(*pairs)


def test_a_query_that_keeps_the_highest_says_so_in_its_text() -> None:
    assert topk.keeps(source(PLAIN)) is None
    assert topk.keeps(source(KEPT)) == topk.Keeps("rate(x[5m])", (), 3)
    assert topk.keeps(source(EACH)) == topk.Keeps("a / b", ("job", "pod"), 2)
    assert topk.keeps(source("topk(5, x)")) is None


def test_an_answer_that_is_not_full_left_nothing_out_and_asks_nothing() -> None:
    one, so_far = found(KEPT, 2)
    assert topk.questions([one], so_far, WINDOW, dialects()) == ()
    assert topk.notes(one, so_far, WINDOW, dialects()) == ()


def test_a_full_answer_asks_how_many_there_are() -> None:
    one, so_far = found(KEPT, 3)
    assert topk.questions([one, one], so_far, WINDOW, dialects()) == (count_of(PLAIN),)


@pytest.mark.parametrize(
    ("total", "note"),
    [
        (412.0, ("the 3 highest are looked at: 3 of 412 series",)),
        (3.0, ()),
        (None, ("the 3 highest are looked at; how many more there are is not known",)),
    ],
)
def test_what_was_left_out_is_told(total: float | None, note: tuple[str, ...]) -> None:
    one, so_far = found(KEPT, 3, total)
    assert topk.notes(one, so_far, WINDOW, dialects()) == note


def test_one_full_group_is_enough_to_ask() -> None:
    kept = topk.Keeps("x", ("job",), 2)
    assert kept.full([series(lambda _: 1.0, job=job) for job in "aab"])
    assert not kept.full([series(lambda _: 1.0, job=job) for job in "abc"])


def test_the_finding_carries_the_note() -> None:
    one, so_far = found(KEPT, 3, 412.0)
    judged = judge(
        JudgeInput(one, so_far, WINDOW, Known(metrics=Names(frozenset({"x"}))), dialects())
    )
    assert judged.outcome is Outcome.OK
    assert judged.notes == ("the 3 highest are looked at: 3 of 412 series",)


def test_nothing_at_the_end_is_told_as_that() -> None:
    one = plan(KEPT)
    nothing = answers((one.main, Metrics(())))
    judged = judge(
        JudgeInput(one, nothing, WINDOW, Known(metrics=Names(frozenset({"x"}))), dialects())
    )
    assert judged.reason.endswith("at the end of the window")


def test_a_count_that_failed_does_not_hide_that_there_may_be_more() -> None:
    one, so_far = found(KEPT, 3)
    broken = Metrics((), Problem(ProblemKind.ERROR, "too slow"))
    both = Answers({**so_far.by_key, **answers((count_of(PLAIN), broken)).by_key})
    assert "not known" in topk.notes(one, both, WINDOW, dialects())[0]
