"""One log line as what it says: service, level, message, trace, exception."""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass

import orjson

from troubleshoot.analysis.logs.exceptions import Raised, raised
from troubleshoot.analysis.logs.levels import one_name, stated_level
from troubleshoot.model.signal import STANDS_FOR, LogLine

MAX_INNER = 64_000  # characters of a message that is read as a document itself
MAX_VALUES = 200

# the usual names inside a message that is a document, after those of the playbook
_LEVELS = ("level", "severity", "lvl", "levelname", "log.level", "loglevel")
_MESSAGES = ("message", "msg", "event", "log", "body", "text")
_SERVICES = ("service", "service.name", "service_name", "app")
_TRACES = ("trace_id", "traceId", "trace.id", "traceID")

_PAIR = re.compile(r'([A-Za-z_][\w.-]{0,60})=(?:"((?:[^"\\]|\\.){0,4000})"|([^\s"]{1,4000}))')


@dataclass(frozen=True, slots=True)
class Fields:
    """Names of the fields to read, the first that a line has.

    ``errors`` are the levels that count, for lines whose level only their message states.
    """

    level: tuple[str, ...]
    message: tuple[str, ...]
    service: tuple[str, ...]
    trace: tuple[str, ...]
    errors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ParsedLine:
    """A log line that counts, with what was read out of it.

    ``stands_for`` so many lines of the store, None where nothing says so; ``time`` in Unix
    seconds; ``level`` in capitals.
    """

    time: float
    service: str
    level: str
    message: str
    trace: str
    raised: Raised
    stands_for: float | None


def read(line: LogLine, fields: Fields) -> ParsedLine | None:
    """None for a line that states a level which does not count."""
    outer = dict(line.fields)
    message = _first(outer, fields.message)
    inner = _inside(message)
    level = one_name(_first(outer, fields.level))
    if inner:
        message = _first(inner, (*fields.message, *_MESSAGES)) or message
    cause = raised({**inner, **outer} if inner else outer, message)
    if not level:
        level = one_name(_first(inner, (*fields.level, *_LEVELS))) or stated_level(message)
        if level not in map(one_name, fields.errors) and (level or not cause.type):
            return None
    return ParsedLine(
        time=line.time if math.isfinite(line.time) else 0.0,
        service=_first(outer, fields.service) or _first(inner, (*fields.service, *_SERVICES)),
        level=level,
        message=message,
        trace=_first(outer, fields.trace) or _first(inner, (*fields.trace, *_TRACES)),
        raised=cause,
        stands_for=_number(outer.get(STANDS_FOR, "")),
    )


def _inside(message: str) -> dict[str, str]:
    """The fields of a message that is JSON or ``key=value`` pairs; {} for any other."""
    if message[:1] in "{ \t" and (text := message.strip()).startswith("{"):
        return _json(text)
    head = message[:MAX_INNER]
    if "level=" not in head and "lvl=" not in head and "severity=" not in head:
        return {}
    pairs = list(_PAIR.finditer(head))[:MAX_VALUES]
    return {one[1]: one[2] if one[2] is not None else one[3] for one in pairs}


def _json(text: str) -> dict[str, str]:
    if len(text) > MAX_INNER:
        return {}
    try:
        document = orjson.loads(text)
    except ValueError:  # also for lone surrogates
        return {}
    return _flat(document)


def _flat(document: Mapping[str, object]) -> dict[str, str]:
    """Dotted names; a list is not looked into."""
    found: dict[str, str] = {}
    rest: list[tuple[str, object]] = [("", document)]
    while rest and len(found) < MAX_VALUES:  # no recursion: the depth is the sender's choice
        name, value = rest.pop()
        if isinstance(value, Mapping):
            below = [(f"{name}.{key}" if name else key, each) for key, each in value.items()]
            rest.extend(reversed(below))
        elif isinstance(value, str | int | float) and not isinstance(value, bool):
            found.setdefault(name, str(value))
    return found


def _first(values: Mapping[str, str], names: tuple[str, ...]) -> str:
    for name in names:
        if text := values.get(name):
            return text
    return ""


def _number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if 0 < number < math.inf else None
