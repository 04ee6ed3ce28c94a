"""Which indices may be named, and why others may not."""

import pytest

from troubleshoot.model.index_expression import index_problem

FORM = "it has letters, digits and . _ - + *, and begins with a letter, a digit, . or *"


@pytest.mark.parametrize(
    "text",
    [
        "logs",
        "logs-*",
        "*",
        "*:*",
        "*events*,*deploy*",
        "logs-*,-logs-debug-*",
        "eu:logs-*,us-1:logs-*,-us-1:logs-old",
        ".ds-logs-app-default-2025.11.07-000001",
        "Logs_v2+blue",
        "l" * 2000,
    ],
)
def test_names_patterns_lists_exclusions_and_remote_clusters_are_good(text: str) -> None:
    assert index_problem(text) == ""


@pytest.mark.parametrize(
    "text",
    [
        "", " ", ".", "..", "a..b", "../a", "a/b", "/a", "a\\b", "a?", "a#", "a%2fb", "a;b", "a&b",
        "a b", "a\n", "\na", "a\0", "a\x7f", "é", "ａ", "a／b", "a\u2028", "\udc80", "a\"", "a|b",
        "_a", "_search", "+a", "-a", "a,", ",a", "a,,b", "a,_b", "a,--b", "a:", ":a", "a:_b",
        "a::b", "a:b:c", "-a:b", "a@b", "{a}", "$a",
    ],
)  # fmt: skip
def test_what_could_be_more_than_an_index_is_none(text: str) -> None:
    assert index_problem(text).startswith(f"{text!r} cannot name an index: {FORM}")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("_all", "'_all' cannot name an index: write * for all"),
        ("<logs-{now/d}>", "date math is not available; write a pattern such as logs-*"),
        ("l" * 2001, "'… cannot name an index: it is longer than 2,000 characters"),
        (5, "an index is text, not 5"),
        (["a", "b"], "an index is text, not ['a', 'b']"),
    ],
)
def test_what_to_write_instead_is_said(text: object, said: str) -> None:
    assert said in index_problem(text)
