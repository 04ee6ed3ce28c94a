"""Few requests are no evidence, however large the ratio."""

from datetime import UTC, datetime, timedelta

import pytest

from troubleshoot.engine.judge.judged import worst_first
from troubleshoot.engine.topology.chance import beyond_chance
from troubleshoot.engine.topology.contribution import flows_of
from troubleshoot.model.facts import MetricFacts
from troubleshoot.model.finding import Evidence, Finding, Item, Outcome
from troubleshoot.model.window import Window

WINDOW = Window(datetime(2025, 11, 7, 15, 30, tzinfo=UTC), timedelta(minutes=5))


def finding(means: str, now: float, usual: float) -> Finding:
    item = Item((), Outcome.CRITICAL, now, usual, facts=MetricFacts("a", means=means))
    return Finding(means, means, "s", "S", "1", Outcome.CRITICAL, Evidence.METRIC, items=(item,))


def judged(means: str, now: float, usual: float, *, per_second: float | None) -> Finding:
    rows = [finding("traffic", per_second, per_second)] if per_second is not None else []
    return beyond_chance(finding(means, now, usual), flows_of(rows), WINDOW)


@pytest.mark.parametrize(
    ("share", "usual", "per_second", "wanted"),
    [
        (0.05, 0.0, 10.0, Outcome.CRITICAL),  # 150 of 3000
        (0.5, 0.0, 4 / 300, Outcome.OK),  # 2 of 4, after 48 good ones
        (1.0, 0.0, 4 / 300, Outcome.CRITICAL),  # 4 of 4
        (0.02, 0.01, 1.0, Outcome.OK),  # 6 of 300 where 3 are usual
        (0.02, 0.01, 100.0, Outcome.CRITICAL),  # 600 where 300 are usual
        (0.5, 0.0, None, Outcome.CRITICAL),  # nobody counts the requests
    ],
)
def test_failures_count_by_how_many_of_how_many_fail(
    share: float, usual: float, per_second: float | None, wanted: Outcome
) -> None:
    found = judged("errors", share, usual, per_second=per_second)
    assert (found.outcome, found.items[0].outcome) == (wanted, wanted)


@pytest.mark.parametrize(
    ("per_second", "wanted"),
    [(1.0, Outcome.CRITICAL), (19 / 300, Outcome.OK), (20 / 300, Outcome.CRITICAL)],
)
def test_a_percentile_of_a_handful_is_their_maximum(per_second: float, wanted: Outcome) -> None:
    assert judged("latency", 9.0, 0.1, per_second=per_second).outcome is wanted


def test_what_chance_may_have_done_is_told_with_the_number_of_requests() -> None:
    (item,) = judged("latency", 9.0, 0.1, per_second=4 / 300).items
    assert item.note == "of 4 requests it says little"


def test_rows_of_which_one_is_known_to_be_beyond_chance_and_one_is_not_have_an_order() -> None:
    rows = [
        Item((), Outcome.OK, 1.0, facts=MetricFacts("a", beyond=beyond, share=share))
        for beyond in (True, None, False)
        for share in (0.5, None)
    ]
    assert worst_first(rows) == worst_first(rows[::-1])
