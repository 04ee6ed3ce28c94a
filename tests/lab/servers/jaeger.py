"""Jaeger all-in-one: spans come in over OTLP/HTTP and are kept in memory."""

import os
from pathlib import Path
from typing import ClassVar

from tests.lab.errors import LabError
from tests.lab.servers import install
from tests.lab.servers.server import Ports, Program, client

MAX_TRACES = 500_000


class Jaeger:
    """The trace store."""

    name: ClassVar[str] = "jaeger"
    port_names: ClassVar[tuple[str, ...]] = ("http", "admin", "otlp")
    ready_path: ClassVar[str] = "/api/services"
    fills_stopped: ClassVar[bool] = False
    forgets: ClassVar[bool] = True

    def program(self, folder: Path, ports: Ports) -> Program:  # noqa: ARG002
        """Ports nobody uses are left to the kernel; it records no traces of itself.

        Collecting garbage early keeps its memory down: nearly all of it is spans that stay.
        """
        here = "127.0.0.1"
        return Program(
            (
                str(install.jaeger()),
                f"--memory.max-traces={MAX_TRACES}",
                f"--query.http-server.host-port={here}:{ports['http']}",
                f"--admin.http.host-port={here}:{ports['admin']}",
                f"--collector.otlp.http.host-port={here}:{ports['otlp']}",
                f"--collector.otlp.grpc.host-port={here}:0",
                f"--collector.grpc-server.host-port={here}:0",
                f"--collector.http-server.host-port={here}:0",
                f"--query.grpc-server.host-port={here}:0",
            ),
            os.environ | {"OTEL_TRACES_SAMPLER": "always_off", "GOGC": "40"},
        )

    def fill(self, folder: Path, ports: Ports, incident: Path) -> None:  # noqa: ARG002
        """Post the export requests, one a line, as an exporter would."""
        address = f"http://127.0.0.1:{ports['otlp']}/v1/traces"
        headers = {"Content-Type": "application/json"}
        with client() as http, (incident / "spans.jsonl").open("rb") as requests:
            for request in requests:
                answer = http.post(address, content=request, headers=headers)
                if answer.status_code != 200 or answer.json().get("partialSuccess"):
                    said = f"{answer.status_code} {answer.text[:200]}"
                    raise LabError(f"Jaeger did not take the spans at {address}: {said}")
