"""Which rows of a finding a piece of evidence is about."""

from typing import Any

import pytest

from troubleshoot.engine.rank.candidates import Candidate
from troubleshoot.engine.rank.rows import Matcher
from troubleshoot.model.facts import (
    ChangeFacts,
    Correlation,
    Facts,
    LogFacts,
    MetricFacts,
    Party,
    TraceFacts,
)
from troubleshoot.model.finding import Item, Outcome
from troubleshoot.model.messages import Family
from troubleshoot.model.playbook import DiagnosisRule
from troubleshoot.model.where import Where

MATCHER = Matcher(
    {
        "timeout": Family("timeout", "", ("time.?out", "deadline")),
        "refused": Family("refused", "", ("refused",)),
    }
)
RULE = DiagnosisRule.model_validate(
    {
        "id": "r", "each": "service", "title": "t", "component": "c",
        "for": [{"check": "c", "strength": "weak"}],
    }
)  # fmt: skip
REMOTE = TraceFacts(party=Party.REMOTE, caller="shop", service="pay.shop.svc:8080")
LATE = LogFacts(exception="ReadError", service="shop", blames="pay")


def picked(
    where: dict[str, Any], facts: Facts | None = None, subject: str = "", **row: Any
) -> bool:
    item = Item(row.pop("labels", ()), Outcome.CRITICAL, 1.0, facts=facts, **row)
    found = MATCHER.chosen(Where.model_validate(where), [item], Candidate(RULE, subject))
    return found == [item]


@pytest.mark.parametrize(
    ("where", "facts"),
    [
        ({"service": "pay"}, MetricFacts("pay")),
        ({"service": ["cart", "pay"]}, MetricFacts("pay")),
        ({"service": {"at": "pay"}}, REMOTE),
        ({"service": {"at": ["cart", "pay"]}}, MetricFacts("pay")),
        ({"party": ["remote", "database"], "caller": "shop"}, REMOTE),
        ({"downstream_failing": False}, MetricFacts("pay")),
        ({"downstream_failing": True}, MetricFacts("pay", explained_by=("db",))),
        ({"blames_another": True}, LATE),
        ({"correlates": True}, ChangeFacts("deployment", "pay", "2", Correlation.ONSET)),
        ({"correlates": "onset"}, ChangeFacts("deployment", "pay", "2", Correlation.ONSET)),
    ],
)
def test_a_row_counts_where_every_word_holds(where: dict[str, Any], facts: Facts) -> None:
    assert picked(where, facts)


@pytest.mark.parametrize(
    ("where", "facts"),
    [
        ({"service": "pay"}, MetricFacts("pay-2")),
        ({"service": "pay"}, REMOTE),
        ({"service": {"at": "pay"}}, MetricFacts("payment")),
        ({"service": {"at": "pay"}}, TraceFacts(service="pay.example.com")),
        ({"party": "database", "caller": "shop"}, REMOTE),
        ({"blames_another": True}, LogFacts(service="shop")),
        ({"blames_unmonitored": "pay"}, LATE),
        ({"correlates": True}, ChangeFacts("deployment", "pay", "2")),
        ({"correlates": "version"}, ChangeFacts("deployment", "pay", "2", Correlation.ONSET)),
        ({"service": "pay"}, None),
    ],
)
def test_a_row_does_not_count_where_one_word_does_not(
    where: dict[str, Any], facts: Facts | None
) -> None:
    assert not picked(where, facts)


@pytest.mark.parametrize(
    ("rule", "holds"),
    [
        ({"any": ["timeout"]}, True),
        ({"any": ["refused", "timeout"]}, True),
        ({"any": ["refused"]}, False),
        ({"all": ["timeout"], "none": ["refused"]}, True),
        ({"all": ["timeout", "refused"]}, False),
        ({"any": ["timeout"], "none": ["timeout"]}, False),
        ({"names": "pay-service"}, True),
        ({"names": ["cart", "pay-service"], "any": ["timeout"]}, True),
        ({"names": "cart"}, False),
        ({"matches": "^ReadError: .*TIMEOUT"}, True),
        ({"matches": "timeout"}, False),
    ],
)
def test_a_message_is_read_after_its_exception_by_families_names_and_pattern(
    rule: dict[str, Any], holds: bool
) -> None:
    assert picked({"message": rule}, LATE, note="PAY-service: TIMEOUT") is holds


def test_labels_are_what_the_backend_sent_and_never_conclusions() -> None:
    labels = (("host", "node-7"), ("kind", "remote"), ("service", "pay"), ("version", "2"))
    assert picked({"labels": {"kind": "remote", "service": ["pay"]}}, labels=labels)
    assert not picked({"labels": {"kind": "database"}}, labels=labels)
    assert not picked({"service": "pay"}, labels=labels)
    assert not picked({"party": "remote"}, labels=labels)
    assert not picked({"labels": {"service": "pay"}}, MetricFacts("pay"))


def test_the_mark_of_each_is_the_subject_of_the_candidate_and_nobody_without_one() -> None:
    assert picked({"service": "<service>"}, MetricFacts("pay"), subject="pay")
    assert picked({"service": ["<service>", "cart"]}, MetricFacts("pay"), subject="pay")
    assert not picked({"service": "<service>"}, MetricFacts("cart"), subject="pay")
    assert not picked({"service": "<service>"}, MetricFacts(""))
    assert not picked({"service": "<service>"}, MetricFacts("<service>"), subject="pay")
