"""Prometheus: history is made into blocks before it starts."""

from pathlib import Path
from typing import ClassVar

from tests.lab.servers import install
from tests.lab.servers.server import Ports, Program


class Prometheus:
    """The metrics store."""

    name: ClassVar[str] = "prometheus"
    port_names: ClassVar[tuple[str, ...]] = ("http",)
    ready_path: ClassVar[str] = "/-/ready"
    fills_stopped: ClassVar[bool] = True
    forgets: ClassVar[bool] = False

    def program(self, folder: Path, ports: Ports) -> Program:
        """It scrapes nothing: everything it knows was put in as blocks."""
        binary, _ = install.prometheus()
        config = folder / "prometheus.yml"
        config.write_text("scrape_configs: []\n")
        return Program(
            (
                binary,
                f"--config.file={config}",
                f"--storage.tsdb.path={folder / 'data'}",
                "--storage.tsdb.retention.time=100y",
                f"--web.listen-address=127.0.0.1:{ports['http']}",
            )
        )

    def fill(self, folder: Path, ports: Ports, incident: Path) -> None:  # noqa: ARG002
        """A file per incident: promtool reads its whole input again for every two hours between
        the first sample and the last."""
        _, promtool = install.prometheus()
        blocks = ["tsdb", "create-blocks-from", "openmetrics"]
        install.run([promtool, *blocks, str(incident / "metrics.om"), str(folder / "data")])
