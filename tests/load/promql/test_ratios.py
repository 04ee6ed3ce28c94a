"""Ratios that divide each series by itself, told from those that do not."""

import pytest

from troubleshoot.load.playbook.promql.ratios import ratio_pitfalls
from troubleshoot.load.playbook.promql.syntax import read

THEMSELVES = (
    'rate(o{s="error"}[5m]) / rate(o[5m])',
    'rate(o{s="error"}[5m]) / rate(o[5m]) < 0.01',
    '1 - rate(o{s="error"}[5m]) / rate(o[5m])',
    'o{s=~"5.."} / o',
    'o{s!="ok"} / o',
    'o{s="a"} / o{s="b"}',
    'sum by (s) (rate(o{s="a"}[5m])) / sum by (s) (rate(o[5m]))',
    'sum without (job) (rate(o{s="a"}[5m])) / sum without (job) (rate(o[5m]))',
    'topk(3, o{s="a"}) / topk(3, o)',
    'o{s="a"} / on (s, job) o',
    'o{s="a"} / ignoring (job) o',
    'sum((o{s="a"}) / o)',
)
SHARES = (
    'sum(rate(o{s="error"}[5m])) / sum(rate(o[5m]))',
    'sum by (job) (rate(o{s="error"}[5m])) / sum by (job) (rate(o[5m]))',
    'sum without (s) (rate(o{s="error"}[5m])) / sum without (s) (rate(o[5m]))',
    'o{s="a"} / ignoring (s) group_left o',
    'o{s="a"} / on (job) group_left o',
    "o / o offset 1h",
    "rate(o[5m]) / rate(o[1h])",
    'errors_total{s="a"} / requests_total',
    "a / b",
    "o / 100",
    "1 / 2",
    "time() / time()",
    'o{s="a"} - o',
)


@pytest.mark.parametrize("expression", THEMSELVES)
def test_a_ratio_that_can_only_match_itself_is_a_pitfall_at_its_line(expression: str) -> None:
    (one,) = ratio_pitfalls(read(expression))
    assert expression[one.offset] == "/"
    assert "both sides keep the label s" in one.message
    assert "Write `sum(" in one.message


@pytest.mark.parametrize("expression", SHARES)
def test_a_ratio_of_different_things_is_none(expression: str) -> None:
    assert list(ratio_pitfalls(read(expression))) == []


def test_a_ratio_of_the_same_twice_is_always_one() -> None:
    (one,) = ratio_pitfalls(read("sum(rate(o[5m])) / sum(rate(o[5m]))"))
    assert one.message == "both sides are the same: the ratio is always 1"
