"""An option stands once: command line, configuration, variables and record are made from it."""

import json
from zipfile import ZipFile

import pytest

from tests.cli.conftest import Program, recorded
from troubleshoot.model.options import DEFAULTS, OPTIONS, flag
from troubleshoot.model.store import Store

RUN = "high-error-rate"
OF_ENVIRONMENT = {name for name, one in OPTIONS.items() if one.of_environment}
OTHER = {
    "window": "7m", "lookback": "3h", "baseline": "last-week", "deadline": "7s", "fail_on": "never",
}  # fmt: skip


def config(program: Program, options: str) -> str:
    text = f"environments:\n  local:\n    options: {{{options}}}\n"
    return str(program.write("config/config.yaml", text))


def in_force(program: Program, *words: str) -> dict[str, object]:
    """The options that a record of the run has."""
    file = program.folder / "i.zip"
    file.unlink(missing_ok=True)  # a record is not written over
    with recorded("healthy", without=list(Store)) as servers:
        program.asks(servers)(RUN, "--record", str(file), *words)
    found: dict[str, object] = json.loads(ZipFile(file).read("manifest.json"))["setup"]["options"]
    return found


def test_each_option_that_an_environment_may_give_is_tried_here() -> None:
    assert OTHER.keys() == OF_ENVIRONMENT


@pytest.mark.parametrize("name", OTHER)
def test_the_command_line_goes_over_variable_file_and_default(name: str, program: Program) -> None:
    value = OTHER[name]
    config(program, f"{name}: {value}")
    assert in_force(program)[name] == value
    usual = getattr(DEFAULTS, name)
    program.environ[f"TROUBLESHOOT_{name.upper()}"] = usual
    assert in_force(program)[name] == usual
    assert in_force(program, flag(name), value)[name] == value
    program.environ[f"TROUBLESHOOT_{name.upper()}"] = value
    assert in_force(program, flag(name), usual)[name] == usual


def test_the_window_of_the_configuration_is_that_of_the_report(program: Program) -> None:
    config(program, "window: 7m, baseline: yesterday")
    with recorded("healthy") as servers:
        ran = program.asks(servers)(RUN, "-o", "json", "--deadline", "1s")
    assert ran.document["window"]["rate"] == 7 * 60
    assert ran.document["window"]["baseline"] == "yesterday"


@pytest.mark.parametrize(
    ("options", "column", "said"),
    [
        ("window: soon", 23, "is not a duration"),
        ("fail_on: sometimes", 24, "Allowed: confirmed, likely"),
        ("windw: 5m", 15, "Did you mean 'window'?"),
        ("record: x.zip", 15, "unknown key 'record'"),
    ],
)
def test_an_option_of_the_configuration_that_cannot_be_is_refused_at_its_place(
    options: str, column: int, said: str, program: Program
) -> None:
    file = config(program, options)
    ran = program(RUN)
    assert ran.code == 2
    assert f"{file}:3:{column}" in ran.err
    assert said in ran.err


def test_a_variable_that_cannot_be_is_refused_by_its_name(program: Program) -> None:
    program.environ["TROUBLESHOOT_WINDOW"] = "soon"
    ran = program(RUN)
    assert (ran.code, "TROUBLESHOOT_WINDOW" in ran.err) == (2, True)


def test_config_show_tells_the_options_in_force_and_from_where(program: Program) -> None:
    file = config(program, "window: 7m")
    program.environ["TROUBLESHOOT_FAIL_ON"] = "never"
    out = program("config", "show").out
    assert f"# window: from {file}:3:23\n# fail_on: from TROUBLESHOOT_FAIL_ON\n" in out
    assert "    window: 7m\n    lookback: 1h\n" in out


@pytest.mark.parametrize("words", [(), ("--at", "now"), ("--at", "-0h1s")])
def test_the_moment_is_now_unless_one_is_given(words: tuple[str, ...], program: Program) -> None:
    ran = program(RUN, *words, "-o", "json", "--deadline", "1s")
    at = ran.document["window"]["at"]
    assert at == ("2025-11-07T15:29:59Z" if "-0h1s" in words else "2025-11-07T15:30:00Z")


def test_now_said_by_the_person_goes_over_the_time_of_an_alert(program: Program) -> None:
    one = {"labels": {"alertname": "HighErrorRate"}, "startsAt": "2025-11-07T12:00:00Z"}
    resolved = one | {"status": "resolved", "endsAt": "2025-11-07T13:00:00Z"}
    words = (RUN, "--alert", "-", "-o", "json", "--deadline", "1s")
    text = json.dumps({"status": "resolved", "alerts": [resolved]})
    taken = program(*words, input=text).document["window"]["at"]
    said = program(*words, "--at", "now", input=text).document["window"]["at"]
    assert (taken, said) == ("2025-11-07T13:00:00Z", "2025-11-07T15:30:00Z")


@pytest.mark.parametrize("name", OPTIONS)
def test_each_option_is_in_the_help_with_its_default(name: str, program: Program) -> None:
    flat = " ".join(program(RUN, "--help").out.split())
    usual = getattr(DEFAULTS, name)
    shown = f" [default: {usual}]" if usual and isinstance(usual, str) else ""
    assert f"{OPTIONS[name].help}{shown}" in flat
    assert all(one in flat for one in OPTIONS[name].flags or (flag(name),))


def test_a_replay_takes_the_options_of_the_record_unless_others_are_given(program: Program) -> None:
    file = program.folder / "i.zip"
    file.unlink(missing_ok=True)  # a record is not written over
    with recorded("payment-timeouts") as servers:
        words = (RUN, "--record", str(file), "--fail-on", "never", "--step", "service-health")
        live = program.asks(servers)(*words)
    assert live.code != 1
    assert program("replay", str(file)).code == live.code
    again = program("replay", str(file), "--fail-on", "warning", "-o", "json")
    assert (again.code, again.document["fail_on"]) == (1, "warning")
    left_out = [one for one in again.document["findings"] if one["outcome"] == "skipped"]
    assert left_out
