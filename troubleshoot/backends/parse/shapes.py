"""Reading untrusted JSON without surprises: the wrong type is an empty value, never an error."""

import math

Object = dict[str, object]


def as_object(value: object) -> Object:
    return value if isinstance(value, dict) else {}


def as_list(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def as_text(value: object) -> str:
    """Scalars as people write them (``true``, ``1.5``); anything else is ''."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    return repr(value) if isinstance(value, int | float) else ""


def as_number(value: object) -> float | None:
    """A finite JSON number, or None; true and false are no numbers."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) if math.isfinite(value) else None


def as_count(value: object) -> int:
    """A whole number of things, 0 when there is none."""
    number = as_number(value)
    return max(0, int(number)) if number is not None else 0
