"""A Prometheus with a history of a test's own, which the lab's does not have."""

import socket
import subprocess
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep

import httpx

from tests.lab.servers import install

PATIENCE = 30.0  # seconds until it must be ready


@contextmanager
def started(folder: Path, openmetrics: Iterable[str]) -> Iterator[str]:
    """Its address. ``openmetrics`` are lines as `promtool` reads them, `# EOF` the last."""
    server, promtool = install.prometheus()
    text, data, config = folder / "metrics.om", folder / "data", folder / "prometheus.yml"
    text.write_text("\n".join(openmetrics) + "\n")
    install.run([promtool, "tsdb", "create-blocks-from", "openmetrics", str(text), str(data)])
    config.write_text("scrape_configs: []\n")
    with socket.create_server(("127.0.0.1", 0)) as free:
        address = f"127.0.0.1:{free.getsockname()[1]}"
    command = [
        server, f"--config.file={config}", f"--storage.tsdb.path={data}",
        "--storage.tsdb.retention.time=100y", f"--web.listen-address={address}",
    ]  # fmt: skip
    with (folder / "log").open("w") as log, subprocess.Popen(command, stderr=log) as running:
        try:
            _wait(f"http://{address}")
            yield f"http://{address}"
        finally:
            running.terminate()


def _wait(url: str) -> None:
    """Raises TimeoutError."""
    until = monotonic() + PATIENCE
    while monotonic() < until:
        try:
            if httpx.get(f"{url}/-/ready").is_success:
                return
        except httpx.TransportError:
            pass
        sleep(0.2)
    raise TimeoutError(f"{url} is not ready after {PATIENCE:g} s")
