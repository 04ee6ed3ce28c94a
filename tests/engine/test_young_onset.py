"""A trouble that is younger than the window: what came before it is as normal as the baseline."""

from datetime import datetime, timedelta

import pytest

from tests.analysis.made import AT, WINDOW, minute, span, trace
from tests.engine.made import judged_against_baseline
from troubleshoot.engine.judge.young_onset import young_onset
from troubleshoot.model.facts import MetricFacts
from troubleshoot.model.finding import Evidence, Finding, Item, Outcome
from troubleshoot.model.signal import Trace

SHIFT = {"kind": "trace_shift", "slower": "> 1.5x", "warning": "> 0.3", "critical": "> 0.5"}


def symptom(*rows: tuple[str, float]) -> Finding:
    """Each service was well until so many minutes before the end."""
    items = tuple(
        Item((), Outcome.CRITICAL, 1.0, 0.1, not_before=ago(minutes), facts=MetricFacts(name))
        for name, minutes in rows
    )
    return Finding("l", "L", "s", "S", "1", Outcome.CRITICAL, Evidence.METRIC, items=items)


def ago(minutes: float) -> datetime:
    return AT - timedelta(minutes=minutes)


@pytest.mark.parametrize(
    ("rows", "service", "wanted"),
    [
        ([("door", 2)], "", 2),
        ([("door", 2)], "door", 2),
        # the one with the symptom dates it; where it says nothing, the middle of all
        ([("door", 2), ("other", 4)], "door", 2),
        ([("a", 1), ("b", 2), ("c", 4)], "door", 2),
        # a single one that began long before does not
        ([("a", 1), ("b", 2), ("c", 50)], "", 2),
        # it fills the window: there is nothing to set apart
        ([("door", 9)], "", None),
        ([], "", None),
    ],
)
def test_the_onset_counts_where_it_lies_within_the_window(
    rows: list[tuple[str, float]], service: str, wanted: float | None
) -> None:
    found = young_onset([symptom(*rows)], WINDOW, service)
    assert found == (None if wanted is None else minute(wanted))


def requests(count: int, seconds: float, before: float) -> list[Trace]:
    """One every second from so many minutes before the end; all of the time is the bank's."""
    return [
        trace(
            span("buy", start=minute(before) + n, duration=seconds, trace=f"{before}-{n}"),
            span(
                "pay", "bank", parent="buy", start=minute(before) + n, duration=seconds,
                trace=f"{before}-{n}",
            ),
        )
        for n in range(count)
    ]  # fmt: skip


def test_traces_since_the_onset_are_compared_with_those_before_it() -> None:
    mixed = [*requests(40, 0.1, 5), *requests(20, 0.9, 2)]
    since = judged_against_baseline(SHIFT, mixed, [], onset=minute(2))
    assert (since.outcome, since.items[0].service) == (Outcome.CRITICAL, "bank")
    assert judged_against_baseline(SHIFT, mixed, []).outcome is Outcome.NO_DATA


def test_where_next_to_nothing_came_since_all_is_looked_at() -> None:
    mixed = [*requests(40, 0.1, 5), *requests(4, 0.9, 2)]
    before = requests(40, 0.1, 60)
    whole = judged_against_baseline(SHIFT, mixed, before)
    assert judged_against_baseline(SHIFT, mixed, before, onset=minute(2)) == whole
