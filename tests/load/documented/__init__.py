"""Samples of what conventions expose, as their documentation shows it; one file a vocabulary."""

import re
from dataclasses import dataclass
from pathlib import Path

_SERIES = re.compile(r"(?P<name>[a-z_:]+){(?P<labels>.*)} (?P<value>\S+)")


@dataclass(frozen=True, slots=True)
class Sample:
    """``rate``: it grows by ``value`` every half minute. A native histogram has no ``value``."""

    name: str
    labels: dict[str, str]
    value: float | None
    grows: bool


FILES = {file.stem: file for file in sorted(Path(__file__).parent.glob("*.prom"))}


def samples(file: Path) -> tuple[Sample, ...]:
    """Of the text format; ``native`` stands for the value of a native histogram."""
    lines = file.read_text(encoding="utf-8").splitlines()
    gauges = {line.split()[2] for line in lines if line.endswith(" gauge")}
    found = (_SERIES.fullmatch(line) for line in lines if not line.startswith("#"))
    return tuple(_sample(one, gauges) for one in found if one)


def _sample(found: re.Match[str], gauges: set[str]) -> Sample:
    labels = dict(re.findall(r'(\w+)="([^"]*)"', found["labels"]))
    value = None if found["value"] == "native" else float(found["value"])
    return Sample(found["name"], labels, value, found["name"] not in gauges)
