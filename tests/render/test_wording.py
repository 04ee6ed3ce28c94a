"""One wording for all formats."""

import pytest

from tests.render import sample as s
from tests.render.reports import TIMEOUTS
from troubleshoot.model.diagnosis import Argument, Bearing, Strength
from troubleshoot.model.finding import Item, Outcome
from troubleshoot.render.wording import argument_facts, facts, finding_facts, limit, weight


@pytest.mark.parametrize(
    ("rule", "unit", "words"),
    [
        ("> 0.10", "ratio", "limit > 10 %"),
        ("critical > 0.1, warning > 0.05", "ratio", "critical > 10 %, warning > 5 %"),
        ("< 1", "seconds", "limit < 1 s"),
        ("> 10%", "ratio", "limit > 10%"),
        ("> 10 %", "ratio", "limit > 10 %"),
        ("< 1s", "seconds", "limit < 1s"),
        ("> 1e3x", "seconds", "limit > 1e3x"),
        ("critical > 3 times normal, and > 0.1", "seconds",
         "critical > 3 times normal, and > 100 ms"),
        ("each at 1", "", "each at 1"),
        ("", "ratio", ""),
    ],
)  # fmt: skip
def test_a_limit_stands_in_the_unit_of_the_value(rule: str, unit: str, words: str) -> None:
    assert limit(rule, unit) == words


def test_a_value_reads_as_one_sentence() -> None:
    words = "42.3 %, limit > 10 %, normally 0.6 %, 71×, since 15:13 UTC"
    assert finding_facts(s.ORDERS, s.AT) == words


def test_a_row_without_a_value_shows_its_rule_only() -> None:
    assert facts(Item((), Outcome.OK), "ratio", "> 0.1", s.AT) == "limit > 10 %"


def test_what_could_not_tell_shows_its_reason_never_a_value() -> None:
    assert finding_facts(s.CPU, s.AT) == s.CPU.reason


@pytest.mark.parametrize(
    ("bearing", "against", "points"),
    [
        (Bearing.HOLDS, False, "+4"),
        (Bearing.HOLDS, True, "−4"),
        (Bearing.ABSENT, True, "0"),
        (Bearing.UNKNOWN, False, "?"),
    ],
)
def test_evidence_shows_what_it_adds_to_the_score(
    bearing: Bearing, against: bool, points: str
) -> None:
    assert weight(s.argument(s.POOL, Strength.STRONG, bearing), against=against) == points


def test_unknown_evidence_shows_why_it_is_unknown() -> None:
    argument = s.argument(s.CPU, Strength.STRONG, Bearing.UNKNOWN)
    assert argument_facts(argument, TIMEOUTS) == f"could not check: {s.CPU.reason}"


def test_unknown_evidence_of_a_check_that_is_not_in_the_report_shows_its_outcome() -> None:
    argument = Argument(
        "other", "Other", Strength.WEAK, Bearing.UNKNOWN, s.CPU.evidence, Outcome.NO_DATA
    )
    assert argument_facts(argument, TIMEOUTS) == "could not check: no data"
