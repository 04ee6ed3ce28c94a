"""A party that is known only by what its callers say: what is told of it, and what one can do."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from tests.engine.test_rank import finding, piece
from tests.engine.test_remedies import LOADED, SHIPPED, load
from troubleshoot.engine.plan.inventory import Known
from troubleshoot.engine.rank.actions import actions
from troubleshoot.engine.rank.case import Case
from troubleshoot.engine.rank.ranking import rank
from troubleshoot.engine.topology.service_names import declared
from troubleshoot.load.playbook.parameters import Given
from troubleshoot.model.diagnosis import Bearing, Diagnosis, Verdict
from troubleshoot.model.facts import MetricFacts, Observed, Party, TraceFacts
from troubleshoot.model.finding import Evidence, Finding, Item, Outcome
from troubleshoot.model.playbook import DiagnosisRule

CULPRIT = SHIPPED["find-culprit"]
BAD, FINE = Outcome.CRITICAL, Outcome.OK
PROVIDER = "payment-provider"


def rows(check: str, evidence: Evidence, *items: Item) -> Finding:
    worst = BAD if any(one.outcome is BAD for one in items) else FINE
    return replace(finding(check, worst, evidence), items=items)


def metric(check: str, **outcomes: Outcome) -> Finding:
    """A row for each service, ``_`` in its name for ``-``."""
    items = (
        Item((), outcome, 0.5, facts=MetricFacts(service=name.replace("_", "-")))
        for name, outcome in outcomes.items()
    )
    return rows(check, Evidence.METRIC, *items)


def seen(**checks: Finding) -> Mapping[str, Finding]:
    """Errors start in calls to the provider, ours are measured, and nothing else is wrong."""
    facts = TraceFacts(
        observed=Observed.BY_CALLER, party=Party.REMOTE, caller="checkout", service=PROVIDER
    )
    origin = Item((), BAD, 0.9, facts=facts)
    evidence = {"jaeger": Evidence.TRACE, "elasticsearch": Evidence.LOG}
    usual = {
        one.id: rows(one.id, evidence.get(one.query.split("/")[0], Evidence.METRIC))
        for _, one in CULPRIT.checks()
    }
    usual["failed-traces"] = rows("failed-traces", Evidence.TRACE, origin)
    for name in ("saturation", "restarts", "service-errors", "instances"):
        usual[name] = metric(name, checkout=FINE)
    return usual | {one.check: one for one in checks.values()}


def ranked(findings: Mapping[str, Finding]) -> dict[str, Diagnosis]:
    case = Case.of(LOADED["find-culprit"], findings.values())
    return {one.id: one for one in rank(case, symptom=True)}


@pytest.mark.parametrize(
    ("cause", "check"), [("saturated", "saturation"), ("restarted", "restarts")]
)
def test_what_was_never_measured_of_it_is_not_ruled_out(cause: str, check: str) -> None:
    found = ranked(seen())[f"{cause}:{PROVIDER}"]
    assert found.verdict is Verdict.UNDETERMINED
    assert found.could_change == (check,)
    arguments = (*found.arguments_for, *found.arguments_against)
    of_check = [one for one in arguments if one.check == check]
    assert {one.bearing for one in of_check} == {Bearing.UNKNOWN}
    assert {one.summary for one in of_check} == {f"not measured for {PROVIDER}"}
    assert all(one.unmeasured for one in of_check)


def test_of_one_that_is_measured_it_is_ruled_out_as_before() -> None:
    measured = metric("saturation", payment_provider=FINE)
    found = ranked(seen(saturation=measured))[f"saturated:{PROVIDER}"]
    assert found.verdict is Verdict.RULED_OUT


def test_a_row_that_could_not_be_judged_is_no_measurement() -> None:
    new = metric("saturation", payment_provider=Outcome.NO_DATA, checkout=FINE)
    found = ranked(seen(saturation=new))[f"saturated:{PROVIDER}"]
    assert found.verdict is Verdict.UNDETERMINED


def _one(rule: dict[str, object], found: Finding) -> Diagnosis:
    shape = {"id": "cause", "title": "t", "component": "c"}
    trace = rows("trace", Evidence.TRACE, Item((), BAD))
    case = Case((DiagnosisRule.model_validate(shape | rule),), {found.check: found, "trace": trace})
    (one,) = rank(case, symptom=True)
    return one


@pytest.mark.parametrize(
    ("evidence", "services", "wanted"),
    [
        (Evidence.METRIC, {"b": FINE}, Bearing.HOLDS),
        (Evidence.METRIC, {"b": BAD}, Bearing.ABSENT),
        (Evidence.METRIC, {"b": Outcome.NO_DATA, "a": FINE}, Bearing.UNKNOWN),
        (Evidence.METRIC, {"a": FINE}, Bearing.UNKNOWN),
        (Evidence.METRIC, {"a": BAD}, Bearing.UNKNOWN),
        # no row at all: a counter that counted nothing yet
        (Evidence.METRIC, {}, Bearing.HOLDS),
        # they are read for what stands out
        (Evidence.TRACE, {"a": BAD}, Bearing.HOLDS),
        (Evidence.LOG, {"a": BAD}, Bearing.HOLDS),
    ],
)
@pytest.mark.parametrize("side", ["for", "against"])
def test_nothing_is_fine_of_which_a_metric_has_no_row(
    side: str, evidence: Evidence, services: dict[str, Outcome], wanted: Bearing
) -> None:
    items = tuple(
        Item((), outcome, facts=MetricFacts(service=name)) for name, outcome in services.items()
    )
    calm = piece("calm", where={"service": "b"}, when="ok")
    rule: dict[str, object]
    rule = {"for": [piece("trace")], "against": [calm]} if side == "against" else {"for": [calm]}
    found = _one(rule, rows("calm", evidence, *items))
    (argument,) = found.arguments_against or found.arguments_for
    assert argument.bearing is wanted


@pytest.mark.parametrize("rule", [one.id for one in CULPRIT.diagnoses])
@pytest.mark.parametrize("outcome", [FINE, BAD, Outcome.ERROR])
def test_nothing_is_done_to_a_party_that_is_not_ours(rule: str, outcome: Outcome) -> None:
    findings = {one.id: finding(one.id, outcome) for _, one in CULPRIT.checks()}
    cause = next(one for one in CULPRIT.diagnoses if one.id == rule)
    found = Diagnosis(
        f"{rule}:{PROVIDER}", "t", "c", Verdict.LIKELY, 4, 0.5, (), (), "",
        remedies=cause.remedies, rule=rule, subject=PROVIDER,
    )  # fmt: skip
    case = Case(CULPRIT.diagnoses, findings)
    made = actions(case, CULPRIT.remedies, (found,), {"checkout"})
    assert made
    assert not any(one.remedy.commands for one in made)
    assert any("ask those who run it" in one.remedy.title for one in made)
    ours = actions(case, CULPRIT.remedies, (found,), {PROVIDER})
    assert not any("ask those who run it" in one.remedy.title for one in ours)


def test_who_is_ours_is_told_by_telemetry_of_its_own() -> None:
    findings = seen().values()
    assert declared(findings, Known()) == {"checkout"}
    assert PROVIDER in declared((*findings, metric("latency", payment_provider=FINE)), Known())


AT = "kubectl --context 'eu; x' -n 'a b' "


@pytest.mark.parametrize("name", SHIPPED)
def test_every_command_for_kubernetes_names_namespace_and_cluster(name: str) -> None:
    lines = [line for one in SHIPPED[name].remedies.values() for line in one.commands]
    lines = [line for line in lines if line.startswith("kubectl")]
    assert lines
    assert [line for line in lines if not line.startswith("kubectl -n ")] == []
    there = load(name, Given(alert={"namespace": "a b", "cluster": "eu; x"}))
    lines = [line for one in there.playbook.remedies.values() for line in one.commands]
    lines = [line for line in lines if line.startswith("kubectl")]
    assert {line[: len(AT)] for line in lines} == {AT}
