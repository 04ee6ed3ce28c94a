"""Counters, gauges and histograms of one process, and the scrapes Prometheus would have stored."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

Labels = tuple[tuple[str, str], ...]

BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
"""Upper bounds in seconds; `+Inf` follows."""

_BOUNDS = (*(f"{bound:g}" for bound in BUCKETS), "+Inf")


class Key(NamedTuple):
    """One time series. `family` is the OpenMetrics family its samples are written under."""

    family: str
    kind: str
    name: str
    labels: Labels


class Registry:
    """The metrics of one process; a restart begins with a new one."""

    def __init__(self) -> None:
        """Nothing was counted yet."""
        self._values: dict[Key, float] = {}
        self._histograms: dict[str, list[float]] = {}

    def count(self, name: str, amount: float = 1, **labels: str) -> None:
        """Add to a counter; `name` ends in `_total`."""
        key = Key(name.removesuffix("_total"), "counter", name, tuple(labels.items()))
        self._values[key] = self._values.get(key, 0.0) + amount

    def gauge(self, name: str, value: float, **labels: str) -> None:
        """Set a gauge."""
        self._values[Key(name, "gauge", name, tuple(labels.items()))] = value

    def observe(self, name: str, seconds: float) -> None:
        """Add one duration to a histogram."""
        cells = self._histograms.setdefault(name, [0.0] * (len(_BOUNDS) + 1))
        cells[bisect_left(BUCKETS, seconds)] += 1
        cells[-1] += seconds

    def collect(self) -> Iterator[tuple[Key, float]]:
        """Every series with its value now, as `/metrics` would answer."""
        yield from self._values.items()
        for name, cells in self._histograms.items():
            total = 0.0
            for bound, cell in zip(_BOUNDS, cells, strict=False):
                total += cell
                yield Key(name, "histogram", f"{name}_bucket", (("le", bound),)), total
            yield Key(name, "histogram", f"{name}_sum", ()), cells[-1]
            yield Key(name, "histogram", f"{name}_count", ()), total


class Scrapes:
    """What Prometheus stored: series → (seconds since the start of the history, value)."""

    def __init__(self) -> None:
        """Nothing was scraped yet."""
        self.series: defaultdict[Key, list[tuple[float, float]]] = defaultdict(list)

    def take(self, registry: Registry, now: float, job: str, instance: str) -> None:
        """Scrape one target that is up."""
        target = (("instance", instance), ("job", job))
        for key, value in registry.collect():
            self.series[key._replace(labels=key.labels + target)].append((now, value))
        self._up(now, target, 1.0)

    def miss(self, now: float, job: str, instance: str) -> None:
        """Scrape one target that does not answer: its series stop, `up` says 0."""
        self._up(now, (("instance", instance), ("job", job)), 0.0)

    def last(self, name: str, **labels: str) -> float:
        """The sum of the last values of the series with that name and those labels."""
        return sum(
            samples[-1][1]
            for key, samples in self.series.items()
            if key.name == name and labels.items() <= dict(key.labels).items()
        )

    def _up(self, now: float, target: Labels, value: float) -> None:
        self.series[Key("up", "gauge", "up", target)].append((now, value))
