"""The metrics of one process as OpenTelemetry's Prometheus exporter tells them."""

from bisect import bisect_left
from collections.abc import Iterator

from tests.lab.telemetry.metrics import Key, Labels, Registry

BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1.0, 2.5, 5.0, 7.5, 10.0)
"""Upper bounds in seconds that the HTTP semantic conventions advise; `+Inf` follows."""

_BOUNDS = (*(f"{bound:g}" for bound in BUCKETS), "+Inf")


class Meters(Registry):
    """Histograms with labels; every series bears the labels of its process."""

    def __init__(self, **process: str) -> None:
        """Nothing was counted yet."""
        super().__init__()
        self.process = process
        self._timed: dict[tuple[str, Labels], list[float]] = {}

    def time(self, name: str, seconds: float, **labels: str) -> None:
        """Add one duration to the histogram with these labels; empty labels are left out."""
        told = {**self.process, **{key: value for key, value in labels.items() if value}}
        cells = self._timed.setdefault((name, tuple(told.items())), [0.0] * (len(_BOUNDS) + 1))
        cells[bisect_left(BUCKETS, seconds)] += 1
        cells[-1] += seconds

    def collect(self) -> Iterator[tuple[Key, float]]:
        """Every series with its value now, as `/metrics` would answer."""
        yield from super().collect()
        for (name, labels), cells in self._timed.items():
            total = 0.0
            for bound, cell in zip(_BOUNDS, cells, strict=False):
                total += cell
                yield Key(name, "histogram", f"{name}_bucket", (*labels, ("le", bound))), total
            yield Key(name, "histogram", f"{name}_sum", labels), cells[-1]
            yield Key(name, "histogram", f"{name}_count", labels), total
