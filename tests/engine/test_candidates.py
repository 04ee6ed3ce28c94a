"""A rule about any service is a candidate for each service in question."""

from dataclasses import replace

import pytest

from troubleshoot.engine.rank.candidates import MOST, Candidate, candidates
from troubleshoot.engine.rank.case import Case
from troubleshoot.engine.rank.ranking import rank
from troubleshoot.model.diagnosis import Verdict
from troubleshoot.model.facts import LogFacts, MetricFacts
from troubleshoot.model.finding import Evidence, Finding, Item, Outcome
from troubleshoot.model.playbook import DiagnosisRule

ANYBODY = {"service": "<service>"}
RULE = DiagnosisRule.model_validate(
    {
        "id": "failing", "each": "service", "title": "<service> fails", "component": "<service>",
        "for": [{"check": "errors", "where": {"service": "<service>"}, "strength": "strong"}],
        "against": [
            {"check": "errors", "where": {"service": "<service>", "downstream_failing": True},
             "strength": "strong"},
        ],
    }
)  # fmt: skip


def finding(*rows: tuple[str, Outcome, str]) -> dict[str, Finding]:
    items = tuple(
        Item((), outcome, 0.5, facts=MetricFacts(name, explained_by=(why,) if why else ()))
        for name, outcome, why in rows
    )
    outcome = max((row[1] for row in rows), key=lambda one: one.firing, default=Outcome.OK)
    one = Finding(
        "errors", "Errors", "s", "S", "1", outcome, Evidence.METRIC, items=items
    )  # fmt: skip
    return {"errors": one}


BAD, FINE = Outcome.CRITICAL, Outcome.OK


def test_there_is_one_rule_for_each_service_that_is_in_trouble() -> None:
    found = candidates(RULE, finding(("b", BAD, ""), ("a", BAD, ""), ("c", FINE, "")))
    assert [one.id for one in found] == ["failing:a", "failing:b"]
    assert [one.said(one.rule.title) for one in found] == ["a fails", "b fails"]


def test_each_service_is_judged_by_its_own_rows() -> None:
    found = rank(Case((RULE,), finding(("a", BAD, ""), ("b", BAD, "a"))), symptom=True)
    assert [(one.id, one.verdict) for one in found] == [
        ("failing:a", Verdict.LIKELY),
        ("failing:b", Verdict.RULED_OUT),
    ]
    assert found[0].component == "a"


def test_with_nobody_in_trouble_one_rule_about_nobody_stays() -> None:
    (nobody,) = candidates(RULE, finding(("a", FINE, "")))
    assert (nobody.id, nobody.said(RULE.title)) == ("failing", "a service fails")
    (found,) = rank(Case((RULE,), finding(("a", FINE, ""))), symptom=True)
    assert found.verdict is Verdict.RULED_OUT


def test_of_very_many_in_trouble_those_that_most_speaks_against_stay_whatever_their_names() -> None:
    both = RULE.model_validate(
        RULE.model_dump(by_alias=True)
        | {
            "for": [
                {"check": "errors", "where": ANYBODY, "strength": "weak"},
                {"check": "more", "where": ANYBODY, "strength": "strong"},
            ]
        }
    )
    many = [(f"a{number}", BAD, "") for number in range(2 * MOST)]
    worst = [("z1", BAD, "")]
    found = finding(*many, *worst) | {"more": finding(*worst)["errors"]}
    names = [rule.id for rule in candidates(both, found)]
    assert len(names) == MOST
    assert "failing:z1" in names
    assert names == sorted(names)


def test_of_very_many_alike_the_critical_ones_stay() -> None:
    mild = [(f"a{number}", Outcome.WARNING, "") for number in range(2 * MOST)]
    assert "failing:z" in [rule.id for rule in candidates(RULE, finding(*mild, ("z", BAD, "")))]


def test_a_rule_without_each_is_left_alone() -> None:
    plain = RULE.model_copy(update={"each": ""})
    assert candidates(plain, finding(("a", BAD, ""))) == (Candidate(plain),)


def test_the_service_may_stand_in_a_list_of_values_too() -> None:
    for_ = [{"check": "errors", "where": {"service": ["<service>", "all"]}, "strength": "strong"}]
    listed = RULE.model_validate(RULE.model_dump(by_alias=True) | {"for": for_})
    found = rank(Case((listed,), finding(("a", BAD, ""), ("all", FINE, ""))), symptom=True)
    assert [(one.id, one.score) for one in found] == [("failing:a", 4)]


def test_a_name_like_a_pattern_is_taken_as_a_name() -> None:
    (rule,) = candidates(RULE, finding(("~.*", BAD, "")))
    assert rule.id == "failing:~.*"
    (found,) = rank(Case((RULE,), finding(("~.*", BAD, ""), ("b", FINE, ""))), symptom=True)
    assert found.arguments_for[0].item is not None
    assert found.arguments_for[0].item.service == "~.*"


@pytest.mark.parametrize("where", [{"blames": "<service>"}, {"labels": {"peer": "<service>"}}])
def test_who_is_named_in_another_word_or_a_label_is_in_question_too(where: object) -> None:
    blamed = {"check": "errors", "where": where, "strength": "strong"}
    rule = DiagnosisRule.model_validate(
        {"id": "slow", "each": "service", "title": "t", "component": "c", "for": [blamed]}
    )
    (errors,) = finding(("a", BAD, "")).values()
    named = Item((("peer", "bank"),), BAD, 1, facts=LogFacts(service="a", blames="bank"))
    found = candidates(rule, {"errors": replace(errors, items=(named,))})
    assert [one.id for one in found] == ["slow:bank"]
