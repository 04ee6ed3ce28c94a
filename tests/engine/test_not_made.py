"""A store that an environment does without on purpose: said once, counted apart, never hidden."""

from dataclasses import replace

import pytest

from tests.engine.made import check
from tests.engine.made import planned as plan
from tests.engine.test_rank import finding, piece, rule
from troubleshoot.engine.collect.answers import unconfigured
from troubleshoot.engine.rank.case import Case
from troubleshoot.engine.rank.conclusion import Verdicts, conclude
from troubleshoot.engine.rank.gaps import apart, gaps
from troubleshoot.engine.rank.not_made import Lack, not_made, words
from troubleshoot.engine.rank.ranking import rank
from troubleshoot.engine.rank.reach import within_reach
from troubleshoot.engine.verify import verdicts
from troubleshoot.model.exits import Exit
from troubleshoot.model.finding import Evidence, Finding, Item, Outcome
from troubleshoot.model.playbook import DiagnosisRule
from troubleshoot.model.report import Conclusion, NotMade, Verification
from troubleshoot.model.store import Store

QUIET = finding("symptom", Outcome.OK)
FIRING = finding("symptom", Outcome.CRITICAL)
CALM = finding("metric", Outcome.OK)
CAUSE = rule("cause", [piece("metric", "moderate"), piece("trace"), piece("log")], [])


def without_store(check: str, store: Store, evidence: Evidence) -> Finding:
    dark = finding(check, Outcome.SKIPPED, evidence)
    return replace(dark, reason=unconfigured(store).reason, items=())


TRACE = without_store("trace", Store.JAEGER, Evidence.TRACE)
LOG = without_store("log", Store.ELASTICSEARCH, Evidence.LOG)


def case_of(
    *findings: Finding,
    absent: tuple[str, ...] = ("jaeger", "elasticsearch"),
    rules: tuple[DiagnosisRule, ...] = (CAUSE,),
) -> Case:
    return Case(
        rules,
        {one.check: one for one in findings},
        symptoms=("symptom",),
        without=not_made(findings, absent),
    )


def concluded(
    *findings: Finding,
    absent: tuple[str, ...] = ("jaeger", "elasticsearch"),
    rules: tuple[DiagnosisRule, ...] = (CAUSE,),
    fail_on: str = "likely",
) -> Verdicts:
    case = case_of(*findings, absent=absent, rules=rules)
    found = rank(case, symptom=findings[0].outcome.firing)
    return conclude(findings[0], case, found, fail_on, within_reach(case))


def test_a_shop_with_metrics_only_is_clear_and_says_what_was_not_looked_at() -> None:
    verdict = concluded(QUIET, CALM, TRACE, LOG)
    assert (verdict.conclusion, verdict.exit_code) == (Conclusion.CLEAR, Exit.CLEAR)
    assert verdict.complete
    assert verdict.headline.endswith("; no Jaeger, no Elasticsearch here: 2 checks not made")


@pytest.mark.parametrize("fail_on", ["possible", "warning", "confirmed"])
def test_it_is_clear_at_every_level(fail_on: str) -> None:
    assert concluded(QUIET, CALM, TRACE, LOG, fail_on=fail_on).exit_code is Exit.CLEAR


def test_without_that_declaration_it_is_inconclusive() -> None:
    verdict = concluded(QUIET, CALM, TRACE, LOG, absent=("jaeger",))
    assert (verdict.conclusion, verdict.exit_code) == (Conclusion.INCONCLUSIVE, Exit.INCONCLUSIVE)
    assert not verdict.complete


@pytest.mark.parametrize("outcome", [Outcome.ERROR, Outcome.NO_DATA, Outcome.PARTIAL])
def test_a_store_that_is_there_and_does_not_answer_is_a_gap_all_the_same(outcome: Outcome) -> None:
    down = finding("log", outcome, Evidence.LOG)
    verdict = concluded(QUIET, CALM, TRACE, down)
    assert verdict.conclusion is Conclusion.INCONCLUSIVE
    assert verdict.exit_code is not Exit.CLEAR


def test_where_something_speaks_for_a_cause_the_missing_store_could_tell_more() -> None:
    """The other causes are as clear as they can be here; of this one nobody knows."""
    warned = finding("metric", Outcome.WARNING)
    verdict = concluded(QUIET, warned, TRACE, LOG)
    assert (verdict.conclusion, verdict.exit_code) == (Conclusion.INCONCLUSIVE, Exit.INCONCLUSIVE)


def test_that_something_was_deployed_speaks_for_no_cause_by_itself() -> None:
    item = Item((), Outcome.WARNING, 1.0, changed=True)
    deployed = replace(finding("metric", Outcome.WARNING), items=(item,))
    assert concluded(QUIET, deployed, TRACE, LOG).exit_code is Exit.CLEAR


def test_a_symptom_is_never_explained_away() -> None:
    verdict = concluded(FIRING, CALM, TRACE, LOG)
    assert (verdict.conclusion, verdict.exit_code) == (Conclusion.INCONCLUSIVE, Exit.INCONCLUSIVE)
    assert "no Jaeger" in verdict.headline


def test_a_cause_that_only_the_missing_store_could_confirm_is_not_passed() -> None:
    hot = finding("metric", Outcome.CRITICAL)
    likely = rule("cause", [piece("metric"), piece("trace")], [])
    verdict = concluded(FIRING, hot, TRACE, LOG, rules=(likely,), fail_on="confirmed")
    assert (verdict.conclusion, verdict.exit_code) == (Conclusion.DIAGNOSED, Exit.INCONCLUSIVE)


def test_a_symptom_that_needs_the_missing_store_is_no_verdict() -> None:
    dark = without_store("symptom", Store.PROMETHEUS, Evidence.METRIC)
    fine = finding("log", Outcome.OK, Evidence.LOG)
    verdict = concluded(dark, fine, absent=("prometheus",), rules=())
    assert (verdict.conclusion, verdict.exit_code) == (Conclusion.INCONCLUSIVE, Exit.INCONCLUSIVE)
    assert verdict.headline.startswith("No verdict: Symptom cannot be looked at; no Prometheus")


def test_they_are_no_gaps_but_counted_by_store_with_what_they_could_change() -> None:
    case = case_of(QUIET, CALM, TRACE, LOG)
    found = rank(case, symptom=False)
    assert gaps(case, found) == ()
    assert apart(case, found) == (
        NotMade("jaeger", ("trace",), ("cause",)),
        NotMade("elasticsearch", ("log",), ("cause",)),
    )
    assert words({}) == ""
    assert not_made((replace(TRACE, outcome=Outcome.ERROR), CALM), ("jaeger",)) == {}


def test_what_can_be_verified_decides_whether_it_recovered() -> None:
    metric = Verification(CALM, "< 1", recovered=True, reason="")
    trace = Verification(TRACE, "< 1", recovered=None, reason=TRACE.reason)
    without = not_made((CALM, TRACE), ("jaeger",))
    found = verdicts((metric, trace), without)
    assert (found.exit_code, found.complete) == (Exit.CLEAR, True)
    assert found.headline == "Recovered; no Jaeger here: 1 check not made"
    assert verdicts((metric, trace)).exit_code is Exit.INCONCLUSIVE
    assert verdicts((trace,), without).exit_code is Exit.INCONCLUSIVE


def unmeasured(name: str, meaning: str) -> tuple[Finding, dict[str, Lack]]:
    """A check of which a system may have no metric, and which has none here."""
    rule = {"kind": "threshold", "critical": "> 1"}
    one = check(rule, id=name, query=f"vocabulary/{meaning}", optional=True)
    dark = replace(finding(name, Outcome.SKIPPED), reason="no metric means it", items=())
    return dark, not_made((dark,), (), (replace(plan(one), lacks=meaning),))


def test_what_a_system_does_not_measure_is_no_gap_and_no_news_in_the_headline() -> None:
    dark, without = unmeasured("kills", "kills")
    cause = rule("cause", [piece("metric", "moderate"), piece("kills")], [])
    case = replace(case_of(QUIET, CALM, dark, rules=(cause,)), without=without)
    found = rank(case, symptom=False)
    verdict = conclude(QUIET, case, found, "possible", within_reach(case))
    assert (verdict.conclusion, verdict.exit_code) == (Conclusion.CLEAR, Exit.CLEAR)
    assert verdict.complete
    assert verdict.headline == "Symptom: nothing wrong"
    assert gaps(case, found) == ()
    assert apart(case, found) == (NotMade("prometheus", ("kills",), ("cause",), ("kills",)),)


def test_nor_is_it_a_gap_of_a_cause_for_which_something_speaks() -> None:
    dark, without = unmeasured("kills", "kills")
    cause = rule("cause", [piece("metric", "weak"), piece("kills")], [])
    case = case_of(QUIET, finding("metric", Outcome.WARNING), dark, rules=(cause,))
    assert within_reach(replace(case, without=without)) == frozenset()
    assert within_reach(case) != frozenset()


def test_a_missing_store_and_what_is_not_measured_are_told_apart() -> None:
    dark, lacking = unmeasured("kills", "kills")
    without = not_made((dark, TRACE), ("jaeger",)) | lacking
    case = replace(case_of(QUIET, dark, TRACE), without=without)
    assert [(one.store, one.meanings) for one in apart(case, ())] == [
        ("jaeger", ()),
        ("prometheus", ("kills",)),
    ]
    assert words(without) == "no Jaeger here: 1 check not made"
