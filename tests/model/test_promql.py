"""Which metrics, and which label matchers, a PromQL expression reads."""

from datetime import timedelta

import pytest

from troubleshoot.model.promql import longest_range, metric_names, one_line, selectors


@pytest.mark.parametrize(
    ("expression", "names"),
    [
        ("up", ("up",)),
        ('up{job=~"a|b"}', ("up",)),
        ("sum by (status) (rate(orders_total[5m]))", ("orders_total",)),
        ("sum(rate(orders_total[5m])) by (status)", ("orders_total",)),
        ("a / on (job, instance) group_left (x) b", ("a", "b")),
        ("a / ignoring (le) b > bool 0.8", ("a", "b")),
        ("histogram_quantile(0.95, sum by (le) (rate(x_bucket[5m])))", ("x_bucket",)),
        ("max_over_time(rate(x_total[5m])[1h:30s])", ("x_total",)),
        ("x offset 5m or y @ end()", ("x", "y")),
        ("# up{job}\nx # y\n", ("x",)),
        ('label_replace(x, "a", "$1", "b", "(.*)")', ("x",)),
        ('{__name__="x", job="y"}', ("x",)),
        ('{job="y"}', ()),
        ('{"http.server.duration", job="y"}', ("http.server.duration",)),
        ("job:errors:rate5m > 1e-3", ("job:errors:rate5m",)),
        ("x unless y and z", ("x", "y", "z")),
        ("quantile(0.9, x) + time() - vector(1)", ("x",)),
        ("", ()),
    ],
)
def test_metric_names_are_told_from_functions_and_labels(
    expression: str, names: tuple[str, ...]
) -> None:
    assert metric_names(expression) == names


def test_matchers_keep_their_operator_and_value() -> None:
    (found,) = selectors('rate(orders_total{status="error", job!~"test.*"}[5m])')
    assert found.matchers == (("status", "=", "error"), ("job", "!~", "test.*"))
    assert str(found) == 'orders_total{status="error", job!~"test.*"}'


def test_one_selector_twice_is_told_once() -> None:
    assert len(selectors('x{a="b"} / x{a="b"}')) == 1


@pytest.mark.parametrize("rubbish", ["{{{", "}", "x{", "x{a=", "sum by (", '"open', "\\", "x{a b}"])
def test_text_that_is_no_promql_is_read_as_far_as_it_goes(rubbish: str) -> None:
    assert isinstance(selectors(rubbish), tuple)


def test_comments_and_line_breaks_are_left_out() -> None:
    assert one_line("# why\nsum(\n  rate(x[5m])  # here\n)\n") == "sum( rate(x[5m]) )"


def test_a_hash_in_a_string_is_no_comment() -> None:
    assert one_line('x{a="#1"} # b') == 'x{a="#1"}'


@pytest.mark.parametrize(
    ("expression", "seconds"),
    [
        ("up", 0),
        ("rate(x[5m])", 300),
        ("rate(x[5m]) / rate(y[1h30m])", 5400),
        ("max_over_time(rate(x[5m])[10m:30s])", 600),
        ("rate(x[5m]) and topk(20, rate(x[1h] @ 1762529400))", 300),
        ("x and topk(20, max_over_time(x[2h] @ end()))", 0),
        ('x{a="[9h]"}', 0),
        ("x[never]", 0),
    ],
)
def test_how_far_a_point_looks_back_is_its_longest_range(expression: str, seconds: int) -> None:
    assert longest_range(expression) == timedelta(seconds=seconds)
