"""Scrapes as OpenMetrics text with timestamps, which `promtool` turns into blocks."""

from collections.abc import Iterator
from itertools import groupby

from tests.lab.telemetry.metrics import Key, Scrapes


def lines(scrapes: Scrapes, start: float) -> Iterator[str]:
    """The text line by line, without line ends. `start`: epoch seconds of the history's start.

    Families stand together, a series' samples are in order of time, `# EOF` is last.
    """
    ordered = sorted(scrapes.series.items(), key=lambda item: item[0])
    for (family, kind), members in groupby(ordered, key=lambda item: item[0][:2]):
        yield f"# TYPE {family} {kind}"
        for key, samples in members:
            head = f"{key.name}{{{_labels(key)}}}"
            for at, value in samples:
                yield f"{head} {value!r} {start + at:.3f}"
    yield "# EOF"


def _labels(key: Key) -> str:
    return ",".join(f'{name}="{value}"' for name, value in sorted(key.labels))
