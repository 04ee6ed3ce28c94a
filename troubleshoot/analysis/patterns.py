"""Log messages without their variable parts, counted."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from troubleshoot.model.signal import LogLine

MAX_MESSAGE = 400  # characters of a line that tell its pattern
MAX_EXAMPLES = 3

_VARIABLE = re.compile(
    r"""\[[a-z-]+:[0-9a-f]{8}\]                             # a redacted secret
      | \b[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}\b   # UUID
      | (?<![\w.])(?:\d{1,3}\.){3}\d{1,3}(?::\d+)?\b        # IPv4, port
      | \b0x[0-9a-fA-F]+\b
      | \b(?=[0-9a-fA-F]*\d)(?=[0-9a-fA-F]*[a-fA-F])[0-9a-fA-F]{8,}\b   # hex id
      | (?<![A-Za-z])[-+]?\d+(?:[.,:]\d+)*(?:ms|us|µs|s|m|h|%|[kKMG]i?B|B)?(?![A-Za-z])
      | (?<=[-_])\d+(?=\b|[-_])""",
    re.X,
)


@dataclass(frozen=True, slots=True)
class Fields:
    """Names of the fields to read, the first that a line has."""

    message: tuple[str, ...]
    service: tuple[str, ...]
    trace: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pattern:
    """``share`` of the lines; ``sample`` is the newest line, ``traces`` ids that its lines bear."""

    service: str
    text: str
    lines: int
    share: float
    sample: str
    traces: tuple[str, ...]


def mask(message: str) -> str:
    """``order 4711 failed after 3.2s`` becomes ``order <*> failed after <*>``."""
    first = (message.strip().splitlines() or [""])[0][:MAX_MESSAGE]
    return " ".join(_VARIABLE.sub("<*>", first).split())


def patterns(lines: Iterable[LogLine], fields: Fields) -> tuple[Pattern, ...]:
    """By falling number of lines, then by service and text."""
    groups: dict[tuple[str, str], list[LogLine]] = defaultdict(list)
    count = 0
    for line in lines:
        groups[(line.first(fields.service), mask(line.first(fields.message)))].append(line)
        count += 1
    found = [_pattern(key, group, count, fields) for key, group in groups.items()]
    return tuple(sorted(found, key=lambda one: (-one.lines, one.service, one.text)))


def _pattern(key: tuple[str, str], group: list[LogLine], of: int, fields: Fields) -> Pattern:
    newest = max(group, key=lambda line: (line.time, line.first(fields.message)))
    ids = dict.fromkeys(filter(None, (line.first(fields.trace) for line in group)))
    return Pattern(
        service=key[0],
        text=key[1],
        lines=len(group),
        share=len(group) / of,
        sample=newest.first(fields.message)[:MAX_MESSAGE],
        traces=tuple(ids),
    )
