"""Durations and instants as people write them: ``5m``, ``1h30m``, ``2025-11-07T15:30Z``."""

import re
from datetime import UTC, datetime, timedelta

_UNITS = {"ms": 0.001, "s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604800}
_PART = re.compile(r"([0-9]+(?:\.[0-9]+)?)(ms|[smhdw])\s*")
_WHOLE = re.compile(rf"(?:{_PART.pattern})+")
_AGO = re.compile(r"(?:now\s*)?-\s*(.+)")
_OF_DAY = re.compile(r"([01]?[0-9]|2[0-3]):([0-5][0-9])(?::([0-5][0-9]))?Z?")
_MILLISECOND = timedelta(milliseconds=1)


def parse_duration(text: str) -> timedelta:
    """PromQL's notation (``1h30m``) to a duration.

    Raises ValueError when the text is not a duration of at least a millisecond.
    """
    if not _WHOLE.fullmatch(text.strip()):
        raise ValueError(f"{text!r} is not a duration; write for example 30s, 5m, 1h30m or 1d")
    parts = _PART.findall(text)
    try:
        length = timedelta(seconds=sum(float(number) * _UNITS[unit] for number, unit in parts))
    except OverflowError:
        raise ValueError(f"{text!r} is longer than this program can count") from None
    if length < _MILLISECOND:
        raise ValueError(f"{text!r} is shorter than a millisecond")
    return length


def format_duration(length: timedelta) -> str:
    """The shortest in PromQL's notation: 5400 s becomes ``1h30m``; below a millisecond ``0s``."""
    rest = length // _MILLISECOND
    parts = []
    for unit in ("d", "h", "m", "s", "ms"):
        count, rest = divmod(rest, int(_UNITS[unit] * 1000))
        if count:
            parts.append(f"{count}{unit}")
    return "".join(parts) or "0s"


def parse_instant(text: str, now: datetime) -> datetime:
    """ISO 8601, Unix seconds or milliseconds, ``now``, ``-15m``; without a zone it is UTC.

    ``now`` is the clock of the caller. Raises ValueError with the accepted forms.
    """
    stripped = text.strip()
    if stripped == "now":
        return now
    ago = _AGO.fullmatch(stripped)
    length = parse_duration(ago[1]) if ago else timedelta(0)
    try:
        return now - length if ago else _absolute(stripped)
    except (ValueError, OverflowError, OSError):
        raise ValueError(
            f"{text!r} is not a time; write for example 2025-11-07T15:30Z, "
            "'2025-11-07 15:30 UTC', 1762529400 or -15m"
        ) from None


def parse_range(text: str, before: datetime) -> tuple[datetime, datetime]:
    """Two instants with a slash between: ``13:00/14:00``, or each as `parse_instant` reads it.

    A time of day is UTC, and the last one before ``before``; of the start, before the end.
    Raises ValueError with the accepted forms, and where the end is not after the start.
    """
    first, slash, last = text.partition("/")
    try:
        if not slash:
            raise ValueError  # noqa: TRY301 - the same sentence for all
        end = _daily(last.strip(), before) or parse_instant(last, before)
        start = _daily(first.strip(), end) or parse_instant(first, before)
    except ValueError:
        raise ValueError(
            f"{text!r} is no range of time; write for example 13:00/14:00, "
            "2025-11-07T13:00Z/2025-11-07T14:00Z or -3h/-2h"
        ) from None
    if start >= end:
        raise ValueError(f"{text!r} ends before it begins")
    return start, end


def _daily(text: str, before: datetime) -> datetime | None:
    """The last such time of day before an instant; None where it is none."""
    if not (found := _OF_DAY.fullmatch(text)):
        return None
    hour, minute, second = (int(part or 0) for part in found.groups())
    there = before.replace(hour=hour, minute=minute, second=second, microsecond=0)
    return there if there < before else there - timedelta(days=1)


def _absolute(text: str) -> datetime:
    if re.fullmatch(r"[0-9]{9,11}(\.[0-9]+)?", text):
        return datetime.fromtimestamp(float(text), UTC)
    if re.fullmatch(r"[0-9]{12,14}", text):
        return datetime.fromtimestamp(int(text) / 1000, UTC)
    instant = datetime.fromisoformat(re.sub(r"\s*(UTC|GMT|z)$", "Z", text))
    return instant.astimezone(UTC) if instant.tzinfo else instant.replace(tzinfo=UTC)
