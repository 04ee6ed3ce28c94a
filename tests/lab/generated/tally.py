"""Calls counted by who made them, who served them and how they ended, scrape by scrape."""

from bisect import bisect_left
from typing import NamedTuple

from tests.lab.generated.pods import Pod

BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
"""Upper bounds in seconds; `+Inf` follows."""

Cells = list[float]
"""A count for each bucket, then the sum of seconds."""


class Process(NamedTuple):
    """`started`: how often the container had been started again."""

    pod: Pod
    started: int


class Served(NamedTuple):
    """Requests that one process served."""

    process: Process
    status: int


class Called(NamedTuple):
    """Calls of one process to one callee; status 0: no answer came, for a reason of that `kind`."""

    process: Process
    callee: str
    status: int
    kind: str


class Tally:
    """Key → number of the scrape that first sees it → cells."""

    def __init__(self, interval: float) -> None:
        """Nothing was counted yet; `interval`: seconds from one scrape to the next."""
        self._interval = interval
        self.served: dict[Served, dict[int, Cells]] = {}
        self.called: dict[Called, dict[int, Cells]] = {}

    def serve(self, key: Served, end: float, seconds: float) -> None:
        """Count one request that ended at `end`."""
        self._add(self.served.setdefault(key, {}), end, seconds)

    def call(self, key: Called, end: float, seconds: float) -> None:
        """Count one call that ended at `end`."""
        self._add(self.called.setdefault(key, {}), end, seconds)

    def _add(self, slots: dict[int, Cells], end: float, seconds: float) -> None:
        slot = int(end // self._interval) + 1
        cells = slots.get(slot)
        if cells is None:
            cells = slots[slot] = [0.0] * (len(BUCKETS) + 2)
        cells[bisect_left(BUCKETS, seconds)] += 1
        cells[-1] += seconds
