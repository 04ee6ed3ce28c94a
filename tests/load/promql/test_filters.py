"""Comparisons that leave series out, told from those that do not."""

import pytest

from troubleshoot.load.playbook.promql.filters import filter_pitfalls, hides_values
from troubleshoot.load.playbook.promql.syntax import read
from troubleshoot.model.promql import filtering

FILTERS = (
    ("x > 60", "> 60", "Write only `x`"),
    ("(x) <= 0.5", "<= 0.5", "Write only `(x)`"),
    ("sum(rate(x[5m])) < 1", "< 1", "Write only `sum(rate(x[5m]))`"),
    ("sum(x == 1)", "== 1", "Write `== bool 1`"),
    ("count(up == 0)", "== 0", "`sum` then counts them"),
    ("count_over_time((x > 5)[1h:1m])", "> 5", "Write `> bool 5`"),
    ("(errors > 0) / total", "> 0", "Write `> bool 0`"),
    ("a > b", "> b", "Write `> bool b`"),
    ("60 < x", "< x", "Write `< bool x`"),
    ("x > 3 or y > 4", "> 3", "Write `> bool 3`"),
    ("x > 3 and y", "> 3", "Write `> bool 3`"),
)
NO_FILTERS = (
    "x > bool 60",
    "x",
    "1 > bool 2",
    "a / (b > 0)",
    "a / sum by (c) (b > 0)",
    "a % (b != 0)",
    "a * on (pod) group_left (node) (info == 1)",
    "(x > 5) or vector(0)",
    "x and y > 5",
    "x unless y > 5",
    "absent(up == 1)",
    'x{a!="b"}',
)


@pytest.mark.parametrize(("expression", "at", "advice"), FILTERS)
def test_a_comparison_that_can_empty_the_answer_is_a_pitfall(
    expression: str, at: str, advice: str
) -> None:
    first, *_ = filter_pitfalls(read(expression), zero=False)
    assert expression[first.offset :].startswith(at)
    assert f"`{at}` filters" in first.message
    assert advice in first.message


@pytest.mark.parametrize("expression", NO_FILTERS)
def test_a_comparison_that_guards_or_picks_or_answers_is_none(expression: str) -> None:
    assert filter_pitfalls(read(expression), zero=False) == ()


@pytest.mark.parametrize(
    ("expression", "hides"),
    [
        ("count(up == 0)", False),
        ("sum by (a) (x > 5)", False),
        ("count_over_time((x > 5)[1h:])", False),
        ("x > 60", True),
        ("max(x > 60)", True),
        ("sum(x) > 60", True),
        ("x", False),
    ],
)
def test_an_empty_count_is_zero_and_an_empty_rest_is_not(expression: str, hides: bool) -> None:
    assert hides_values(expression) is hides
    assert bool(filter_pitfalls(read(expression), zero=True)) is hides


@pytest.mark.parametrize(
    ("expression", "said"),
    [
        ("x > 60", "> 60"),
        ("x{a!='b'} >= 0.5 and y", ">= 0.5"),
        ("x > bool 60", ""),
        ('x{a!="b", c=~"> 3"}', ""),
        ("WITH (a = 3) x > a", "> a"),
        ("# > 3\nx", ""),
    ],
)
def test_the_forgiving_reader_sees_that_a_text_filters_in_dialects_too(
    expression: str, said: str
) -> None:
    assert filtering(expression) == said
