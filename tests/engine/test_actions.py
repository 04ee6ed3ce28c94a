"""Which remedies a report suggests, for whom, in which words."""

from typing import Any

import pytest

from troubleshoot.engine.report import actions
from troubleshoot.model.diagnosis import Diagnosis, Verdict
from troubleshoot.model.playbook import Playbook

CHECK = {
    "id": "errors", "title": "Errors", "query": "promql/x.promql",
    "judge": {"kind": "threshold", "critical": "> 1"},
}  # fmt: skip
RULE = {"for": [{"check": "errors", "strength": "strong"}], "remedies": ["restart", "read"]}
PLAYBOOK = Playbook.model_validate(
    {
        "format": 2, "playbook": "one", "title": "One", "symptom": "errors",
        "steps": [{"id": "s", "guide": "1", "title": "S", "checks": [CHECK]}],
        "diagnoses": [
            RULE | {"id": "down", "each": "service", "title": "<service>", "component": "x"},
            RULE | {"id": "plain", "title": "Plain", "component": "x"},
        ],
        "remedies": {
            "restart": {"title": "Restart <service>", "risk": "low", "rollback": "no",
                        "verify": "errors", "commands": ["restart deployment/<service>"]},
            "read": {"title": "Read", "risk": "low", "rollback": "no", "verify": "errors"},
        },
    }
)  # fmt: skip


def cause(id_: str, verdict: Verdict, **more: Any) -> Diagnosis:
    remedies = ("restart", "read")
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


def test_a_remedy_that_names_a_service_is_there_for_each_and_another_one_once() -> None:
    found = actions(PLAYBOOK, (cause("down:a", Verdict.LIKELY), cause("down:b", Verdict.LIKELY)))
    assert [(one.title, one.helps) for one in found] == [
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
    found = actions(PLAYBOOK, (cause(f"down:{name}", Verdict.LIKELY),))
    assert found[0].commands == (command,)


def test_a_merely_possible_cause_has_remedies_only_where_none_is_likelier() -> None:
    likely, possible = cause("down:a", Verdict.LIKELY), cause("plain", Verdict.POSSIBLE)
    assert all("plain" not in one.helps for one in actions(PLAYBOOK, (likely, possible)))
    assert [one.helps for one in actions(PLAYBOOK, (possible,))] == [("plain",), ("plain",)]


def test_a_consequence_has_no_remedies_of_its_own() -> None:
    root = cause("down:a", Verdict.LIKELY)
    found = actions(PLAYBOOK, (root, cause("down:b", Verdict.LIKELY, consequence_of="down:a")))
    assert [one.title for one in found] == ["Restart a", "Read"]
    assert found[1].helps == ("down:a",)
