"""The one place where untrusted text loses its power over terminals and readers."""

from dataclasses import fields, is_dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import Any, TypeVar

from pydantic import BaseModel

T = TypeVar("T")

# Fields that people write over several lines; everywhere else a line break could forge a line.
_SEVERAL_LINES = frozenset({"text", "curl", "excerpt", "snippet", "commands", "rollback"})
_ATOMS = (Enum, int, float, datetime, timedelta, type(None))


def clean(text: str, *, several_lines: bool = False) -> str:
    """Every character that does not print becomes its visible escape, such as ``\\x1b``.

    That covers C0, C1 and escape sequences, bidirectional overrides, zero-width characters, lone
    surrogates and what XML forbids. Other white space becomes a plain space.
    """
    if text.isprintable():
        return text
    if several_lines:
        return "\n".join(clean(line) for line in text.split("\n"))
    return "".join(char if char.isprintable() else _visible(char) for char in text)


def _visible(char: str) -> str:
    if char in "\n\t\u00a0":
        return " "
    code = ord(char)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"


def neutral(value: T) -> T:
    """A copy of a report, a playbook or any value inside one, with every string cleaned."""
    return _neutral(value, several_lines=False)  # type: ignore[no-any-return]


def _neutral(value: Any, *, several_lines: bool) -> Any:
    if isinstance(value, _ATOMS):
        return value
    if isinstance(value, str):
        return clean(value, several_lines=several_lines)
    if isinstance(value, tuple):
        return tuple(_neutral(part, several_lines=several_lines) for part in value)
    if isinstance(value, dict):
        return {clean(str(key)): _neutral(part, several_lines=False) for key, part in value.items()}
    if isinstance(value, BaseModel):
        return value.model_copy(update=_parts(value, tuple(type(value).model_fields)))
    if is_dataclass(value) and not isinstance(value, type):
        return type(value)(**_parts(value, tuple(field.name for field in fields(value))))
    raise TypeError(f"a report holds no {type(value).__name__}")


def _parts(value: object, names: tuple[str, ...]) -> dict[str, Any]:
    return {
        name: _neutral(getattr(value, name), several_lines=name in _SEVERAL_LINES) for name in names
    }
