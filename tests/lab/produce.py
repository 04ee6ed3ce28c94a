"""Incidents simulated and written as the files the servers are filled from."""

import logging
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import orjson

from tests.lab.incident import Incident
from tests.lab.simulate import HISTORY
from tests.lab.systems import System, system_of
from tests.lab.telemetry import openmetrics
from tests.lab.telemetry.recording import Recording

LOG = logging.getLogger(__name__)

SPANS_A_REQUEST = 2_000


def produce(incidents: Iterable[Incident], folder: Path) -> None:
    """Write `folder/NAME/` for each incident: metrics.om, spans.jsonl and logs.ndjson."""
    missing = [each for each in incidents if not (folder / each.name).exists()]
    if not missing:
        return
    LOG.info("simulating %s", ", ".join(each.name for each in missing))
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as pool:
        for written in [pool.submit(_write, each, folder) for each in missing]:
            written.result()


def _write(incident: Incident, folder: Path) -> None:
    system = system_of(incident.scenario)
    recording = system.record(incident.scenario, incident.seed)
    start = incident.at.timestamp() - HISTORY
    partial = folder / f"{incident.name}.partial"
    partial.mkdir(parents=True, exist_ok=True)
    with (partial / "metrics.om").open("w") as metrics:
        metrics.writelines(f"{line}\n" for line in openmetrics.lines(recording.scrapes, start))
    with (partial / "spans.jsonl").open("wb") as spans:
        spans.writelines(_export_requests(system, recording, start))
    with (partial / "logs.ndjson").open("wb") as logs:
        logs.writelines(system.documents(recording.logs, recording.events, start))
    partial.rename(folder / incident.name)


def _export_requests(system: System, recording: Recording, start: float) -> Iterable[bytes]:
    for first in range(0, len(recording.spans), SPANS_A_REQUEST):
        batch = recording.spans[first : first + SPANS_A_REQUEST]
        yield orjson.dumps(system.export(batch, start)) + b"\n"
