"""Times as reports print them: UTC first, because every dashboard can show it."""

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from troubleshoot.model.window import Interval

_OFFSET = re.compile(r"^(?:UTC|GMT)?([+-])(\d{1,2}):?(\d{2})?$")


def zone(name: str) -> tzinfo | None:
    """An IANA name or an offset such as ``+05:30``; None for UTC itself and for unknown names."""
    if name.upper() in ("", "UTC", "Z", "GMT"):
        return None
    if match := _OFFSET.match(name):
        length = timedelta(hours=int(match[2]), minutes=int(match[3] or 0))
        if not length or length >= timedelta(days=1):
            return None
        return timezone(length if match[1] == "+" else -length)
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def iso(moment: datetime) -> str:
    """``2025-11-07T15:30:00Z``."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def day(moment: datetime, where: tzinfo = UTC) -> str:
    return moment.astimezone(where).strftime("%Y-%m-%d")


def clock(moment: datetime, where: tzinfo = UTC) -> str:
    """``15:30``, or ``15:30:07`` where there are seconds."""
    local = moment.astimezone(where)
    return local.strftime("%H:%M:%S" if local.second else "%H:%M")


def since(moment: datetime, at: datetime) -> str:
    """``15:12`` in UTC, as everywhere; with the day where it is not the day of the run."""
    same = day(moment) == day(at)
    return clock(moment) if same else f"{day(moment)} {clock(moment)}"


def began(not_before: datetime | None, moment: datetime, at: datetime) -> str:
    """``15:05–15:11``: between which times something began, to the minute, rounded outwards."""
    if not_before is None:
        return since(moment, at)
    first = not_before.replace(second=0, microsecond=0)
    last = moment.replace(second=0, microsecond=0)
    last += timedelta(minutes=1) if last < moment else timedelta(0)
    if day(first) == day(last) == day(at):
        return f"{clock(first)}–{clock(last)}"
    return f"{since(first, at)} – {since(last, at)}"


def dated(interval: Interval, where: tzinfo = UTC) -> str:
    """``2025-11-07 15:25–15:30``; each day once."""
    start, end = day(interval.start, where), day(interval.end, where)
    times = between(interval, where)
    return f"{end} {times}" if start == end else times


def between(interval: Interval, where: tzinfo = UTC) -> str:
    """``15:25–15:30``; with days where it crosses midnight."""
    start, end = interval.start, interval.end
    if day(start, where) == day(end, where):
        return f"{clock(start, where)}–{clock(end, where)}"
    return f"{day(start, where)} {clock(start, where)} – {day(end, where)} {clock(end, where)}"
