"""How many lines that count each service writes, whatever they say."""

import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from troubleshoot.analysis.logs.counts import Count, counted
from troubleshoot.analysis.logs.weighed import WeighedLines
from troubleshoot.analysis.significance import more_often


@dataclass(frozen=True, slots=True)
class Volume:
    """``chance``: ln of the chance of so many lines, were they as frequent as in the baseline."""

    service: str
    now: Count
    usual: Count
    chance: float


def volumes(now: WeighedLines, before: WeighedLines, *, part: float = 1.0) -> tuple[Volume, ...]:
    """Of each service that names itself, by name; ``now`` is ``part`` times as long."""
    here, there = _by_service(now), _by_service(before)
    return tuple(
        _volume(name, counted(here[name]), counted(there.get(name, ())), part)
        for name in sorted(here)
    )


def _volume(service: str, now: Count, normal: Count, part: float) -> Volume:
    """Of samples by what is at least there and what is at most normal."""
    chance = more_often(math.floor(now.low), math.ceil(normal.high), part)
    return Volume(service, now, normal.times(part), chance)


def _by_service(weighed: WeighedLines) -> dict[str, Iterable[float]]:
    found: dict[str, list[float]] = defaultdict(list)
    for entry, weight in weighed.lines:
        if entry.service:
            found[entry.service].append(weight)
    return dict(found)
