"""The choke point for text that others wrote."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.render.reports import HOSTILE, TIMEOUTS
from troubleshoot.model.finding import Query
from troubleshoot.render.sanitize import clean, neutral


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain, ünïcode, 日本", "plain, ünïcode, 日本"),
        ("\x1b[2J", "\\x1b[2J"),
        ("\x9b31m", "\\x9b31m"),
        ("a\u202eb", "a\\u202eb"),
        ("a\u200bb\ufeff", "a\\u200bb\\ufeff"),
        ("\ud800", "\\ud800"),
        ("\U000e0041", "\\ue0041"),
        ("a\nb\tc\u00a0d", "a b c d"),
        ("a\rb", "a\\x0db"),
        ("a\u2028b", "a\\u2028b"),
    ],
)
def test_what_does_not_print_becomes_visible(text: str, shown: str) -> None:
    assert clean(text) == shown


@given(st.text())
def test_every_text_comes_out_printable_and_encodable(text: str) -> None:
    assert clean(text).isprintable()
    clean(text).encode("utf-8")


@given(st.text())
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    assert clean(clean(text)) == clean(text)


def test_queries_keep_their_lines_and_nothing_else_does() -> None:
    query = neutral(Query("a\nb", "f\ng", "sum(\n  x\n)\x1b", "curl \\\n  url"))
    assert query == Query("a b", "f g", "sum(\n  x\n)\\x1b", "curl \\\n  url")


def test_a_harmless_report_is_left_as_it_is() -> None:
    assert neutral(TIMEOUTS) == TIMEOUTS


def test_no_field_of_a_hostile_report_is_forgotten() -> None:
    before, after = _strings(HOSTILE), _strings(neutral(HOSTILE))
    assert len(after) == len(before) > 100
    assert [each for each in after if not each.replace("\n", "").isprintable()] == []


def _strings(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, tuple):
        return [text for each in value for text in _strings(each)]
    if hasattr(value, "__dataclass_fields__"):
        names = value.__dataclass_fields__
        return [text for name in names for text in _strings(getattr(value, name))]
    return []


def test_a_value_of_an_unknown_kind_is_refused_rather_than_let_through() -> None:
    @dataclass(frozen=True)
    class Odd:
        raw: bytes

    with pytest.raises(TypeError, match="bytes"):
        neutral(Odd(b"\x1b"))
