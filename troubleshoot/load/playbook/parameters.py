"""Decide every parameter: the playbook's default, the environment, an alert, ``--set``.

The last one wins.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from troubleshoot.load.text.files import is_text
from troubleshoot.model.errors import UsageError
from troubleshoot.model.playbook import Parameter, Value
from troubleshoot.model.resolved_playbook import Setting
from troubleshoot.model.spelling import did_you_mean


@dataclass(frozen=True, slots=True)
class Given:
    """What the environment and ``--set`` say about parameters, and the labels of an alert.

    ``decided`` is what a recorded run decided, over all of them.
    """

    environment: Mapping[str, Value] = field(default_factory=dict)
    assigned: Mapping[str, str] = field(default_factory=dict)
    alert: Mapping[str, str] = field(default_factory=dict)
    decided: Mapping[str, Setting] = field(default_factory=dict)


def parse_assignments(texts: Sequence[str]) -> dict[str, str]:
    """``["k=v"]`` to a mapping. Raises UsageError for anything else."""
    pairs = {}
    for text in texts:
        name, equals, value = text.partition("=")
        if not equals or not name.strip():
            raise UsageError(f"--set {text!r} is not of the form name=value")
        pairs[name.strip()] = value
    return pairs


def settle(parameters: Mapping[str, Parameter], given: Given, owner: str) -> tuple[Setting, ...]:
    """``owner`` names the playbook in errors. Raises UsageError: unknown name or wrong type."""
    for name in given.assigned:
        if name not in parameters:
            hint = did_you_mean(name, sorted(parameters))
            known = ", ".join(sorted(parameters)) or "none"
            raise UsageError(f"{owner} has no parameter {name!r}.{hint} It has: {known}")
    return tuple(_setting(name, parameter, given) for name, parameter in parameters.items())


def _setting(
    name: str,
    parameter: Parameter,
    given: Given,
) -> Setting:
    if name in given.decided:
        return given.decided[name]
    if name in given.assigned:
        return Setting(
            name, _convert(name, given.assigned[name], parameter.default, "--set"), "--set"
        )
    if labelled := given.alert.get(parameter.alert_label, ""):
        source = f"the alert's label {parameter.alert_label}"
        if not labelled.isprintable():
            raise UsageError(f"{source} has control characters in it: {labelled!r}")
        return Setting(name, _convert(name, labelled, parameter.default, source), "alert")
    if name in given.environment:
        value = _convert(name, given.environment[name], parameter.default, "environment")
        return Setting(name, value, "environment")
    return Setting(name, parameter.default, "default")


def _convert(name: str, given: Value, default: Value, source: str) -> Value:
    texts = given if isinstance(given, tuple | list) else (given,)
    if any(not is_text(str(one)) for one in texts):
        raise UsageError(f"{source}: parameter {name!r} is not UTF-8 text: {given!r}")
    try:
        return _as(given, default)
    except (TypeError, ValueError, KeyError):
        kind = {bool: "true or false", tuple: "a list (a,b,c)", str: "text, in quotes"}
        wanted = kind.get(type(default), "a number")
        shown = str(given).lower() if isinstance(given, bool) else repr(given)
        raise UsageError(f"{source}: parameter {name!r} must be {wanted}, not {shown}") from None


def _as(given: Value, default: Value) -> Value:
    if isinstance(default, tuple):
        return _list(given)
    if isinstance(default, bool):
        words = {"true": True, "false": False}
        return given if isinstance(given, bool) else words[str(given).strip().lower()]
    if isinstance(default, int | float):
        return _number(given)
    if not isinstance(given, str):
        raise TypeError
    return given


def _list(given: Value) -> tuple[str, ...]:
    parts = given.split(",") if isinstance(given, str) else given
    if not isinstance(parts, tuple | list):
        raise TypeError
    texts = tuple(part.strip() for part in parts if part.strip())
    if not texts:
        raise ValueError
    return texts


def _number(given: Value) -> int | float:
    if isinstance(given, bool | tuple):
        raise TypeError
    number = float(given)
    if not math.isfinite(number):
        raise ValueError
    whole = isinstance(given, int) or (
        isinstance(given, str) and given.strip().lstrip("+-").isdecimal()
    )
    return int(given) if whole else number
