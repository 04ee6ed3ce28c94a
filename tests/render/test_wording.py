"""One wording for all formats."""

from dataclasses import replace

import pytest

from tests.render import sample as s
from tests.render.reports import TIMEOUTS
from troubleshoot.model.diagnosis import Argument, Bearing, Strength
from troubleshoot.model.finding import Item, Outcome
from troubleshoot.render.wording import about, argument_facts, facts, finding_facts, weight


@pytest.mark.parametrize(
    ("outcome", "limit", "words"),
    [
        (Outcome.CRITICAL, "> 10 %", "42 % (> 10 %), since 15:12"),
        (Outcome.OK, "> 50 %", "42 % (not > 50 %), since 15:12"),
        (Outcome.OK, "= 1", "42 % (must be 1), since 15:12"),
        (Outcome.OK, "", "42 %, since 15:12"),
    ],
)
def test_a_value_stands_with_the_one_limit_that_decided_or_was_not_reached(
    outcome: Outcome, limit: str, words: str
) -> None:
    assert facts(Item((), outcome, 0.42, None, s.ONSET, limit=limit), "ratio", s.AT) == words


def test_a_value_reads_as_one_sentence() -> None:
    words = "42.3 % (> 10 %), normally 0.6 %, 71×, since 15:13"
    assert finding_facts(s.ORDERS, s.AT) == words


def test_what_is_fine_is_told_by_its_summary_not_by_a_large_share_of_next_to_nothing() -> None:
    fine = replace(s.ORIGINS, outcome=Outcome.OK, summary="1 % of 146 traces failed")
    assert finding_facts(fine, s.AT) == "1 % of 146 traces failed"


def test_without_a_value_the_summary_or_the_rule_is_shown() -> None:
    empty = replace(s.UP, items=(Item((), Outcome.OK),))
    assert finding_facts(empty, s.AT) == "9 of 9 instances up"
    assert finding_facts(replace(empty, summary=""), s.AT) == s.UP.rule


@pytest.mark.parametrize(
    ("subject", "several", "words"),
    [
        ("timeout", False, "timeout"),
        ("timeout", True, "timeout"),
        ("", True, "pod=a, status=error"),
        ("", False, ""),
    ],
)
def test_a_row_is_named_by_its_subject_and_by_labels_only_among_several(
    subject: str, several: bool, words: str
) -> None:
    item = Item((("pod", "a"), ("status", "error")), Outcome.OK, subject=subject)
    assert about(item, several=several) == words


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


def test_what_rules_out_by_its_absence_does_not_show_a_value_of_something_else() -> None:
    """42 % of the traces fail; none of them in calls to the inventory service."""
    none_there = replace(
        s.argument(s.ORIGINS, Strength.STRONG, because="calls to it are answered"),
        item=None,
    )
    facts = argument_facts(none_there, TIMEOUTS)
    assert facts == f"nothing of this kind; {s.ORIGINS.summary}"


def test_what_was_measured_of_others_only_is_not_measured() -> None:
    argument = replace(
        s.argument(s.POOL, Strength.STRONG, Bearing.UNKNOWN), summary="not measured for bank"
    )
    assert argument_facts(argument, TIMEOUTS) == "not measured for bank"
