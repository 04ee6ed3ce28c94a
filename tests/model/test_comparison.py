"""``> 0.1`` and its kin."""

import pytest

from troubleshoot.model.comparison import parse_comparison


@pytest.mark.parametrize(
    ("text", "sign", "limit"),
    [
        ("> 0.10", ">", 0.10),
        (">= 10%", ">=", 0.10),
        ("< 1s", "<", 1.0),
        ("<= 250ms", "<=", 0.25),
        (">3x", ">", 3.0),
        ("> 5m", ">", 300.0),
        ("> 2h", ">", 7200.0),
        ("  >  -1.5e3  ", ">", -1500.0),
    ],
)
def test_every_suffix_becomes_the_base_unit(text: str, sign: str, limit: float) -> None:
    comparison = parse_comparison(text)
    assert comparison.sign == sign
    assert comparison.limit == pytest.approx(limit)
    assert comparison.text == text.strip()


@pytest.mark.parametrize(
    "text",
    ["", "0.1", "= 1", "== 1", "> ", "> x", "> 1 2", "1 < 2", "> 0.1 or true", "> 1d", "> .5"],
)
def test_anything_else_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(ValueError, match="is not a comparison; write an operator and a number"):
        parse_comparison(text)


def test_a_number_beyond_counting_is_refused() -> None:
    with pytest.raises(ValueError, match="larger than this program can count"):
        parse_comparison("> 1e999")


@pytest.mark.parametrize(
    ("text", "at_the_limit", "above", "below"),
    [
        ("> 1", False, True, False),
        (">= 1", True, True, False),
        ("< 1", False, False, True),
        ("<= 1", True, False, True),
    ],
)
def test_only_or_equal_holds_at_the_limit(
    text: str, at_the_limit: bool, above: bool, below: bool
) -> None:
    comparison = parse_comparison(text)
    assert [comparison.holds(value) for value in (1.0, 1.5, 0.5)] == [at_the_limit, above, below]


def test_nothing_is_said_about_a_value_that_is_no_number() -> None:
    assert not parse_comparison("> 1").holds(float("nan"))
    assert not parse_comparison("<= 1").holds(float("nan"))


def test_an_infinite_value_is_above_every_limit() -> None:
    assert parse_comparison("> 3x").holds(float("inf"))


def test_larger_is_worse_only_for_greater_than() -> None:
    assert parse_comparison(">= 1").upwards
    assert not parse_comparison("< 1").upwards
