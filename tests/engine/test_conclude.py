"""The verdict on the run and its exit code: a check that did not run is never green."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from tests.engine.test_rank import CALM, DARK, METRIC, TRACE, finding, piece, rule
from troubleshoot.engine.judge.findings import LEFT_OUT
from troubleshoot.engine.rank.case import Case
from troubleshoot.engine.rank.conclusion import Verdicts, conclude
from troubleshoot.engine.rank.gaps import gaps
from troubleshoot.engine.rank.ranking import rank
from troubleshoot.engine.rank.reach import within_reach
from troubleshoot.model.exits import Exit
from troubleshoot.model.finding import Evidence, Finding, Item, Outcome
from troubleshoot.model.playbook import DiagnosisRule
from troubleshoot.model.report import Conclusion

FIRING = finding("symptom", Outcome.CRITICAL)
QUIET = finding("symptom", Outcome.OK)
CAUSE = rule("cause", [piece("metric"), piece("trace")], [])


def concluded(
    *findings: Finding, rules: tuple[DiagnosisRule, ...] = (CAUSE,), fail_on: str = "likely"
) -> Verdicts:
    case = Case(rules, {one.check: one for one in findings}, symptoms=("symptom",))
    found = rank(case, symptom=case.troubled)
    return conclude(findings[0], case, found, fail_on, within_reach(case))


def calm(check: str, evidence: Evidence = Evidence.METRIC) -> Finding:
    return finding(check, Outcome.OK, evidence)


def lost(check: str, outcome: Outcome, evidence: Evidence = Evidence.TRACE) -> Finding:
    return finding(check, outcome, evidence)


def test_a_likely_cause_is_diagnosed_and_exits_with_1() -> None:
    verdict = concluded(FIRING, METRIC, TRACE)
    assert (verdict.conclusion, verdict.exit_code) == (Conclusion.DIAGNOSED, Exit.FOUND)
    assert verdict.headline == "Cause: confirmed"


def test_two_causes_that_nothing_tells_apart_are_both_named_and_neither_is_likely() -> None:
    rules = (rule("database", [piece("slow")], []), rule("network", [piece("drops")], []))
    verdict = concluded(
        FIRING, finding("slow", Outcome.CRITICAL), finding("drops", Outcome.CRITICAL), rules=rules
    )
    assert verdict.headline == "one of these two: Database or Network; nothing here tells which"
    assert (verdict.conclusion, verdict.exit_code) == (Conclusion.INCONCLUSIVE, Exit.INCONCLUSIVE)


def test_every_confirmed_cause_is_in_the_headline_with_its_onset() -> None:
    early, late = (
        datetime(2025, 11, 7, 0, 11, tzinfo=UTC),
        datetime(2025, 11, 7, 0, 14, 30, tzinfo=UTC),
    )

    def began(check: str, when: datetime, evidence: Evidence = Evidence.METRIC) -> Finding:
        one = finding(check, Outcome.CRITICAL, evidence)
        return replace(one, items=tuple(replace(item, since=when) for item in one.items))

    rules = (
        rule("provider", [piece("refused"), piece("spans")], []),
        rule("database", [piece("slow"), piece("waits"), piece("spans", "weak")], []),
    )
    verdict = concluded(
        FIRING,
        began("refused", early),
        began("slow", late),
        began("waits", late, Evidence.TRACE),
        replace(
            finding("spans", Outcome.CRITICAL, Evidence.TRACE), items=(Item((), Outcome.CRITICAL),)
        ),
        rules=rules,
    )
    assert verdict.headline == (
        "2 causes are confirmed: Database (since 00:14 UTC) and Provider (since 00:11 UTC)"
    )


def test_of_many_confirmed_causes_the_best_are_named_and_the_others_counted() -> None:
    names = ["alpha", "beta", "gamma", "delta", "epsilon"]
    rules = tuple(rule(name, [piece("metric"), piece("trace")], []) for name in names)
    headline = concluded(FIRING, METRIC, TRACE, rules=rules).headline
    assert headline.startswith("5 causes are confirmed: Alpha (since 15:10 UTC), Beta (")
    assert headline.endswith("), Delta (since 15:10 UTC) and 2 more")


def test_a_merely_likely_cause_is_not_named_beside_a_confirmed_one() -> None:
    rules = (CAUSE, rule("other", [piece("metric")], []))
    assert concluded(FIRING, METRIC, TRACE, rules=rules).headline == "Cause: confirmed"


def test_a_consequence_of_a_confirmed_cause_is_not_named() -> None:
    rules = (CAUSE, rule("late", [piece("metric"), piece("trace")], []))
    case = Case(rules, {"symptom": FIRING, "metric": METRIC, "trace": TRACE})
    ranked = rank(case, symptom=True)
    cause, late = ranked
    explained = (cause, replace(late, consequence_of=cause.id))
    assert conclude(FIRING, case, explained, "likely", ()).headline == "Cause: confirmed"
    assert conclude(FIRING, case, ranked, "likely", ()).headline.startswith("2 causes are")


def test_everything_looked_at_and_nothing_wrong_is_clear() -> None:
    verdict = concluded(QUIET, calm("metric"), calm("trace", Evidence.TRACE))
    assert (verdict.conclusion, verdict.exit_code) == (Conclusion.CLEAR, Exit.CLEAR)
    assert verdict.complete


def test_a_symptom_without_a_cause_is_inconclusive() -> None:
    verdict = concluded(FIRING, calm("metric"), calm("trace", Evidence.TRACE))
    assert (verdict.conclusion, verdict.exit_code) == (Conclusion.INCONCLUSIVE, Exit.INCONCLUSIVE)


@pytest.mark.parametrize(
    ("outcome", "code"),
    [
        (Outcome.ERROR, Exit.BACKEND),
        (Outcome.PARTIAL, Exit.INCONCLUSIVE),
        (Outcome.NO_DATA, Exit.INCONCLUSIVE),
    ],
)
def test_a_kind_of_signal_that_is_missing_is_never_clear(outcome: Outcome, code: Exit) -> None:
    verdict = concluded(QUIET, calm("metric"), lost("trace", outcome))
    assert (verdict.conclusion, verdict.exit_code) == (Conclusion.INCONCLUSIVE, code)
    assert not verdict.complete


def test_a_small_gap_that_could_hide_nothing_leaves_it_clear_but_not_complete() -> None:
    small = rule("small", [piece("minor", "weak")], [])
    verdict = concluded(
        QUIET, calm("metric"), lost("minor", Outcome.NO_DATA, Evidence.METRIC), rules=(small,)
    )
    assert (verdict.conclusion, verdict.complete) == (Conclusion.CLEAR, False)
    assert "1 check could not tell" in verdict.headline


def test_a_gap_that_could_hide_a_cause_is_not_clear() -> None:
    big = rule("big", [piece("minor", "strong")], [])
    verdict = concluded(
        QUIET, calm("metric"), lost("minor", Outcome.NO_DATA, Evidence.METRIC), rules=(big,)
    )
    assert verdict.conclusion is Conclusion.INCONCLUSIVE


def test_steps_left_out_on_purpose_are_no_gap() -> None:
    left_out = replace(lost("trace", Outcome.SKIPPED), reason=LEFT_OUT)
    verdict = concluded(QUIET, calm("metric"), left_out)
    assert (verdict.conclusion, verdict.exit_code) == (Conclusion.CLEAR, Exit.CLEAR)
    assert not verdict.complete


def test_a_store_that_nobody_configured_is_a_gap_all_the_same() -> None:
    verdict = concluded(QUIET, calm("metric"), lost("trace", Outcome.SKIPPED))
    assert (verdict.conclusion, verdict.exit_code) == (Conclusion.INCONCLUSIVE, Exit.INCONCLUSIVE)


def test_a_symptom_that_no_backend_answers_is_a_failed_run() -> None:
    dark = lost("symptom", Outcome.ERROR, Evidence.METRIC)
    verdict = concluded(dark, lost("metric", Outcome.ERROR), lost("trace", Outcome.ERROR))
    assert (verdict.conclusion, verdict.exit_code) == (Conclusion.FAILED, Exit.BACKEND)


def test_a_cause_is_still_told_when_the_symptom_could_not_be_looked_at() -> None:
    dark = lost("symptom", Outcome.ERROR, Evidence.METRIC)
    verdict = concluded(dark, METRIC, TRACE)
    assert (verdict.conclusion, verdict.exit_code) == (Conclusion.DIAGNOSED, Exit.FOUND)
    assert not verdict.complete


@pytest.mark.parametrize(
    ("fail_on", "code"),
    [
        ("confirmed", Exit.CLEAR),
        ("likely", Exit.FOUND),
        ("possible", Exit.FOUND),
        ("critical", Exit.FOUND),
        ("never", Exit.CLEAR),
    ],
)
def test_fail_on_says_from_where_the_exit_code_is_1(fail_on: str, code: Exit) -> None:
    quiet = replace(TRACE, outcome=Outcome.OK, items=())
    assert concluded(FIRING, METRIC, quiet, fail_on=fail_on).exit_code is code


def test_a_finding_alone_counts_where_findings_were_asked_for() -> None:
    warned = finding("other", Outcome.WARNING)
    alone = (QUIET, calm("metric"), calm("trace", Evidence.TRACE), warned)
    assert concluded(*alone).exit_code is Exit.CLEAR
    assert concluded(*alone, fail_on="critical").exit_code is Exit.CLEAR
    assert concluded(*alone, fail_on="warning").exit_code is Exit.FOUND


def test_gaps_carry_reason_and_what_they_could_change() -> None:
    rules = (rule("cause", [piece("metric"), piece("dark")], []),)
    case = Case(rules, {one.check: one for one in (METRIC, DARK, CALM)})
    (gap,) = gaps(case, rank(case, symptom=True))
    assert (gap.check, gap.reason, gap.could_change) == ("dark", "down", ("cause",))
