"""Candidate causes, ranked by sums that a person can redo."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from troubleshoot.engine.rank.case import Case
from troubleshoot.engine.rank.ranking import rank
from troubleshoot.engine.rank.score import confidence
from troubleshoot.model.diagnosis import Bearing, Diagnosis, Verdict
from troubleshoot.model.finding import Evidence, Finding, Item, Outcome
from troubleshoot.model.playbook import DiagnosisRule

ONSET = datetime(2025, 11, 7, 15, 10, tzinfo=UTC)


def finding(check: str, outcome: Outcome, evidence: Evidence = Evidence.METRIC) -> Finding:
    labels = (("kind", check),)
    items = (Item(labels, outcome, 0.4, 0.01, ONSET, note="refused"),) if outcome.conclusive else ()
    reason = "" if outcome.conclusive else "down"
    return Finding(
        check, check.title(), "s", "S", "1", outcome, evidence, items=items, reason=reason
    )


def rule(name: str, pro: list[dict[str, Any]], contra: list[dict[str, Any]]) -> DiagnosisRule:
    raw = {"id": name, "title": name.title(), "component": name, "for": pro, "against": contra}
    return DiagnosisRule.model_validate(raw)


def piece(check: str, strength: str = "strong", **more: Any) -> dict[str, Any]:
    return {"check": check, "strength": strength} | more


def only(
    pro: list[dict[str, Any]],
    contra: list[dict[str, Any]],
    *findings: Finding,
    symptom: bool = True,
) -> Diagnosis:
    case = Case((rule("cause", pro, contra),), {one.check: one for one in findings})
    (found,) = rank(case, symptom=symptom)
    return found


METRIC = finding("metric", Outcome.CRITICAL)
OTHER = finding("other", Outcome.CRITICAL)
TRACE = finding("trace", Outcome.CRITICAL, Evidence.TRACE)
CALM = finding("calm", Outcome.OK)
DARK = finding("dark", Outcome.ERROR, Evidence.TRACE)


def test_the_score_is_the_plain_sum_and_is_shown_as_one() -> None:
    found = only([piece("metric"), piece("trace", "moderate")], [piece("other", "weak")],
                 METRIC, TRACE, OTHER)  # fmt: skip
    assert found.score == 5
    assert found.explanation.startswith("4 metric + 2 trace - 1 other = 5")
    assert found.confidence == pytest.approx(1 - 0.5 ** (5 / 4))


def test_every_strong_piece_halves_the_doubt() -> None:
    assert [confidence(score) for score in (-3, 0, 4, 8)] == [0, 0, 0.5, 0.75]
    assert confidence(1) == pytest.approx(0.159, abs=0.001)


def test_the_confidence_is_shown_where_there_is_any() -> None:
    assert only([piece("metric", "weak")], [], METRIC).explanation == (
        "1 metric = 1; confidence 1 - 0.5^(1/4) = 16%"
    )
    assert only([piece("calm")], [], CALM).explanation == "0 = 0"


def test_confirmed_needs_two_kinds_of_signal() -> None:
    two_kinds = only([piece("metric"), piece("trace")], [], METRIC, TRACE)
    one_kind = only([piece("metric"), piece("other")], [], METRIC, OTHER)
    assert two_kinds.verdict is Verdict.CONFIRMED
    assert (one_kind.score, one_kind.verdict) == (8, Verdict.LIKELY)


def test_nothing_strong_may_speak_against_what_is_confirmed() -> None:
    found = only([piece("metric", "decisive"), piece("trace")], [piece("other")],
                 METRIC, TRACE, OTHER)  # fmt: skip
    assert (found.score, found.verdict) == (8, Verdict.LIKELY)


@pytest.mark.parametrize(
    ("strength", "verdict"),
    [("weak", Verdict.POSSIBLE), ("moderate", Verdict.POSSIBLE), ("strong", Verdict.LIKELY)],
)
def test_likely_begins_at_one_strong_piece(strength: str, verdict: Verdict) -> None:
    assert only([piece("metric", strength)], [], METRIC).verdict is verdict


def test_a_cause_whose_evidence_was_looked_for_and_not_there_is_ruled_out() -> None:
    found = only([piece("calm")], [], CALM)
    assert found.verdict is Verdict.RULED_OUT
    assert found.arguments_for[0].bearing is Bearing.ABSENT
    assert found.arguments_for[0].item is not None  # the value that refutes it


def test_something_strong_against_rules_out_though_a_piece_is_missing() -> None:
    found = only([piece("dark", "moderate")], [piece("metric")], DARK, METRIC)
    assert found.verdict is Verdict.RULED_OUT


def test_a_cause_that_could_not_be_looked_at_is_undetermined() -> None:
    found = only([piece("dark")], [], DARK)
    assert (found.verdict, found.could_change) == (Verdict.UNDETERMINED, ("dark",))


def test_a_cause_of_which_only_a_part_could_be_looked_at_is_undetermined() -> None:
    assert only([piece("dark"), piece("calm")], [], DARK, CALM).verdict is Verdict.UNDETERMINED


def test_a_missing_piece_counts_nothing_and_is_listed_where_it_matters() -> None:
    found = only([piece("metric"), piece("dark")], [], METRIC, DARK)
    assert (found.score, found.verdict, found.could_change) == (4, Verdict.LIKELY, ("dark",))


def test_a_missing_piece_that_could_change_nothing_is_not_listed() -> None:
    found = only([piece("metric", "decisive"), piece("trace"), piece("dark", "weak")], [],
                 METRIC, TRACE, DARK)  # fmt: skip
    assert (found.verdict, found.could_change) == (Verdict.CONFIRMED, ())


def test_partial_data_is_a_missing_piece() -> None:
    found = only([piece("metric")], [], replace(METRIC, outcome=Outcome.PARTIAL))
    assert found.arguments_for[0].bearing is Bearing.UNKNOWN


def test_a_label_that_no_row_has_is_not_looked_at_rather_than_not_seen() -> None:
    asked = piece("metric", where={"labels": {"pod": "pay-0"}})
    for found in (only([asked], [], METRIC), only([asked | {"when": "ok"}], [], METRIC)):
        (argument,) = found.arguments_for
        assert (argument.bearing, argument.summary) == (
            Bearing.UNKNOWN, "no row has the label 'pod'",
        )  # fmt: skip
        assert (found.verdict, found.could_change) == (Verdict.UNDETERMINED, ("metric",))
    assert only([piece("metric")], [asked], METRIC).verdict is Verdict.LIKELY


def test_critical_evidence_is_not_met_by_a_warning() -> None:
    mild = finding("metric", Outcome.WARNING)
    assert only([piece("metric", when="critical")], [], mild).score == 0
    assert only([piece("metric")], [], mild).score == 4


def test_what_works_is_evidence_by_elimination_only_when_something_is_wrong() -> None:
    pro = [piece("calm", "moderate", when="ok")]
    assert only(pro, [], CALM).score == 2
    assert only(pro, [], CALM, symptom=False).score == 0


def test_one_row_in_trouble_among_several_is_not_fine() -> None:
    rows = (*METRIC.items, replace(METRIC.items[0], outcome=Outcome.OK))
    mixed = replace(METRIC, items=rows)
    assert (
        only([piece("metric", when="ok", where={"labels": {"kind": "metric"}})], [], mixed).score
        == 0
    )


def test_a_missing_symptom_is_told_only_where_it_matters() -> None:
    for symptom, strength, told in ((True, "strong", False), (False, "weak", False),
                                    (False, "strong", True)):  # fmt: skip
        found = only([piece("metric", strength)], [], METRIC, symptom=symptom)
        assert ("no symptom" in found.explanation) is told


def test_without_a_symptom_nothing_is_more_than_possible() -> None:
    found = only([piece("metric"), piece("trace")], [], METRIC, TRACE, symptom=False)
    assert found.verdict is Verdict.POSSIBLE
    assert found.explanation.endswith("no symptom: possible at most")


def test_the_time_of_a_change_is_not_since_when_something_is_wrong() -> None:
    hour = datetime(2025, 11, 7, 15, tzinfo=UTC)
    trouble = Item((), Outcome.CRITICAL, 1.0, since=hour.replace(minute=11))
    change = Item((), Outcome.WARNING, since=hour.replace(minute=9), changed=True)
    found = {
        "errors": replace(finding("errors", Outcome.CRITICAL), items=(trouble,)),
        "changes": replace(finding("changes", Outcome.WARNING), items=(change,)),
    }
    cause = rule("released", [piece("errors"), piece("changes")], [])
    (ranked,) = rank(Case((cause,), found), symptom=True)
    assert ranked.since == trouble.since


def test_since_when_is_the_earliest_of_what_speaks_for_it() -> None:
    later = replace(TRACE, items=(replace(TRACE.items[0], since=ONSET.replace(minute=20)),))
    assert only([piece("metric"), piece("trace")], [], METRIC, later).since == ONSET


RULES = (
    rule("b", [piece("metric")], []),
    rule("a", [piece("metric")], []),
    rule("c", [piece("metric"), piece("trace")], []),
    rule("d", [piece("calm")], []),
)
FINDINGS = {one.check: one for one in (METRIC, TRACE, CALM)}


@given(st.permutations(RULES))
def test_the_order_in_the_playbook_does_not_change_the_ranking(
    rules: list[DiagnosisRule],
) -> None:
    names = [one.id for one in rank(Case(tuple(rules), FINDINGS), symptom=True)]
    assert names == ["c", "a", "b", "d"]
