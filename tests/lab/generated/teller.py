"""How counted calls become series: what each scrape of each process found."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from tests.lab.generated.dialect import Dialect
from tests.lab.generated.pods import Pod, Pods
from tests.lab.generated.tally import BUCKETS, Cells, Process
from tests.lab.generated.topology import Topology
from tests.lab.telemetry.metrics import Key, Scrapes

Labels = dict[str, str]
Slots = dict[int, Cells]


class Row(NamedTuple):
    """A series of one process, or the series of a histogram; `unit`: how many a second has."""

    name: str
    kind: str
    labels: tuple[tuple[str, str], ...]
    unit: float
    process: Process


@dataclass(frozen=True)
class Teller:
    """Everything a convention needs."""

    system: Topology
    pods: Pods
    dialect: Dialect
    history: float
    scrapes: Scrapes
    _rows: dict[Row, Slots] = field(default_factory=dict)

    def target(self, pod: Pod) -> Labels:
        """What Prometheus adds to the series of a process."""
        job = self.dialect.job.format(service=pod.service, namespace=self.system.system)
        found = {"job": job, "instance": f"{pod.ip}:9464"}
        if "pods" in job:
            found |= {"app": pod.service, "namespace": self.system.system, "pod": pod.name}
        return found

    def host(self, callee: str) -> str:
        """How callers write it."""
        return callee + self.dialect.domain if callee in self.system.services else callee

    def scraped(self) -> Iterator[float]:
        """When Prometheus asks, whoever answers."""
        interval = self.dialect.interval
        return (number * interval for number in range(int(self.history // interval) + 1))

    def times(self, process: Process) -> Iterator[tuple[int, float]]:
        """Number and time of each scrape that found this process."""
        pod, started = process
        for number, at in enumerate(self.scraped()):
            if pod.listed(at) and not pod.down(at) and pod.starts(at) == started:
                yield number, at

    def timed(
        self, name: str, labels: Labels, process: Process, slots: Slots, unit: float = 1.0
    ) -> None:
        """Add calls to a histogram; `unit`: how many of it a second has."""
        self._add(Row(name, "histogram", tuple(labels.items()), unit, process), slots)

    def counted(self, name: str, labels: Labels, process: Process, slots: Slots) -> None:
        """Add calls to a counter; `name` ends in `_total`."""
        self._add(Row(name, "counter", tuple(labels.items()), 1.0, process), slots)

    def _add(self, row: Row, slots: Slots) -> None:
        """What a convention has one name for becomes one series."""
        known = self._rows.setdefault(row, {})
        for number, cells in slots.items():
            there = known.get(number)
            known[number] = _sum(there, cells) if there else cells

    def write(self) -> None:
        """Every series as it was scraped; a process that starts again counts from zero."""
        for row in sorted(self._rows, key=lambda row: row.process.started):
            write = self._histogram if row.kind == "histogram" else self._counter
            write(row, self._rows[row])

    def _histogram(self, row: Row, slots: Slots) -> None:
        name, pairs = row.name, row.labels
        bounds = [*(f"{bound * row.unit:g}" for bound in BUCKETS), "+Inf"]
        keys = [Key(name, row.kind, f"{name}_bucket", (*pairs, ("le", bound))) for bound in bounds]
        total = Key(name, row.kind, f"{name}_count", pairs)
        seconds = Key(name, row.kind, f"{name}_sum", pairs)
        series = self.scrapes.series
        for at, cells in self._grown(row, slots):
            count = 0.0
            for key, cell in zip(keys, cells, strict=False):
                count += cell
                series[key].append((at, count))
            series[total].append((at, count))
            series[seconds].append((at, round(cells[-1] * row.unit, 6)))

    def _counter(self, row: Row, slots: Slots) -> None:
        key = Key(row.name.removesuffix("_total"), row.kind, row.name, row.labels)
        for at, cells in self._grown(row, slots):
            self.scrapes.series[key].append((at, sum(cells[:-1])))

    def _grown(self, row: Row, slots: Slots) -> Iterator[tuple[float, Cells]]:
        """Each scrape with all that was counted until then, from the first that has anything."""
        first, waiting = min(slots), sorted(slots)
        grown = [0.0] * (len(BUCKETS) + 2)
        for number, at in self.times(row.process):
            while waiting and waiting[0] <= number:
                grown = _sum(grown, slots[waiting.pop(0)])
            if number >= first:
                yield at, grown


def _sum(one: Cells, other: Cells) -> Cells:
    return [a + b for a, b in zip(one, other, strict=True)]
