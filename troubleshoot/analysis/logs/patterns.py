"""Log messages without their variable parts, counted in a window and in its baseline."""

import re
from collections import Counter, defaultdict
from dataclasses import dataclass

from troubleshoot.analysis.logs.counts import Count, counted
from troubleshoot.analysis.logs.lines import ParsedLine
from troubleshoot.analysis.logs.templates import templates
from troubleshoot.analysis.logs.weighed import Weighed, WeighedLines

MAX_MESSAGE = 400  # characters of a line that tell its pattern

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

Key = tuple[str, str, str, str]  # service, level, exception, text


@dataclass(frozen=True, slots=True)
class SampleLine:
    """A line that was read; ``time`` in Unix seconds, ``trace`` may be ''."""

    time: float
    trace: str
    message: str


@dataclass(frozen=True, slots=True)
class Pattern:
    """``seen`` newest first; ``frame`` is where in the application ``exception`` is raised most."""

    service: str
    level: str
    exception: str
    frame: str
    text: str
    now: Count
    usual: Count
    seen: tuple[SampleLine, ...]


def mask(message: str) -> str:
    """``order 4711 failed after 3.2s`` becomes ``order <*> failed after <*>``."""
    head = message[: 10 * MAX_MESSAGE].replace("\0", " ").strip()  # a line may be a megabyte
    first = (head.splitlines() or [""])[0][:MAX_MESSAGE]
    return " ".join(_VARIABLE.sub("<*>", first).split())


def patterns(now: WeighedLines, before: WeighedLines, *, part: float = 1.0) -> tuple[Pattern, ...]:
    """Those of ``now``, by falling number of lines, then by their words.

    Both sides together make the templates, so that a pattern has the same words on both. ``now``
    is ``part`` times as long as ``before``: so much of what was there is what is usual.
    """
    keys = _keys([entry for entry, _ in (*now.lines, *before.lines)])
    groups, normal = _grouped(now, keys), _grouped(before, keys)
    found = [
        _pattern(key, group, _usual(normal.get(key), before.unseen(key[0])).times(part))
        for key, group in groups.items()
    ]
    return tuple(sorted(found, key=lambda one: (-one.now.lines, _key(one))))


def _usual(normal: list[Weighed] | None, unseen: Count) -> Count:
    return counted(weight for _, weight in normal) if normal else unseen


def _keys(entries: list[ParsedLine]) -> dict[ParsedLine, Key]:
    """Each service, level and exception has templates of its own."""
    masked: dict[tuple[str, str, str], dict[ParsedLine, str]] = defaultdict(dict)
    for one in entries:
        masked[one.service, one.level, one.raised.type][one] = mask(one.raised.says or one.message)
    return {
        entry: (*group, texts[text])
        for group, members in masked.items()
        for texts in [templates(members.values())]
        for entry, text in members.items()
    }


def _grouped(weighed: WeighedLines, keys: dict[ParsedLine, Key]) -> dict[Key, list[Weighed]]:
    groups: dict[Key, list[Weighed]] = defaultdict(list)
    for entry, weight in weighed.lines:
        groups[keys[entry]].append((entry, weight))
    return groups


def _pattern(key: Key, group: list[Weighed], usual: Count) -> Pattern:
    service, level, exception, text = key
    seen = (SampleLine(one.time, one.trace, one.message[:MAX_MESSAGE]) for one, _ in group)
    frames = Counter(sorted(one.raised.frame for one, _ in group if one.raised.frame))
    return Pattern(
        service, level, exception,
        frame=next((frame for frame, _ in frames.most_common(1)), ""),
        text=text,
        now=counted(weight for _, weight in group),
        usual=usual,
        seen=tuple(sorted(seen, key=lambda one: (-one.time, one.message, one.trace))),
    )  # fmt: skip


def _key(one: Pattern) -> Key:
    return (one.service, one.level, one.exception, one.text)
