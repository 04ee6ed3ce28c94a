"""What a line says, wherever it says it."""

import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from troubleshoot.analysis.logs.lines import MAX_INNER, Fields, ParsedLine, read
from troubleshoot.model.signal import LogLine

FIELDS = Fields(("log.level",), ("message",), ("service.name",), ("trace.id",), ("error", "FATAL"))


def entry(**values: str) -> ParsedLine | None:
    pairs = ((name.replace("__", "."), text) for name, text in values.items())
    return read(LogLine(7.0, tuple(pairs)), FIELDS)


def told(found: ParsedLine | None) -> tuple[str, str, str, str]:
    assert found is not None
    return (found.service, found.level, found.message, found.trace)


def test_fields_are_read_by_the_names_given() -> None:
    found = entry(log__level="Error", message="boom", service__name="pay", trace__id="abc")
    assert told(found) == ("pay", "ERROR", "boom", "abc")


def test_a_message_that_is_json_is_read_like_a_document() -> None:
    inner = {"level": "error", "msg": "boom", "service": "pay", "trace": {"id": "abc"}}
    assert told(entry(message=json.dumps(inner))) == ("pay", "ERROR", "boom", "abc")


def test_a_message_of_pairs_is_read_like_a_document() -> None:
    message = r'time=1 level=error msg="it went \"boom\"" service=pay trace_id=abc'
    assert told(entry(message=message)) == ("pay", "ERROR", r"it went \"boom\"", "abc")


def test_the_outer_fields_go_before_those_in_the_message() -> None:
    inner = json.dumps({"level": "info", "msg": "boom", "service": "inner"})
    assert told(entry(log__level="ERROR", service__name="outer", message=inner)) == (
        "outer", "ERROR", "boom", "",
    )  # fmt: skip


def test_a_line_whose_message_states_a_level_that_does_not_count_is_left_out() -> None:
    assert entry(message="[INFO] no error") is None
    assert entry(message=json.dumps({"level": "warn", "msg": "error budget"})) is None
    assert entry(message="0 errors found") is None


def test_a_line_with_an_exception_counts_without_a_level() -> None:
    found = entry(message="boom", error__type="shop.BoomError")
    assert found is not None
    assert found.raised.type == "BoomError"


def test_a_document_in_a_message_may_bring_the_stack_trace() -> None:
    stack = 'Traceback (most recent call last):\n  File "/app/a.py", line 1, in f\nKeyError: 1'
    found = entry(message=json.dumps({"level": "error", "msg": "boom", "exc_info": stack}))
    assert found is not None
    assert (found.raised.type, found.raised.frame) == ("KeyError", "a.f (a.py:1)")


@pytest.mark.parametrize(
    "message",
    ['{"level": "error"', "{}", '{"a": ' * 500, "{" + " " * MAX_INNER + "}", '{"msg": "\\ud800"}'],
)
def test_json_that_is_none_or_too_much_stays_a_text(message: str) -> None:
    assert told(entry(log__level="ERROR", message=message))[2] == message


def test_how_many_lines_one_stands_for_is_told() -> None:
    for text, expected in (("2.5", 2.5), ("0", None), ("nan", None), ("inf", None), ("x", None)):
        found = entry(log__level="ERROR", _doc_count=text)
        assert found is not None
        assert found.stands_for == expected


def test_only_texts_and_numbers_of_a_document_are_read() -> None:
    inner = {"level": "error", "msg": ["a"], "event": None, "log": True, "body": 7}
    assert told(entry(message=json.dumps(inner))) == ("", "ERROR", "7", "")


@pytest.mark.parametrize(("time", "read_as"), [(7.5, 7.5), (math.nan, 0.0), (math.inf, 0.0)])
def test_a_time_that_is_none_is_the_beginning_of_time(time: float, read_as: float) -> None:
    found = read(LogLine(time, (("log.level", "ERROR"),)), FIELDS)
    assert found is not None
    assert found.time == read_as


NAMES = st.sampled_from(["log.level", "message", "service.name", "error.type", "stack", "level"])
TEXTS = st.text() | st.sampled_from(["\0", "a\0b\n at x", "{", '{"level":"error"}', "level=error"])


@given(st.lists(st.tuples(NAMES, TEXTS)), st.floats())
def test_no_line_makes_it_raise(pairs: list[tuple[str, str]], time: float) -> None:
    assert isinstance(read(LogLine(time, tuple(pairs)), FIELDS), ParsedLine | None)
