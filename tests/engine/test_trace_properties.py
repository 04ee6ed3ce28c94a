"""What must not change a verdict about traces: order, time, names, and finding a trace twice."""

from collections.abc import Sequence
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.analysis.made import lines, span, trace
from tests.analysis.properties import (
    OTHER_ORDER,
    RANDOM,
    SAME_ORDER,
    Names,
    later,
    plain,
    renamed,
    shuffled,
)
from tests.engine.made import judged_against_baseline, judged_logs, judged_traces
from troubleshoot.engine.judge.judged import Judged
from troubleshoot.model.finding import Outcome
from troubleshoot.model.signal import Logs, Trace

FEW = settings(derandomize=True, max_examples=10)
LIMITS = {"warning": "> 0.2", "critical": "> 0.5"}
RULES: dict[str, dict[str, Any]] = {
    "errors": {"kind": "trace_errors", "failed": "> 0.05"} | LIMITS,
    "latency": {"kind": "trace_latency", "longer": 1.0, "slow": "> 0.05"} | LIMITS,
    "tags": {"kind": "trace_tags", "failed": "> 0.05"} | LIMITS,
    "shift": {"kind": "trace_shift", "slower": "> 1.5x"} | LIMITS,
    "calls": {"kind": "trace_calls"} | LIMITS,
    "shape": {"kind": "trace_shape"} | LIMITS,
}


def order(name: str, start: float, *, bad: bool, version: str) -> Trace:
    """alpha calls bravo, which asks delta, that sends no spans, and where it may its database."""
    slow = 4.0 if bad else 0.25
    asked = span("SELECT", "bravo", parent="charge", start=start + slow, duration=0.125,
                 kind="client", trace=name, db__system="mysql", peer__service="echo")  # fmt: skip
    return trace(
        span("order", "alpha", start=start, duration=slow + 1, failed=bad, trace=name),
        span("pay", "alpha", parent="order", start=start, duration=slow + 0.5, failed=bad,
             kind="client", trace=name),
        span("charge", "bravo", parent="pay", start=start, duration=slow + 0.25, failed=bad,
             trace=name, service__version=version),
        span("POST", "bravo", parent="charge", start=start, duration=slow, failed=bad,
             kind="client", trace=name, peer__service="delta",
             message="no answer within 4 s" if bad else ""),
        *(() if bad else (asked,)),
    )  # fmt: skip


SAMPLE = [order(f"o{one}", 5000.0 + one, bad=False, version="1") for one in range(60)]
SAMPLE += [order(f"n{one}", 5000.0 + one, bad=one < 30, version="2") for one in range(40)]
FAILED = [one for one in SAMPLE if one.spans[0].failed]
USUAL = [order(f"u{one}", 1000.0 + one, bad=False, version="1") for one in range(40)]
Sides = tuple[Sequence[Trace], Sequence[Trace], Sequence[Trace]]
SIDES: Sides = (FAILED, SAMPLE, USUAL)


def verdicts(sides: Sides, service: str = "") -> dict[str, Judged]:
    chosen, among, before = sides
    return {
        name: judged_against_baseline(rule, among, before, service)
        if name in ("shift", "calls", "shape")
        else judged_traces(rule, chosen, among, service)
        for name, rule in RULES.items()
    }


def mapped(change: Any) -> dict[str, Judged]:
    chosen, among, before = SIDES
    return verdicts((change(chosen), change(among), change(before)))


VERDICTS = verdicts(SIDES)


@pytest.mark.parametrize(
    ("name", "guilty"),
    [
        ("errors", "delta"), ("latency", "delta"), ("tags", "bravo"),
        ("shift", "delta"), ("calls", "delta"), ("shape", "delta"),
    ],
)  # fmt: skip
def test_every_verdict_has_something_to_say(name: str, guilty: str) -> None:
    found = VERDICTS[name]
    assert found.outcome is not Outcome.OK
    assert found.items[0].service == guilty


@pytest.mark.parametrize("service", ["alpha", "bravo"])
def test_who_is_guilty_does_not_depend_on_who_is_said_to_have_the_symptom(service: str) -> None:
    named = verdicts(SIDES, service)
    assert {name: (one.outcome, one.items[0].service) for name, one in named.items()} == {
        name: (one.outcome, one.items[0].service) for name, one in VERDICTS.items()
    }


@given(RANDOM)
@FEW
def test_neither_the_order_of_traces_nor_of_spans_nor_of_tags_matters(random: Random) -> None:
    assert mapped(lambda side: shuffled(side, random)) == VERDICTS


@given(st.integers(-900, 10**9))
@FEW
def test_the_time_does_not_matter(seconds: int) -> None:
    assert mapped(lambda side: later(side, seconds)) == VERDICTS


@given(RANDOM)
@FEW
def test_traces_that_are_there_several_times_count_once(random: Random) -> None:
    assert mapped(lambda side: [*side, *random.choices(side, k=20)]) == VERDICTS


@pytest.mark.parametrize("names", [SAME_ORDER, OTHER_ORDER])
def test_other_names_of_services_give_the_same_verdict_with_those_names(names: Names) -> None:
    def rows(found: Judged, put_back: Names) -> object:
        items = plain(found.items, put_back)
        assert isinstance(items, tuple)
        return sorted(map(repr, items)), plain((found.outcome, found.notes), put_back)

    other = mapped(lambda side: renamed(side, names))
    assert {name: rows(one, names) for name, one in other.items()} == {
        name: rows(one, {}) for name, one in VERDICTS.items()
    }


def test_a_failed_trace_that_both_searches_found_counts_once() -> None:
    """Here nine good ones, and one bad one that either search brings."""
    good = [order(f"g{one}", 5000.0, bad=False, version="1") for one in range(9)]
    bad = order("bad", 5000.0, bad=True, version="1")
    found = judged_traces(RULES["errors"], [bad], [*good, bad])
    assert found.summary == "10 % of 10 sampled traces failed"
    tags = judged_traces(RULES["tags"], [bad], [*good, bad])
    assert "1 failed and 9 good ones" in tags.summary


@given(RANDOM)
@FEW
def test_the_order_of_lines_does_not_change_what_logs_say(random: Random) -> None:
    now = [*lines(["disk full"] * 9, "alpha"), *lines(["order 1 failed", "declined"] * 5, "bravo")]
    before = lines(["declined"] * 5, "bravo")
    failed = [trace(span("x", failed=True, trace="t1"))]

    def judged(some: list[Any]) -> Judged:
        rule = {"kind": "log_patterns", "warning": "> 2x", "critical": "> 5x"}
        return judged_logs(rule, Logs(tuple(some), len(some)), Logs(tuple(before), 5), failed)

    assert judged(random.sample(now, len(now))) == judged(now)
