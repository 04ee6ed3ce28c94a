"""The JSON document: one, whole, strict, comparable."""

import json
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, datetime
from enum import Enum
from typing import Any

import pytest

from tests.render.reports import ALL, HOSTILE, TIMEOUTS
from troubleshoot.model.errors import Mistake
from troubleshoot.model.exits import Exit
from troubleshoot.model.report import Action, Report, Timing
from troubleshoot.render import document
from troubleshoot.render.formats import FORMATS, Style
from troubleshoot.render.sanitize import neutral


def load(text: str) -> dict[str, Any]:
    """Refuses NaN and Infinity, which JSON does not have, and repeated keys."""

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        assert len(dict(pairs)) == len(pairs)
        return dict(pairs)

    def refuse(word: str) -> None:
        raise AssertionError(f"{word} is not JSON")

    loaded = json.loads(text, parse_constant=refuse, object_pairs_hook=once)
    assert isinstance(loaded, dict)
    return loaded


def rendered(report: Report) -> dict[str, Any]:
    return load(FORMATS["json"](report, Style()))


@pytest.mark.parametrize("name", ALL)
def test_the_document_survives_being_read_and_written(name: str) -> None:
    text = FORMATS["json"](ALL[name], Style())
    assert json.dumps(load(text), indent=2, ensure_ascii=False) + "\n" == text


@pytest.mark.parametrize("name", ALL)
def test_every_field_of_a_report_is_in_it_and_no_list_is_null(name: str) -> None:
    _compare(neutral(ALL[name]), rendered(ALL[name]))


SPECIAL = ("labels", "spark", "parameters", "redactions", "requests")


def _compare(value: Any, shown: Any) -> None:
    if isinstance(value, Enum):
        assert shown == value.value
    elif isinstance(value, Action):
        remedy = value.remedy.model_dump(exclude={"only_if", "party"})
        assert shown == {**rendered_plain(remedy), "id": value.id, "helps": list(value.helps)}
    elif is_dataclass(value):
        assert isinstance(shown, dict)
        for field in fields(value):
            part = getattr(value, field.name)
            if field.name == "facts":
                _compare_facts(part, shown["facts"])
            elif field.name in SPECIAL and isinstance(part, tuple):
                assert len(shown[field.name]) == len(part)
            else:
                _compare(part, shown[field.name])
    elif isinstance(value, tuple):
        assert isinstance(shown, list)
        assert len(shown) == len(value)
        for each, seen in zip(value, shown, strict=True):
            _compare(each, seen)
    elif isinstance(value, str | bool) or value is None:
        assert shown == value


def rendered_plain(remedy: dict[str, Any]) -> dict[str, Any]:
    return {key: list(one) if isinstance(one, tuple) else one for key, one in remedy.items()}


def _compare_facts(facts: Any, shown: Any) -> None:
    if facts is None:
        assert shown == {}
    else:
        _compare(facts, shown)


def test_it_starts_with_the_schema_version_and_ends_with_the_timing() -> None:
    keys = list(rendered(TIMEOUTS))
    assert (keys[0], keys[-1]) == ("schema_version", "timing")
    assert keys == list(rendered(ALL["clear"]))


def test_two_replays_differ_in_their_timing_only() -> None:
    slower = rendered(replace(TIMEOUTS, timing=Timing(9.9, (("order-error-share", 9.0),))))
    first = rendered(TIMEOUTS)
    assert slower != first
    assert slower | {"timing": None} == first | {"timing": None}


def test_times_are_utc_durations_seconds_and_pairs_are_named() -> None:
    shown = rendered(TIMEOUTS)
    assert shown["window"]["at"] == "2025-11-07T15:30:00Z"
    assert shown["window"]["rate"] == 300
    assert shown["window"]["normal"]["start"] == "2025-11-07T12:50:00Z"
    assert shown["diagnoses"][0]["since"] == "2025-11-07T15:12:00Z"
    assert shown["parameters"][1] == {"name": "max_error_share", "value": "0.1", "source": "--set"}
    assert shown["redactions"][1] == {"rule": "e-mail address", "count": 2}
    assert shown["timing"]["requests"][0] == {"request": "order-error-share", "seconds": 0.2113}
    by_type = next(each for each in shown["findings"] if each["check"] == "payment-errors-by-type")
    assert by_type["items"][0]["labels"] == {"error_type": "timeout"}


def test_another_time_zone_is_written_as_utc() -> None:
    berlin = datetime.fromisoformat("2025-11-07T16:30:00+01:00")
    moved = replace(TIMEOUTS, window=replace(TIMEOUTS.window, at=berlin))
    assert berlin.astimezone(UTC) == TIMEOUTS.window.at
    assert rendered(moved)["window"]["at"] == "2025-11-07T15:30:00Z"


def test_the_exit_code_stands_with_its_meaning() -> None:
    shown = rendered(TIMEOUTS)
    assert shown["exit_code"] == 1
    assert "--fail-on" in shown["exit_meaning"]
    assert rendered(ALL["verified"])["exit_meaning"] == "not recovered"


def test_it_counts_the_checks_that_could_tell() -> None:
    assert rendered(TIMEOUTS)["checks"] == {"told": 11, "total": 12, "not_made": 0}


def test_what_is_not_finite_is_null() -> None:
    item = rendered(HOSTILE)["findings"][0]["items"][0]
    assert item["value"] is None
    assert item["recent"] == [None, 1.0]
    assert item["spark"] == [None, None, None, 1.0]


def test_an_error_before_the_run_is_one_document_too() -> None:
    mistake = Mistake("playbooks/x.yaml", 3, 7, "steps[0].id", "not a \x1b[31mslug")
    text = document.error("input", "x is wrong\nin two lines", Exit.USAGE, "fix it", (mistake,))
    assert load(text) == {
        "schema_version": 1,
        "error": {
            "kind": "input",
            "message": "x is wrong\nin two lines",
            "hint": "fix it",
            "mistakes": [
                {
                    "file": "playbooks/x.yaml",
                    "line": 3,
                    "column": 7,
                    "path": "steps[0].id",
                    "message": "not a \\x1b[31mslug",
                    "excerpt": "",
                }
            ],
        },
        "exit_code": 2,
        "exit_meaning": "wrong arguments, configuration or playbook; nothing was sent",
    }


def test_an_error_without_mistakes_has_an_empty_list() -> None:
    assert load(document.error("bug", "oops", Exit.BUG))["error"]["mistakes"] == []
