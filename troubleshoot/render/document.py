"""The one JSON document of a run, for programs; and the one in its place when no run happened."""

from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import datetime, timedelta
from enum import Enum
from math import isfinite
from typing import Any

import orjson

from troubleshoot.model.errors import Mistake
from troubleshoot.model.exits import EXIT_MEANING, Exit
from troubleshoot.model.finding import Item
from troubleshoot.model.report import SCHEMA_VERSION, Action, Report
from troubleshoot.model.window import Interval, Window
from troubleshoot.render import view
from troubleshoot.render.sanitize import clean, neutral
from troubleshoot.render.time_format import iso
from troubleshoot.render.wording import exit_meaning


def render(report: Report) -> str:
    """Keys always in this order; ``timing`` last, so that a replay can be compared without it."""
    return _dumped(document(report))


def document(report: Report) -> dict[str, Any]:
    """Lists are never null; a value that is not known, or is not finite, is null."""
    told, every = view.told(report)
    apart = sum(len(each.checks) for each in report.not_made)
    body = _fields(report)
    schema_version, timing = body.pop("schema_version"), body.pop("timing")
    body["parameters"] = [_named(each, "name", "value", "source") for each in report.parameters]
    body["redactions"] = [_named(each, "rule", "count") for each in report.redactions]
    timing["requests"] = [_named(each, "request", "seconds") for each in report.timing.requests]
    return {
        "schema_version": schema_version,
        **body,
        "exit_meaning": exit_meaning(report),
        "checks": {"told": told, "total": every, "not_made": apart},
        "timing": timing,
    }


def error(
    kind: str,
    message: str,
    exit_code: Exit,
    hint: str = "",
    mistakes: tuple[Mistake, ...] = (),
) -> str:
    """The document of a run that never started: ``kind`` is usage, input, bundle or bug."""
    return _dumped(
        {
            "schema_version": SCHEMA_VERSION,
            "error": {
                "kind": kind,
                "message": clean(message, several_lines=True),
                "hint": clean(hint),
                "mistakes": _value(neutral(mistakes)),
            },
            "exit_code": exit_code.value,
            "exit_meaning": EXIT_MEANING[exit_code],
        }
    )


def _dumped(value: dict[str, Any]) -> str:
    return orjson.dumps(value, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE).decode()


def _value(value: Any) -> Any:
    for kind, convert in _CONVERT:
        if isinstance(value, kind):
            return convert(value)
    return _fields(value) if is_dataclass(value) else value


def _short(point: float) -> float | None:
    """A chart needs six digits; twenty would triple the document."""
    return float(f"{point:.6g}") if isfinite(point) else None


def _fields(value: Any) -> dict[str, Any]:
    return {each.name: _value(getattr(value, each.name)) for each in fields(value)}


def _named(values: tuple[Any, ...], *names: str) -> dict[str, Any]:
    return dict(zip(names, map(_value, values), strict=True))


def _window(window: Window) -> dict[str, Any]:
    """Durations in seconds, and the three intervals they make."""
    return {
        **_fields(window),
        "recent": _interval(window.recent),
        "looked": _interval(window.looked),
        "normal": _interval(window.normal),
    }


def _item(item: Item) -> dict[str, Any]:
    spark = [None if each is None else _short(each) for each in item.spark]
    facts = _fields(item.facts) if item.facts else {}
    return {**_fields(item), "labels": dict(item.labels), "facts": facts, "spark": spark}


def _action(action: Action) -> dict[str, Any]:
    """The remedy's own keys, without the conditions under which it is suggested at all."""
    remedy = action.remedy.model_dump(exclude={"only_if", "party"})
    return {
        "id": action.id,
        **remedy,
        "commands": list(action.remedy.commands),
        "helps": list(action.helps),
    }


def _interval(interval: Interval) -> dict[str, Any]:
    return {"start": iso(interval.start), "end": iso(interval.end)}


_CONVERT: tuple[tuple[type, Callable[[Any], Any]], ...] = (
    (Enum, lambda value: value.value),
    (float, lambda value: value if isfinite(value) else None),
    (datetime, iso),
    (timedelta, timedelta.total_seconds),
    (tuple, lambda values: [_value(each) for each in values]),
    (Window, _window),
    (Item, _item),
    (Action, _action),
)
