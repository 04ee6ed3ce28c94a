"""A gap that could lift anything to ``--fail-on`` is never exit code 0."""

from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.analysis.properties import QUICK
from tests.engine.test_rank import METRIC, TRACE, finding, piece, rule
from troubleshoot.engine.judge.findings import LEFT_OUT
from troubleshoot.engine.rank.candidates import MOST
from troubleshoot.engine.rank.case import Case
from troubleshoot.engine.rank.conclusion import conclude, reached
from troubleshoot.engine.rank.ranking import rank
from troubleshoot.engine.rank.reach import within_reach
from troubleshoot.model.diagnosis import Diagnosis, Verdict
from troubleshoot.model.exits import Exit
from troubleshoot.model.facts import MetricFacts
from troubleshoot.model.fail_on import FAIL_ON
from troubleshoot.model.finding import Evidence, Finding, Item, Outcome
from troubleshoot.model.playbook import DiagnosisRule

FIRING = finding("symptom", Outcome.CRITICAL)
QUIET = finding("symptom", Outcome.OK)
FINE = (QUIET, finding("metric", Outcome.OK), finding("trace", Outcome.OK, Evidence.TRACE))
NO_DATA, PARTIAL, ERROR, SKIPPED = (
    Outcome.NO_DATA, Outcome.PARTIAL, Outcome.ERROR, Outcome.SKIPPED,
)  # fmt: skip

CONFIRMS = rule("cause", [piece("metric"), piece("gap")], [])
ADDS = rule("cause", [piece("metric"), piece("gap", "moderate")], [])
SPEAKS_AGAINST = rule("cause", [piece("metric"), piece("trace", "moderate")], [piece("gap")])
SMALL = rule("cause", [piece("gap", "weak")], [])
OTHER = rule("cause", [piece("metric"), piece("trace", "moderate")], [])

# the rule, what was seen, why the check `gap` could not tell, --fail-on, exit code
TABLE = [
    (CONFIRMS, (FIRING, METRIC, TRACE), ERROR, "confirmed", Exit.BACKEND),
    (CONFIRMS, (FIRING, METRIC, TRACE), NO_DATA, "confirmed", Exit.INCONCLUSIVE),
    (CONFIRMS, (FIRING, METRIC, TRACE), PARTIAL, "confirmed", Exit.INCONCLUSIVE),
    (CONFIRMS, (FIRING, METRIC, TRACE), SKIPPED, "confirmed", Exit.INCONCLUSIVE),
    (CONFIRMS, (FIRING, METRIC, TRACE), ERROR, "likely", Exit.FOUND),
    (CONFIRMS, (FIRING, METRIC, TRACE), ERROR, "critical", Exit.FOUND),
    (CONFIRMS, (FIRING, METRIC, TRACE), ERROR, "never", Exit.CLEAR),
    (ADDS, (FIRING, METRIC, TRACE), NO_DATA, "confirmed", Exit.CLEAR),
    (SPEAKS_AGAINST, (FIRING, METRIC, TRACE), NO_DATA, "confirmed", Exit.CLEAR),
    (OTHER, (FIRING, METRIC, TRACE), NO_DATA, "confirmed", Exit.CLEAR),
    (OTHER, (FIRING, METRIC, TRACE), ERROR, "confirmed", Exit.BACKEND),
    (SMALL, FINE, NO_DATA, "confirmed", Exit.CLEAR),
    (SMALL, FINE, NO_DATA, "likely", Exit.CLEAR),
    (SMALL, FINE, NO_DATA, "possible", Exit.INCONCLUSIVE),
    (SMALL, FINE, NO_DATA, "critical", Exit.INCONCLUSIVE),
    (SMALL, FINE, NO_DATA, "warning", Exit.INCONCLUSIVE),
    (SMALL, FINE, NO_DATA, "never", Exit.CLEAR),
]


def row(service: str, outcome: Outcome) -> Item:
    return Item((), outcome, facts=MetricFacts(service=service))


def code(
    rules: tuple[DiagnosisRule, ...],
    symptoms: tuple[str, ...],
    findings: Mapping[str, Finding],
    fail_on: str,
) -> tuple[Exit, tuple[Diagnosis, ...]]:
    """As a run does it: the worst symptom that could tell decides whether there is one."""
    case = Case(rules, findings, symptoms=symptoms)
    assert case.symptom
    ranked = rank(case, symptom=case.troubled)
    return conclude(case.symptom, case, ranked, fail_on, within_reach(case)).exit_code, ranked


@pytest.mark.parametrize(("cause", "seen", "why", "fail_on", "wanted"), TABLE)
def test_what_a_gap_could_lift_decides_the_exit_code(
    cause: DiagnosisRule, seen: tuple[Finding, ...], why: Outcome, fail_on: str, wanted: Exit
) -> None:
    gap = finding("gap", why, Evidence.TRACE)
    found, _ = code((cause,), ("symptom",), {one.check: one for one in (*seen, gap)}, fail_on)
    assert found is wanted


def test_what_was_left_out_on_purpose_could_lift_nothing() -> None:
    gap = replace(finding("gap", SKIPPED, Evidence.TRACE), reason=LEFT_OUT)
    findings = {one.check: one for one in (FIRING, METRIC, TRACE, gap)}
    assert code((CONFIRMS,), ("symptom",), findings, "confirmed")[0] is Exit.CLEAR


def test_a_second_symptom_that_was_not_looked_at_could_be_there() -> None:
    seen = {one.check: one for one in (QUIET, METRIC, finding("second", NO_DATA))}
    cause = rule("cause", [piece("metric")], [])
    assert code((cause,), ("symptom", "second"), seen, "likely")[0] is Exit.INCONCLUSIVE
    assert code((cause,), ("symptom",), seen, "likely")[0] is Exit.CLEAR


def test_where_more_are_in_trouble_than_can_be_looked_at_nobody_is_cleared() -> None:
    where = {"service": "<service>"}
    cause = DiagnosisRule.model_validate(
        {
            "id": "slow", "each": "service", "title": "t", "component": "c",
            "for": [piece("metric", "weak", where=where), piece("gap", "weak", where=where)],
        }
    )  # fmt: skip
    items = tuple(row(f"s{n}", Outcome.WARNING) for n in range(MOST))
    many = replace(METRIC, items=items)
    seen = {one.check: one for one in (FIRING, many, finding("gap", NO_DATA))}
    assert Verdict.CONFIRMED in within_reach(Case((cause,), seen, symptoms=("symptom",)))
    few = seen | {"metric": replace(many, items=items[:3])}
    found = within_reach(Case((cause,), few, symptoms=("symptom",)))
    assert found <= {Verdict.POSSIBLE, Verdict.UNDETERMINED}


def test_somebody_who_is_fine_so_far_could_be_the_one_that_a_gap_blames() -> None:
    where = {"service": "<service>"}
    cause = DiagnosisRule.model_validate(
        {
            "id": "slow", "each": "service", "title": "t", "component": "c",
            "for": [piece("metric", when="ok", where=where), piece("gap", where=where)],
        }
    )  # fmt: skip
    fine = finding("metric", Outcome.OK)
    named = replace(fine, items=(row("a", Outcome.OK),))
    seen = {one.check: one for one in (FIRING, named, finding("gap", NO_DATA, Evidence.TRACE))}
    assert Verdict.CONFIRMED in within_reach(Case((cause,), seen, symptoms=("symptom",)))


CHECKS = {
    "symptom": Evidence.METRIC, "second": Evidence.TRACE, "errors": Evidence.METRIC,
    "limits": Evidence.METRIC, "traces": Evidence.TRACE, "logs": Evidence.LOG,
}  # fmt: skip
_CHECK = st.sampled_from(tuple(CHECKS))
_STRENGTH = st.sampled_from(("weak", "moderate", "strong", "decisive"))
_WHEN = st.sampled_from(("firing", "critical", "ok"))
_SERVICE = st.sampled_from(("alpha", "bravo", "charlie"))
_TOLD = st.sampled_from((Outcome.CRITICAL, Outcome.WARNING, Outcome.OK))
_UNTOLD = st.sampled_from((NO_DATA, SKIPPED))  # the others are never 0


@st.composite
def _rule(draw: st.DrawFn, name: str) -> DiagnosisRule:
    each = draw(st.booleans())
    where = st.sampled_from(({}, {"service": "<service>" if each else "alpha"}))
    pieces = st.lists(
        st.fixed_dictionaries(
            {"check": _CHECK, "strength": _STRENGTH, "when": _WHEN, "where": where}
        ),
        max_size=3,
    )
    first = draw(pieces.filter(bool))
    raw = {"id": name, "title": name, "component": name, "for": first, "against": draw(pieces)}
    return DiagnosisRule.model_validate(raw | ({"each": "service"} if each else {}))


@st.composite
def _finding(draw: st.DrawFn, check: str) -> Finding:
    rows = draw(st.dictionaries(_SERVICE, _TOLD, max_size=3))
    items = tuple(row(name, outcome) for name, outcome in rows.items())
    order = (Outcome.CRITICAL, Outcome.WARNING)
    worst = next((one for one in order if one in rows.values()), Outcome.OK)
    return Finding(check, check, "s", "S", "1", worst, CHECKS[check], items=items)


@given(st.data(), st.sampled_from(FAIL_ON))
@settings(QUICK, max_examples=500)
def test_what_reaches_the_level_is_never_exit_code_0_with_gaps_in_its_place(
    data: st.DataObject, fail_on: str
) -> None:
    rules = tuple(data.draw(_rule(name)) for name in ("one", "two"))
    symptoms = data.draw(st.sampled_from((("symptom",), ("symptom", "second"))))
    whole = {check: data.draw(_finding(check)) for check in CHECKS}
    _, ranked = code(rules, symptoms, whole, fail_on)
    if not reached(fail_on, tuple(whole.values()), ranked):
        return
    gaps = data.draw(st.sets(_CHECK, min_size=1, max_size=2))
    seen = whole | {
        name: replace(whole[name], outcome=data.draw(_UNTOLD), reason="gone", items=())
        for name in gaps
    }
    assert code(rules, symptoms, seen, fail_on)[0] is not Exit.CLEAR
