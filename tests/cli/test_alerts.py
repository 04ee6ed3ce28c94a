"""What is done with a notification: which alert, which playbook, and what is said of the rest."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Program, recorded
from tests.ran import Ran
from troubleshoot.load.assets import built_in
from troubleshoot.model.store import Store

STARTED = "2025-11-07T15:12:00Z"


def alert(name: str, started: str = STARTED, **labels: str) -> dict[str, object]:
    return {"status": "firing", "labels": {"alertname": name, **labels}, "startsAt": started}


def run(program: Program, *alerts: dict[str, object], words: tuple[str, ...] = ("run",)) -> Ran:
    """Without a server: what was decided is in the report all the same."""
    program.write("alert.json", json.dumps({"alerts": alerts}))
    file = str(program.folder / "alert.json")
    with recorded("healthy", without=list(Store)) as servers:
        return program.asks(servers)(*words, "--alert", file, "-o", "json")


def another(program: Program, name: str, answers: str) -> Path:
    shipped = (built_in().playbooks / "high-error-rate.yaml").read_text(encoding="utf-8")
    text = shipped.replace("playbook: high-error-rate", f"playbook: {name}")
    text = text.replace("alert: {name: HighErrorRate", f"alert: {{name: {answers}")
    program.environ["TROUBLESHOOT_PLAYBOOKS"] = str(program.folder / "books")
    return program.write(f"books/{name}.yaml", text)


def test_of_a_group_the_alert_is_taken_that_a_playbook_answers(program: Program) -> None:
    ran = run(program, alert("Other"), alert("HighErrorRate"), alert("Other"))
    assert ran.document["playbook"] == "high-error-rate"
    assert "of 3 alerts HighErrorRate is looked at; left aside: Other (2 times)" in ran.err
    assert any("left aside: Other" in one["message"] for one in ran.document["notices"])


def test_one_alert_alone_leaves_nothing_to_say(program: Program) -> None:
    assert run(program, alert("HighErrorRate")).err == ""


def test_of_several_that_are_answered_the_worst_is_taken_and_the_others_are_named(
    program: Program,
) -> None:
    another(program, "slow-orders", "SlowOrders")
    mild = alert("HighErrorRate", "2025-11-07T15:00:00Z", severity="warning")
    ran = run(program, mild, alert("SlowOrders", severity="critical"))
    assert ran.document["playbook"] == "slow-orders"
    assert "left aside: HighErrorRate (answered by high-error-rate)" in ran.err


def test_two_playbooks_for_one_alert_are_told(program: Program) -> None:
    another(program, "better-orders", "HighErrorRate")
    ran = run(program, alert("HighErrorRate"))
    both = {"high-error-rate", "better-orders"}
    (other,) = both - {ran.document["playbook"]}
    assert f"HighErrorRate is answered by {other} too: name the playbook to run that" in ran.err


def test_the_alert_of_the_playbook_that_was_named_is_taken(program: Program) -> None:
    first = alert("DiskFull", "2025-11-07T10:00:00Z", severity="critical")
    ran = run(program, first, alert("HighErrorRate"), words=("high-error-rate",))
    assert ran.document["window"]["lookback"] == 3600
    assert "left aside: DiskFull" in ran.err


def test_a_playbook_that_was_named_is_run_for_another_alert_and_it_is_said(
    program: Program,
) -> None:
    ran = run(program, alert("DiskFull", "2025-11-07T10:00:00Z"), words=("high-error-rate",))
    said = "high-error-rate answers the alert HighErrorRate, this is DiskFull: its time and labels"
    assert said in ran.err
    assert ran.document["window"]["lookback"] == 5.75 * 3600


def test_a_playbook_that_answers_no_alert_is_for_any(program: Program) -> None:
    assert run(program, alert("DiskFull"), words=("find-culprit",)).err == ""


@pytest.mark.parametrize("names", [("DiskFull",), ("DiskFull", "Other")])
def test_without_a_playbook_for_it_the_one_for_any_alert_is_named(
    names: tuple[str, ...], program: Program
) -> None:
    ran = run(program, *map(alert, names))
    assert ran.code == 2
    assert ", ".join(map(repr, names)) in ran.err
    assert "troubleshoot find-culprit --alert" in ran.err


def test_escape_sequences_in_the_name_of_an_alert_do_not_reach_the_terminal(
    program: Program,
) -> None:
    ran = run(program, alert("HighErrorRate"), alert("\x1b[31mred"))
    assert "red" in ran.err
    assert "\x1b" not in ran.err


def named(report: dict[str, Any]) -> dict[str, tuple[str, str]]:
    return {one["name"]: (one["value"], one["source"]) for one in report["parameters"]}


THERE = alert("HighErrorRate", namespace="shop-eu", cluster="eu; x", pod="p-1")


def test_the_labels_of_an_alert_fill_the_parameters_that_ask_for_them(program: Program) -> None:
    found = named(run(program, THERE).document)
    assert found["namespace"] == ("shop-eu", "alert")
    assert found["cluster"] == ("eu; x", "alert")
    assert found["order_service"] == ("order-service", "default")


def test_find_culprit_begins_at_the_service_of_the_alert(program: Program) -> None:
    ran = run(program, alert("Slow", service="checkout"), words=("find-culprit",))
    assert named(ran.document)["service"] == ("checkout", "alert")


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ((), ("shop-eu", "alert")),
        (("--set", "namespace=mine"), ("mine", "--set")),
    ],
)
def test_an_alert_goes_over_the_configuration_and_the_command_line_over_the_alert(
    words: tuple[str, ...], wanted: tuple[str, str], program: Program
) -> None:
    file = program.write(
        "own.yaml", "environments: {here: {parameters: {namespace: e, replicas: 9}}}\n"
    )
    ran = run(program, THERE, words=("run", "--config", str(file), *words))
    found = named(ran.document)
    assert found["namespace"] == wanted
    assert found["replicas"] == ("9", "environment")


def test_what_an_alert_filled_is_said_at_the_top_and_reaches_the_commands(
    program: Program,
) -> None:
    program.write("alert.json", json.dumps({"alerts": [THERE]}))
    words = ("--alert", str(program.folder / "alert.json"), "--at", "2025-11-07T15:30Z")
    kept = program.folder / "kept.zip"
    with recorded("payment-timeouts") as servers:
        program.asks(servers)
        ran = program("run", *words, "-o", "json", "--record", str(kept))
        pages = {kind: program("run", *words, "-o", kind).out for kind in ("terminal", "html")}
    told = "namespace shop-eu, cluster eu; x (from the alert)"
    assert told in pages["terminal"].split("DIAGNOSED")[0]
    assert told in pages["html"]
    commands = [one for each in ran.document["actions"] for one in each["commands"]]
    assert commands
    assert all("kubectl --context 'eu; x' -n shop-eu " in one for one in commands)
    again = program("replay", str(kept), "-o", "json").document
    assert again["parameters"] == ran.document["parameters"]
    assert again["actions"] == ran.document["actions"]


def test_a_label_that_a_parameter_cannot_have_is_refused_before_anything_is_sent(
    program: Program,
) -> None:
    ran = run(program, alert("HighErrorRate", namespace="a\nb"))
    assert ran.code == 2
    assert "the alert's label namespace has control characters in it: 'a\\nb'" in ran.err


@pytest.mark.parametrize(
    ("at", "wanted"),
    [("now", "2025-11-07T15:30:00Z"), ("2025-11-07T14:00Z", "2025-11-07T14:00:00Z"),
     (None, "2025-11-07T13:00:00Z")],
)  # fmt: skip
def test_a_time_that_was_given_goes_over_that_of_the_alert(
    at: str | None, wanted: str, program: Program
) -> None:
    over = {**alert("HighErrorRate", "2025-11-07T12:00:00Z"), "status": "resolved"}
    words = ("run", *(("--at", at) if at else ()))
    window = run(program, over | {"endsAt": "2025-11-07T13:00:00Z"}, words=words).document["window"]
    assert window["at"] == wanted
    assert window["lookback"] == (3600 if at else 4500)
