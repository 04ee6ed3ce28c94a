"""Log messages without their variable parts."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.analysis.made import lines
from troubleshoot.analysis.logs.lines import Fields
from troubleshoot.analysis.logs.patterns import Pattern, mask, patterns
from troubleshoot.analysis.logs.weighed import WeighedLines
from troubleshoot.model.signal import LogLine, Logs

FIELDS = Fields(("level",), ("message",), ("service",), ("trace_id",), ("ERROR",))


@pytest.mark.parametrize(
    ("message", "masked"),
    [
        ("order 4711 failed after 3.2s", "order <*> failed after <*>"),
        ("order ord-036106 failed", "order ord-<*> failed"),
        ("refused by 10.0.3.7:8080", "refused by <*>"),
        ("id 3fa85f64-5717-4562-b3fc-2c963f66afa6 gone", "id <*> gone"),
        ("span 9f86d081884c7d65 lost", "span <*> lost"),
        ("at 0xDEADBEEF", "at <*>"),
        ("mail to [email:fe779f80]", "mail to <*>"),
        ("HTTP 503 from provider", "HTTP <*> from provider"),
        ("plain words stay, facade too", "plain words stay, facade too"),
        ("utf8 and ipv4 and s3 stay", "utf8 and ipv4 and s3 stay"),
        ("many   blanks\tare one", "many blanks are one"),
        ("first line\nat com.shop.Order(Order.java:12)", "first line"),
        ("", ""),
    ],
)
def test_what_varies_is_masked_and_what_tells_is_kept(message: str, masked: str) -> None:
    assert mask(message) == masked


def found(now: Sequence[LogLine], before: Sequence[LogLine] = ()) -> tuple[Pattern, ...]:
    return patterns(weighed(page(now)), weighed(page(before)))


def weighed(logs: Logs) -> WeighedLines:
    return WeighedLines.of(logs, FIELDS)


def page(read: Sequence[LogLine], total: int = 0) -> Logs:
    return Logs(tuple(read), total or len(read))


def counts(one: Pattern) -> tuple[str, float, float]:
    return (one.text, one.now.lines, one.usual.lines)


def test_lines_of_one_pattern_are_counted_together() -> None:
    pair = found(lines(["order 1 failed", "order 2 failed", "disk full"]))
    assert [counts(one) for one in pair] == [("order <*> failed", 2, 0), ("disk full", 1, 0)]


def test_a_pattern_has_the_same_words_now_and_normally() -> None:
    (one,) = found(
        lines(["the user called ada was not found"]),
        lines([f"the user called {name} was not found" for name in ("bob", "cyd")]),
    )
    assert counts(one) == ("the user called <*> was not found", 1, 2)


def test_the_newest_line_comes_first_as_it_was() -> None:
    (one,) = found(lines(["order 7 failed", "order 8 failed"]))
    assert [line.message for line in one.seen] == ["order 7 failed", "order 8 failed"]


def test_the_same_words_of_two_services_levels_or_exceptions_are_two_patterns() -> None:
    pair = found(
        [
            *lines(["failed"], "a"),
            *lines(["failed"], "b"),
            *lines(["failed"], "b", level="FATAL"),
            *lines(["failed"], "b", error__type="KeyError"),
        ]
    )
    assert [(one.service, one.level, one.exception) for one in pair] == [
        ("a", "ERROR", ""), ("b", "ERROR", ""), ("b", "ERROR", "KeyError"), ("b", "FATAL", ""),
    ]  # fmt: skip


def test_the_frame_is_that_of_most_lines() -> None:
    stacks = [f'x\n  File "/app/a.py", line {row}, in f\nKeyError: 1' for row in (1, 2, 2)]
    read = [line for stack in stacks for line in lines(["failed"], error__stack_trace=stack)]
    (one,) = found(read)
    assert one.frame == "a.f (a.py:2)"


def test_a_page_stands_for_the_total() -> None:
    (one,) = patterns(weighed(page(lines(["x"] * 10), 1000)), weighed(page([])))
    assert one.now.lines == 1000
    assert 0 < one.now.low < 1000


def test_lines_of_a_sample_stand_for_what_they_say() -> None:
    read = [*lines(["loud"] * 3, "a", _doc_count="500"), *lines(["quiet"] * 3, "b", _doc_count="2")]
    pair = patterns(weighed(page(read, 1506)), weighed(page([])))
    assert [counts(one) for one in pair] == [("loud", 1500, 0), ("quiet", 6, 0)]


def test_what_a_sample_of_the_normal_time_lacks_may_have_been_there() -> None:
    now = page(lines(["new"] * 9, "b"))
    loud = lines(["usual"] * 9, "b", _doc_count="100")
    quiet = lines(["usual"] * 9, "a", _doc_count="100")
    (one,) = patterns(weighed(now), weighed(page(loud, 900)))
    assert one.usual.high > 200
    (other,) = patterns(weighed(now), weighed(page(quiet, 900)))
    assert other.usual.high == 0


def test_where_there_was_nothing_before_there_was_none_of_it() -> None:
    (one,) = found(lines(["new"]))
    assert (one.usual.lines, one.usual.high) == (0, 0)


def test_what_a_sample_lacks_is_bounded_by_its_coarsest_line_of_the_service() -> None:
    before = [*lines(["usual"], "b", _doc_count="2"), *lines(["usual"], "b", _doc_count="100")]
    (one,) = patterns(weighed(page(lines(["new"], "b"))), weighed(page(before, 102)))
    assert one.usual.high > 200


def test_lines_that_say_nothing_of_a_sample_do_not_make_it_none() -> None:
    before = [*lines(["usual"], "b", _doc_count="100"), *lines(["usual"], "c")]
    (one,) = patterns(weighed(page(lines(["new"], "a"))), weighed(page(before, 10_000)))
    assert one.usual.high == 0


def test_the_frame_is_one_that_is_told_and_the_first_by_name_of_equals() -> None:
    stacks = [f'x\n  File "/app/a.py", line {row}, in f\nKeyError: 1' for row in (2, 1)]
    bare = lines(["failed"] * 3, error__type="KeyError")
    read = [line for stack in stacks for line in lines(["failed"], error__stack_trace=stack)]
    (one,) = found([*bare, *read])
    assert one.frame == "a.f (a.py:1)"


def test_a_line_whose_level_does_not_count_is_in_no_pattern() -> None:
    both = lines(["[INFO] no error", "[ERROR] disk full"], level="")
    assert [counts(one) for one in found(both)] == [("[ERROR] disk full", 1, 0)]


def test_a_line_without_a_message_is_a_pattern_without_text() -> None:
    (one,) = found([LogLine(0.0, (("level", "ERROR"),))])
    assert (one.text, one.service) == ("", "")


def test_rubbish_is_a_pattern_like_any_other() -> None:
    rubbish = ["\0\1\2", "x" * 1_000_000, "\0" * 1_000, "a b " * 250_000, "\n\n", "\ud800"]
    assert sum(one.now.lines for one in found(lines(rubbish))) == len(rubbish)


MESSAGES = st.lists(
    st.sampled_from(
        ["order 1 failed", "order 2 failed", "full", "user a is lost", "user b is lost"]
    )
    | st.text(max_size=40),
    max_size=12,
)


@given(MESSAGES, MESSAGES, st.randoms(use_true_random=False))
def test_the_order_of_lines_does_not_change_a_pattern(
    now: list[str], before: list[str], random: Any
) -> None:
    sides = (lines(now), lines(before))
    shuffled = [random.sample(side, len(side)) for side in sides]
    assert found(*shuffled) == found(*sides)


@given(MESSAGES, MESSAGES)
def test_every_line_read_twice_is_twice_the_count_in_the_same_patterns(
    now: list[str], before: list[str]
) -> None:
    once = found(lines(now), lines(before))
    twice = found(lines(now) * 2, lines(before) * 2)
    assert [counts(one) for one in twice] == [
        (text, 2 * here, 2 * there) for text, here, there in map(counts, once)
    ]


@given(MESSAGES)
def test_another_name_or_time_changes_nothing_else(messages: list[str]) -> None:
    later = [replace(line, time=line.time + 3600) for line in lines(messages, "other")]
    assert list(map(counts, found(later))) == list(map(counts, found(lines(messages))))


@given(st.text())
def test_masking_twice_changes_nothing_more(message: str) -> None:
    assert mask(mask(message)) == mask(message)
