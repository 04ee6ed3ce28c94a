"""One hit of a search as a log line: the document flattened to dotted keys. Pure."""

import math
import re
from datetime import UTC, datetime

from troubleshoot.backends.parse.shapes import Object, as_list, as_number, as_object, as_text
from troubleshoot.model.signal import LogLine

_DIGITS = re.compile(r"^-?\d+(\.\d+)?$")
_MILLIS_FROM = 100_000_000_000  # as seconds this would be the year 5138


def read_line(hit: Object) -> LogLine:
    """``_source`` and ``fields`` together; time 0.0 where the line has none that can be read."""
    fields = flatten(as_object(hit.get("_source")))
    for name, text in flatten(as_object(hit.get("fields"))).items():
        fields.setdefault(name, text)
    time = read_time(fields.get("@timestamp", ""))
    if time is None:
        time = next(filter(None, (_sort_time(value) for value in as_list(hit.get("sort")))), 0.0)
    return LogLine(time, tuple(fields.items()))


def flatten(document: Object) -> dict[str, str]:
    """``{"log": {"level": "x"}}`` becomes ``{"log.level": "x"}``; lists are joined with commas."""
    texts: dict[str, list[str]] = {}
    rest: list[tuple[str, object]] = [("", document)]
    while rest:  # no recursion: the depth is the sender's choice
        name, value = rest.pop()
        if isinstance(value, dict):
            below = [(f"{name}.{key}" if name else key, each) for key, each in value.items()]
            rest.extend(reversed(below))
        elif isinstance(value, list):
            rest.extend((name, each) for each in reversed(value))
        elif value is not None:
            texts.setdefault(name, []).append(as_text(value))
    return {name: ", ".join(parts) for name, parts in texts.items()}


def read_time(text: str) -> float | None:
    """ISO 8601 with any fraction and zone (none is UTC), or Unix milliseconds or seconds."""
    if _DIGITS.match(text):
        number = float(text)
        return number / 1000 if abs(number) >= _MILLIS_FROM else number
    try:
        instant = datetime.fromisoformat(text.strip())
        return (instant if instant.tzinfo else instant.replace(tzinfo=UTC)).timestamp()
    except (ValueError, OverflowError):
        return None


def _sort_time(value: object) -> float | None:
    number = as_number(value)
    if number is None or not math.isfinite(number):
        return None
    return number / 1000 if number >= _MILLIS_FROM else None
