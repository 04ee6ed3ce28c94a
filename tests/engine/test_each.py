"""A rule about any service becomes one rule for each service in question."""

from troubleshoot.engine.each import MOST, each
from troubleshoot.engine.rank import rank
from troubleshoot.model.diagnosis import Verdict
from troubleshoot.model.finding import Evidence, Finding, Item, Outcome
from troubleshoot.model.playbook import DiagnosisRule

RULE = DiagnosisRule.model_validate(
    {
        "id": "failing", "each": "service", "title": "<service> fails", "component": "<service>",
        "for": [{"check": "errors", "where": {"service": "<service>"}, "strength": "strong"}],
        "against": [
            {"check": "errors", "where": {"service": "<service>", "explained_by": "~."},
             "strength": "strong"},
        ],
    }
)  # fmt: skip


def finding(*rows: tuple[str, Outcome, str]) -> dict[str, Finding]:
    items = tuple(
        Item((("explained_by", why), ("service", name)), outcome, 0.5)
        for name, outcome, why in rows
    )
    outcome = max((row[1] for row in rows), key=lambda one: one.firing, default=Outcome.OK)
    one = Finding(
        "errors", "Errors", "s", "S", "1", outcome, Evidence.METRIC, items=items
    )  # fmt: skip
    return {"errors": one}


BAD, FINE = Outcome.CRITICAL, Outcome.OK


def test_there_is_one_rule_for_each_service_that_is_in_trouble() -> None:
    rules = each(RULE, finding(("b", BAD, ""), ("a", BAD, ""), ("c", FINE, "")))
    assert [rule.id for rule in rules] == ["failing:a", "failing:b"]
    assert [rule.title for rule in rules] == ["a fails", "b fails"]
    assert rules[0].for_[0].where == {"service": "a"}


def test_each_service_is_judged_by_its_own_rows() -> None:
    found = rank((RULE,), finding(("a", BAD, ""), ("b", BAD, "a")), symptom=True)
    assert [(one.id, one.verdict) for one in found] == [
        ("failing:a", Verdict.LIKELY),
        ("failing:b", Verdict.RULED_OUT),
    ]
    assert found[0].component == "a"


def test_with_nobody_in_trouble_one_rule_about_nobody_stays() -> None:
    (rule,) = each(RULE, finding(("a", FINE, "")))
    assert (rule.id, rule.title) == ("failing", "a service fails")
    (found,) = rank((RULE,), finding(("a", FINE, "")), symptom=True)
    assert found.verdict is Verdict.RULED_OUT


def test_of_very_many_in_trouble_those_that_most_speaks_against_stay_whatever_their_names() -> None:
    both = RULE.model_validate(
        RULE.model_dump(by_alias=True)
        | {
            "for": [
                {"check": "errors", "strength": "weak"},
                {"check": "more", "strength": "strong"},
            ]
        }
    )
    many = [(f"a{number}", BAD, "") for number in range(2 * MOST)]
    worst = [("z1", BAD, "")]
    found = finding(*many, *worst) | {"more": finding(*worst)["errors"]}
    names = [rule.id for rule in each(both, found)]
    assert len(names) == MOST
    assert "failing:z1" in names
    assert names == sorted(names)


def test_of_very_many_alike_the_critical_ones_stay() -> None:
    mild = [(f"a{number}", Outcome.WARNING, "") for number in range(2 * MOST)]
    assert "failing:z" in [rule.id for rule in each(RULE, finding(*mild, ("z", BAD, "")))]


def test_a_rule_without_each_is_left_alone() -> None:
    plain = RULE.model_copy(update={"each": ""})
    assert each(plain, finding(("a", BAD, ""))) == (plain,)


def test_the_service_is_put_into_a_list_of_values_too() -> None:
    for_ = [{"check": "errors", "where": {"service": ["<service>", "all"]}, "strength": "strong"}]
    listed = RULE.model_validate(RULE.model_dump(by_alias=True) | {"for": for_})
    (rule,) = each(listed, finding(("a", BAD, "")))
    assert rule.for_[0].where == {"service": ("a", "all")}


def test_a_name_like_a_pattern_is_taken_as_a_name() -> None:
    (rule,) = each(RULE, finding(("~.*", BAD, "")))
    assert rule.id == "failing:~.*"
    (found,) = rank((RULE,), finding(("~.*", BAD, ""), ("b", FINE, "")), symptom=True)
    assert found.arguments_for[0].item is not None
    assert found.arguments_for[0].item.label("service") == "~.*"


def test_who_is_named_under_another_label_is_in_question_too() -> None:
    blamed = {"check": "errors", "where": {"explained_by": "<service>"}, "strength": "strong"}
    rule = DiagnosisRule.model_validate(
        {"id": "slow", "each": "service", "title": "t", "component": "c", "for": [blamed]}
    )
    assert [one.id for one in each(rule, finding(("a", BAD, "bank"), ("b", FINE, "x")))] == [
        "slow:bank"
    ]
