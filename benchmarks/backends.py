"""A run against backends that take their time, and the same requests one after another."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.asked import asked
from benchmarks.process import PYTHON, TROUBLESHOOT, Ended, run
from benchmarks.send import REQUESTS
from benchmarks.table import Measured, Row
from tests.recorded import RecordedServers
from troubleshoot.model.times import format_duration

DELAY = 0.2  # seconds, of every answer
TIMES = 9


@dataclass(slots=True)
class Runs:
    """``asking``: seconds from the first request to the last parsed answer."""

    ended: list[Ended] = field(default_factory=list)
    asking: list[float] = field(default_factory=list)

    def note(self, ended: Ended, asking: float) -> None:
        self.ended.append(ended)
        self.asking.append(asking)

    @property
    def whole(self) -> list[float]:
        return [one.seconds for one in self.ended]


def measured(bundle: Path) -> list[Row]:
    """In turns, so that a machine that slows down hits all alike. Real HTTP, real answers."""
    playbook, each, linked = Runs(), Runs(), Runs()
    with RecordedServers(bundle, delay=DELAY) as servers, TemporaryDirectory() as folder:
        requests = asked(servers.bundle)
        every, chain = Path(folder, "every.json"), Path(folder, "chain.json")
        every.write_bytes(REQUESTS.dump_json(requests.everything))
        chain.write_bytes(REQUESTS.dump_json(requests.chain))
        for _ in range(TIMES):
            ended = run(_playbook(servers), servers.environ, codes=(0, 1))
            report = json.loads(ended.output)
            playbook.note(ended, report["timing"]["total"])
            for runs, file in ((each, every), (linked, chain)):
                ended = run((PYTHON, "-m", "benchmarks.send", str(file)), servers.environ)
                runs.note(ended, float(ended.output))
        if servers.unknown:
            raise SystemExit(f"record the bundle again, it has no answer to {servers.unknown[0]}")
    rounds = len(requests.chain)
    return [
        *_compared("requests only", rounds, playbook.asking, each.asking, linked.asking),
        *_compared("whole process", rounds, playbook.whole, each.whole, linked.whole),
        *_sizes(report, playbook.ended),
    ]


def _playbook(servers: RecordedServers) -> Sequence[str]:
    window = servers.bundle.setup.window
    return (
        TROUBLESHOOT,
        Path(servers.bundle.playbook).stem,
        *("--at", window.at.isoformat()),
        *("--window", format_duration(window.rate)),
        *("--lookback", format_duration(window.lookback)),
        *("--baseline", window.baseline.value),
        *("--output", "json"),
    )


def _compared(
    scope: str, rounds: int, playbook: list[float], each: list[float], linked: list[float]
) -> list[Row]:
    chain = Measured(f"longest chain, {rounds} requests", linked, scope=scope)
    run = Measured("playbook", playbook, scope=scope)
    return [
        Row(chain),
        Row(run, chain, most=1.3),
        Row(Measured("one after another", each, scope=scope), run, least=5),
    ]


def _sizes(report: dict[str, Any], ended: list[Ended]) -> list[Row]:
    stores = report["stores"]
    requests = sum(one["requests"] for one in stores)
    received = sum(one["received"] for one in stores)
    return [
        Row(Measured("requests of a run", [requests], ""), most=25),
        Row(Measured("received in a run", [received], "MB")),
        Row(Measured("peak memory of a run", [one.peak for one in ended], "MB"), most=100e6),
    ]
