"""``python -m benchmarks.large``: whole runs on a small lab, then on the same lab grown large.

Real servers with one incident, in a lab of its own. Takes several minutes and 3 GB of disk.
"""

import json
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from benchmarks.larger import Size, write_more
from benchmarks.process import TROUBLESHOOT, Ended, run
from benchmarks.table import Measured, Row, markdown
from tests.lab import api
from tests.lab.incident import Incident
from tests.lab.servers import control, folders, state
from tests.lab.servers.control import SERVERS

INCIDENT = Incident("payment-timeouts")
LARGE = Size(series=10_000, spans=100_000, lines=1_000_000)
PLAYBOOKS = ("high-error-rate", "find-culprit")
TIMES = 9


@dataclass(frozen=True, slots=True)
class Runs:
    """Of one playbook in one lab."""

    ended: tuple[Ended, ...]
    reports: tuple[dict[str, Any], ...]

    def total(self, of: str) -> int:
        return sum(one[of] for one in self.reports[-1]["stores"])

    @property
    def first(self) -> str:
        diagnoses = self.reports[-1]["diagnoses"]
        return f"{diagnoses[0]['id']} {diagnoses[0]['verdict']}" if diagnoses else "nothing"


def main() -> int:
    _own_lab()
    api.down()  # what an earlier one may have left
    try:
        lab = api.ensure([INCIDENT])
        small = {name: _runs(name, lab.env) for name in PLAYBOOKS}
        _grow()
        large = {name: _runs(name, lab.env) for name in PLAYBOOKS}
    finally:
        api.down()
    print(markdown([row for name in PLAYBOOKS for row in _rows(name, small[name], large[name])]))
    sizes = f"{LARGE.series:,} series, {LARGE.spans:,} spans, {LARGE.lines:,} log lines"
    print(f"\nLarge: {sizes} in real servers on this machine. Small: {INCIDENT.scenario} alone.")
    for name in PLAYBOOKS:
        print(f"{name}: small {small[name].first}, large {large[name].first}; {TIMES} runs each.")
    return 0


def _own_lab() -> None:
    """Beside the usual one, which stays as it is; the servers built for that serve here too."""
    usual = folders.built()
    own = folders.cache() / "large"
    own.mkdir(exist_ok=True, mode=0o755)
    if not (own / "built").exists():
        (own / "built").symlink_to(usual)
    os.environ["TROUBLESHOOT_LAB"] = str(own)


def _grow() -> None:
    """What is added is not in the lab's state: `down` drops it with the rest."""
    more = folders.run() / "more"
    write_more(folders.incidents() / INCIDENT.name, more, LARGE)
    with state.locked():
        now = state.load()
        for name, server in SERVERS.items():
            if server.fills_stopped:
                control.stop(now, name)
            server.fill(folders.run() / name, now.ports[name], more)
            if server.fills_stopped:
                control.start(now, name)
            control.wait(now, name)


def _runs(playbook: str, environ: Mapping[str, str]) -> Runs:
    """The first one fills the servers' caches and does not count."""
    at = INCIDENT.at.isoformat()
    command = (TROUBLESHOOT, playbook, "--at", at, "--output", "json", "--fail-on", "never")
    ended = tuple(run(command, environ, codes=(0, 3, 4)) for _ in range(TIMES + 1))[1:]
    return Runs(ended, tuple(json.loads(one.output) for one in ended))


def _rows(playbook: str, small: Runs, large: Runs) -> Iterator[Row]:
    for what, unit, values in _MEASURES:
        scope = f"{playbook}, {what}"
        before = Measured("small", values(small), unit, scope)
        yield Row(before)
        yield Row(Measured("large", values(large), unit, scope), before)


_MEASURES: tuple[tuple[str, str, Callable[[Runs], list[float]]], ...] = (
    ("whole process", "s", lambda runs: [one.seconds for one in runs.ended]),
    ("until the last answer", "s", lambda runs: [one["timing"]["total"] for one in runs.reports]),
    ("peak memory", "MB", lambda runs: [one.peak for one in runs.ended]),
    ("requests", "", lambda runs: [runs.total("requests")]),
    ("received", "MB", lambda runs: [runs.total("received")]),
)


if __name__ == "__main__":
    sys.exit(main())
