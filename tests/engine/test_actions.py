"""Which remedies a report suggests, for whom, in which words."""

import shlex
from dataclasses import replace
from typing import Any

import pytest

from tests.engine.test_rank import finding
from troubleshoot.engine.rank.actions import actions
from troubleshoot.engine.rank.case import Case
from troubleshoot.model.diagnosis import Diagnosis, Verdict
from troubleshoot.model.facts import MetricFacts
from troubleshoot.model.finding import Item, Outcome
from troubleshoot.model.playbook import Playbook
from troubleshoot.model.report import Action

CHECK = {"query": "promql/x.promql", "judge": {"kind": "threshold", "critical": "> 1"}}
CHECKS = [CHECK | {"id": one, "title": one.title()} for one in ("errors", "cpu", "memory")]
RULE = {"for": [{"check": "errors", "strength": "strong"}], "remedies": ["restart", "read"]}
PLAYBOOK = Playbook.model_validate(
    {
        "format": 2, "playbook": "one", "title": "One", "symptom": "errors",
        "steps": [{"id": "s", "guide": "1", "title": "S", "checks": CHECKS}],
        "diagnoses": [
            RULE | {"id": "down", "each": "service", "title": "<service>", "component": "x"},
            RULE | {"id": "plain", "title": "Plain", "component": "x"},
        ],
        "remedies": {
            "restart": {"title": "Restart <service>", "risk": "low", "rollback": "no",
                        "verify": "errors",
                        "commands": ["restart deployment/<service>", "echo 'is <service> up'"]},
            "read": {"title": "Read", "risk": "low", "rollback": "no", "verify": "errors"},
            "grow": {"title": "Grow", "risk": "low", "rollback": "no", "verify": "errors",
                     "only_if": [{"check": "cpu"}, {"check": "memory"}], "precondition": "room"},
            "kick": {"title": "Kick <service>", "risk": "low", "rollback": "no", "verify": "errors",
                     "only_if": [{"check": "errors", "where": {"service": "<service>"}}]},
        },
    }
)  # fmt: skip


def cause(
    id_: str, verdict: Verdict, remedies: tuple[str, ...] = ("restart", "read"), **more: Any
) -> Diagnosis:
    rule, _, subject = id_.partition(":")
    return Diagnosis(
        id_,
        id_,
        "x",
        verdict,
        4,
        0.5,
        (),
        (),
        "",
        remedies=remedies,
        rule=rule,
        subject=subject,
        **more,
    )


def suggested(*causes: Diagnosis, **outcomes: Outcome) -> tuple[Action, ...]:
    """``outcomes`` of the checks; those that are not given are fine."""
    seen = dict.fromkeys(("errors", "cpu", "memory"), Outcome.OK) | outcomes
    findings = {name: finding(name, one) for name, one in seen.items()}
    case = Case(PLAYBOOK.diagnoses, findings)
    return actions(case, PLAYBOOK.remedies, causes, {one.subject for one in causes})


def test_a_remedy_that_names_a_service_is_there_for_each_and_another_one_once() -> None:
    found = suggested(cause("down:a", Verdict.LIKELY), cause("down:b", Verdict.LIKELY))
    assert [(one.remedy.title, one.helps) for one in found] == [
        ("Restart a", ("down:a",)),
        ("Read", ("down:a", "down:b")),
        ("Restart b", ("down:b",)),
    ]


@pytest.mark.parametrize(
    ("name", "command"),
    [
        ("a", "restart deployment/a"),
        ("a; rm -rf ~", "restart deployment/'a; rm -rf ~'"),
        ("$(id)", "restart deployment/'$(id)'"),
    ],
)
def test_a_name_that_a_backend_told_is_quoted_in_a_command(name: str, command: str) -> None:
    found = suggested(cause(f"down:{name}", Verdict.LIKELY))
    assert found[0].remedy.commands == (command, f"echo 'is {name} up'")


@pytest.mark.parametrize("name", ["a'; id #", "'$(id)'", "a b"])
def test_a_name_stays_within_the_quotes_that_a_command_has_around_it(name: str) -> None:
    found = suggested(cause(f"down:{name}", Verdict.LIKELY))
    assert shlex.split(found[0].remedy.commands[1]) == ["echo", f"is {name} up"]


def test_a_name_with_control_characters_is_in_no_command() -> None:
    assert suggested(cause("down:a\x02b", Verdict.LIKELY))[0].remedy.commands == ()


def test_a_merely_possible_cause_has_remedies_only_where_none_is_likelier() -> None:
    likely, possible = cause("down:a", Verdict.LIKELY), cause("plain", Verdict.POSSIBLE)
    assert all("plain" not in one.helps for one in suggested(likely, possible))
    assert [one.helps for one in suggested(possible)] == [("plain",), ("plain",)]


def test_a_consequence_has_no_remedies_of_its_own() -> None:
    root = cause("down:a", Verdict.LIKELY)
    found = suggested(root, cause("down:b", Verdict.LIKELY, consequence_of="down:a"))
    assert [one.remedy.title for one in found] == ["Restart a", "Read"]
    assert found[1].helps == ("down:a",)


BAD, FINE, GONE = Outcome.CRITICAL, Outcome.OK, Outcome.ERROR
LOOK = "you have looked yourself at what was not to be had here: "


@pytest.mark.parametrize(
    ("cpu", "memory", "only_if"),
    [
        (BAD, FINE, ["room"]),
        (FINE, BAD, ["room"]),
        (GONE, BAD, ["room"]),
        (FINE, FINE, []),
        (FINE, GONE, [f"{LOOK}Memory; room"]),
        (Outcome.NO_DATA, Outcome.SKIPPED, [f"{LOOK}Cpu, Memory; room"]),
    ],
)
def test_a_remedy_that_what_was_seen_speaks_against_is_left_out(
    cpu: Outcome, memory: Outcome, only_if: list[str]
) -> None:
    found = suggested(cause("plain", Verdict.LIKELY, ("grow",)), cpu=cpu, memory=memory)
    assert [one.remedy.precondition for one in found] == only_if


def test_what_must_have_been_seen_is_asked_of_each_service_by_itself() -> None:
    item = Item((), BAD, facts=MetricFacts(service="a"))
    errors = replace(finding("errors", BAD), items=(item,))
    both = tuple(cause(f"down:{name}", Verdict.LIKELY, ("kick",)) for name in "ab")
    case = Case(PLAYBOOK.diagnoses, {"errors": errors})
    found = actions(case, PLAYBOOK.remedies, both, {"a", "b"})
    assert [one.remedy.title for one in found] == ["Kick a"]
