"""What must not change an answer about log lines or series: order, time, names, repetition."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.analysis.properties import LINES, OTHER_ORDER, QUICK, RANDOM, SAME_ORDER, Names, plain
from troubleshoot.analysis.logs.counts import counted
from troubleshoot.analysis.logs.lines import Fields
from troubleshoot.analysis.logs.patterns import Pattern, patterns
from troubleshoot.analysis.logs.weighed import WeighedLines
from troubleshoot.analysis.metrics.combine import by_label, share, total
from troubleshoot.model.signal import LogLine, Logs, Series

FIELDS = Fields(("level",), ("message",), ("service",), ("trace_id",), ("ERROR", "FATAL"))


def found(now: Iterable[LogLine], before: Iterable[LogLine]) -> tuple[Pattern, ...]:
    here, there = (
        WeighedLines.of(Logs(read, len(read)), FIELDS) for read in (tuple(now), tuple(before))
    )
    return patterns(here, there)


def mixed(lines: Sequence[LogLine], random: Random) -> list[LogLine]:
    return [
        replace(line, fields=tuple(random.sample(line.fields, len(line.fields))))
        for line in random.sample(lines, len(lines))
    ]


def named(lines: Iterable[LogLine], names: Names) -> list[LogLine]:
    def other(line: LogLine) -> LogLine:
        pairs = dict(line.fields)
        pairs["service"] = names[pairs["service"]]
        return replace(line, fields=tuple(pairs.items()))

    return list(map(other, lines))


def told(answer: tuple[Pattern, ...], names: Names) -> list[object]:
    back = {other: name for name, other in names.items()}
    return [plain(replace(one, service=back.get(one.service, one.service))) for one in answer]


@given(LINES, LINES, RANDOM)
@QUICK
def test_neither_the_order_of_lines_nor_of_fields_matters(
    now: list[LogLine], before: list[LogLine], random: Random
) -> None:
    assert found(mixed(now, random), mixed(before, random)) == found(now, before)


@given(LINES, LINES, st.integers(-(10**6), 10**6))
@QUICK
def test_the_time_moves_the_lines_and_nothing_else(
    now: list[LogLine], before: list[LogLine], seconds: int
) -> None:
    later = [[replace(one, time=one.time + seconds) for one in side] for side in (now, before)]
    moved = tuple(
        replace(one, seen=tuple(replace(line, time=line.time - seconds) for line in one.seen))
        for one in found(*later)
    )
    assert moved == found(now, before)


@given(LINES, LINES)
@QUICK
def test_other_names_of_services_give_the_same_patterns_with_those_names(
    now: list[LogLine], before: list[LogLine]
) -> None:
    usual = found(now, before)
    same = found(named(now, SAME_ORDER), named(before, SAME_ORDER))
    assert told(same, SAME_ORDER) == told(usual, {})
    other = found(named(now, OTHER_ORDER), named(before, OTHER_ORDER))
    assert sorted(map(repr, told(other, OTHER_ORDER))) == sorted(map(repr, told(usual, {})))


@given(LINES, LINES)
@QUICK
def test_every_line_twice_is_twice_the_count_and_nothing_else(
    now: list[LogLine], before: list[LogLine]
) -> None:
    twice = found(now * 2, before * 2)
    halved = [
        (one.service, one.level, one.exception, one.frame, one.text, one.now.lines / 2,
         one.usual.lines / 2, one.seen[::2]) for one in twice
    ]  # fmt: skip
    assert halved == [
        (one.service, one.level, one.exception, one.frame, one.text, one.now.lines,
         one.usual.lines, one.seen) for one in found(now, before)
    ]  # fmt: skip


POINTS = st.dictionaries(st.integers(0, 5), st.integers(0, 64), max_size=5).map(
    lambda found: tuple((float(time), number / 8) for time, number in sorted(found.items()))
)
SERIES = st.lists(
    st.builds(
        lambda points, status, pod: Series((("pod", pod), ("status", status)), points),
        POINTS, st.sampled_from(("error", "ok")), st.sampled_from("ab"),
    ),
    max_size=5,
)  # fmt: skip


def combined(series: Sequence[Series]) -> object:
    groups = by_label(series, "status")
    whole = total(series)
    return groups, {status: share(part, whole) for status, part in groups.items()}


@given(SERIES, RANDOM)
@QUICK
def test_the_order_of_series_does_not_matter(series: list[Series], random: Random) -> None:
    assert combined(random.sample(series, len(series))) == combined(series)


@given(SERIES, st.integers(-1000, 1000))
@QUICK
def test_the_time_moves_the_points_and_nothing_else(series: list[Series], seconds: int) -> None:
    def moved(one: Series) -> Series:
        return replace(one, points=tuple((time + seconds, value) for time, value in one.points))

    groups = by_label([moved(one) for one in series], "status")
    assert groups == {status: moved(part) for status, part in by_label(series, "status").items()}


@given(SERIES)
@QUICK
def test_every_series_twice_changes_no_share(series: list[Series]) -> None:
    def shares(all_of_them: list[Series]) -> list[tuple[tuple[float, float], ...]]:
        whole = total(all_of_them)
        return [share(part, whole).points for part in by_label(all_of_them, "status").values()]

    assert shares(series * 2) == shares(series)


@given(st.lists(st.floats(0.1, 1000), max_size=20), RANDOM)
@QUICK
def test_the_order_of_lines_does_not_change_a_count(weights: list[float], random: Random) -> None:
    one = counted(weights)
    assert counted(random.sample(weights, len(weights))) == one
    assert 0 <= one.low <= one.lines <= one.high


@given(st.lists(st.sampled_from((1.0, 10.0, 60.0)), min_size=1, max_size=20))
@QUICK
def test_twice_as_many_lines_are_twice_the_count_and_surer(weights: list[float]) -> None:
    once, twice = counted(weights), counted(weights * 2)
    assert twice.lines == pytest.approx(2 * once.lines)
    assert twice.high - twice.lines <= 2 * (once.high - once.lines) + 1e-9
