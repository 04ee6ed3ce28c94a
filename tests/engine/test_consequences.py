"""A caller's trouble that its callee's explains stands under the callee's."""

from troubleshoot.engine.rank.case import Case
from troubleshoot.engine.rank.ranking import rank
from troubleshoot.model.diagnosis import Verdict
from troubleshoot.model.facts import Facts, MetricFacts, TraceFacts
from troubleshoot.model.finding import Evidence, Finding, Item, Outcome
from troubleshoot.model.playbook import DiagnosisRule

FAILS = DiagnosisRule.model_validate(
    {
        "id": "failing", "each": "service", "title": "<service> fails", "component": "<service>",
        "for": [
            {"check": "errors", "where": {"service": "<service>"}, "strength": "decisive"},
        ],
        "against": [
            {"check": "errors", "where": {"service": "<service>", "downstream_failing": True},
             "strength": "strong"},
            {"check": "origins", "where": {"caller": "<service>"}, "strength": "moderate"},
        ],
    }
)  # fmt: skip


def finding(check: str, kind: Evidence, *rows: Facts) -> Finding:
    items = tuple(Item((), Outcome.CRITICAL, 0.5, facts=row) for row in rows)
    outcome = Outcome.CRITICAL if rows else Outcome.OK
    return Finding(check, check, "s", "S", "1", outcome, kind, items=items)


def causes(errors: dict[str, str], origins: tuple[TraceFacts, ...] = ()) -> dict[str, str]:
    """Who explains whom, from service → by which it is explained."""
    rows = [MetricFacts(name, explained_by=(by,) if by else ()) for name, by in errors.items()]
    found = {
        "errors": finding("errors", Evidence.METRIC, *rows),
        "origins": finding("origins", Evidence.TRACE, *origins),
    }
    ranked = rank(Case((FAILS,), found), symptom=True)
    return {
        one.subject: one.consequence_of for one in ranked if one.verdict is not Verdict.RULED_OUT
    }


def test_a_caller_stands_under_the_callee_that_fails_too() -> None:
    assert causes({"shop": "stock", "stock": ""}) == {"stock": "", "shop": "failing:stock"}


def test_a_chain_of_callers_stands_under_its_root() -> None:
    found = causes({"edge": "shop", "shop": "stock", "stock": ""})
    assert found == {"stock": "", "shop": "failing:stock", "edge": "failing:stock"}


def test_a_trace_in_which_the_call_fails_explains_its_caller_as_well() -> None:
    found = causes({"shop": "", "stock": ""}, (TraceFacts(caller="shop", service="stock"),))
    assert found == {"stock": "", "shop": "failing:stock"}


def test_services_that_explain_each_other_are_both_causes() -> None:
    assert causes({"a": "b", "b": "a"}) == {"a": "", "b": ""}


def test_who_is_explained_by_a_service_that_is_no_cause_itself_stays_one() -> None:
    assert causes({"shop": "elsewhere"}) == {"shop": ""}
