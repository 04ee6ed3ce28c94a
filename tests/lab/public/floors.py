"""What needs no program: the service whose metric moved most, or that was changed last."""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from statistics import median

from tests.lab.public.cases import Case

_SAMPLE = re.compile(r"(\w+)\{(.*)\} (\S+) (\S+)$")
_LABEL = re.compile(r'(\w+)="((?:[^"\\]|\\.)*)"')
SERVICE_LABELS = ("service", "destination", "component")  # an edge counts for whom it leads to
Points = list[tuple[float, float]]


@dataclass(frozen=True)
class Column:
    """One series; of a counter what it grew by between two samples."""

    name: str
    service: str
    points: Points


def columns(case: Case) -> list[Column]:
    """All series of a case that name a service, as far as somebody at its end could know them."""
    found: dict[tuple[str, str], Points] = {}
    for line in case.lines("metrics.om.gz"):
        if (sample := _SAMPLE.match(line.decode().strip())) and float(sample[4]) <= case.at:
            found.setdefault((sample[1], sample[2]), []).append(
                (float(sample[4]), float(sample[3]))
            )
    return [
        Column(f"{name}|{number}", service, _grown(points) if name.endswith("_total") else points)
        for number, ((name, labels), points) in enumerate(sorted(found.items()))
        if (service := _service(labels))
    ]


def largest_z(case: Case) -> tuple[str, ...]:
    """Services by their largest robust z-score of lookback against baseline."""
    scores: dict[str, float] = {}
    for one in columns(case):
        before = [
            value for time, value in one.points if case.baseline[0] <= time <= case.baseline[1]
        ]
        after = [value for time, value in one.points if case.at - case.lookback < time <= case.at]
        if len(before) >= 2 and after:
            scores[one.service] = max(scores.get(one.service, 0.0), _z(before, after))
    return tuple(sorted(scores, key=lambda name: (-scores[name], name)))


def latest_change(case: Case) -> str:
    """The service that was deployed last before the end; '' where nothing is written down."""
    found = []
    for line in case.lines("events.ndjson.gz"):
        event = json.loads(line)
        if event.get("kind") == "deploy":
            found.append(
                (datetime.fromisoformat(event["@timestamp"]).timestamp(), event["service"])
            )
    return max((one for one in found if one[0] <= case.at), default=(0.0, ""))[1]


def _z(before: list[float], after: list[float]) -> float:
    middle = median(before)
    spread = 1.4826 * median(abs(one - middle) for one in before)
    least = 1e-3 * max(abs(middle), 1e-9)  # of a constant
    return max(abs(one - middle) for one in after) / max(spread, least)


def _grown(points: Points) -> Points:
    return [(after, max(now - was, 0.0)) for (_, was), (after, now) in pairwise(points)]


def _service(labels: str) -> str:
    told = dict(_LABEL.findall(labels))
    return next((told[name] for name in SERVICE_LABELS if told.get(name)), "")


def first_of(names: Iterable[str], case: Case) -> int:
    """The rank of a true service among names, from 1; 0 where it is not there."""
    found = (number for number, one in enumerate(names, 1) if one in case.truth.services)
    return next(found, 0)
