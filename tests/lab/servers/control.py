"""Starting, stopping and filling one server of the lab, with the state kept up to date."""

import logging
import time
from collections.abc import Iterable
from pathlib import Path

import httpx

from tests.lab.errors import LabError
from tests.lab.incident import Incident
from tests.lab.servers import folders, process
from tests.lab.servers.elasticsearch import Elasticsearch
from tests.lab.servers.jaeger import Jaeger
from tests.lab.servers.prometheus import Prometheus
from tests.lab.servers.server import Server, client, free_ports, url
from tests.lab.servers.state import State

LOG = logging.getLogger(__name__)

SERVERS: dict[str, Server] = {
    server.name: server for server in (Prometheus(), Jaeger(), Elasticsearch())
}
BOOT = 120.0
"""Seconds a server gets to become ready."""


def is_up(now: State, name: str) -> bool:
    """Whether the process we started still runs."""
    running = now.running.get(name)
    return running is not None and process.alive(running)


def start(now: State, name: str) -> None:
    """Start a server on its ports (new ones the first time); it may not be ready yet."""
    program = SERVERS[name].program(_folder(name), _ports(now, name))
    now.running[name] = process.spawn(program.command, program.env, _log(name))
    now.save()


def wait(now: State, name: str) -> None:
    """Return once the server can be used. Raises `LabError` when it ends or takes too long."""
    address = url(now.ports[name]) + SERVERS[name].ready_path
    limit = time.monotonic() + BOOT
    with client() as http:
        while not _answers(http, address):
            if not is_up(now, name):
                last = _log(name).read_text(errors="replace")[-1500:]
                raise LabError(f"{name} ended while starting; {_log(name)} ends with:\n{last}")
            if time.monotonic() > limit:
                raise LabError(f"{name} is not ready at {address} after {BOOT:.0f} s")
            time.sleep(0.1)


def stop(now: State, name: str) -> None:
    """End a server, if it runs."""
    if name in now.running:
        process.stop(now.running[name])
        del now.running[name]
        now.save()


def fill(now: State, name: str, incidents: Iterable[Incident]) -> None:
    """Put incidents into a server from the files they were written to.

    Raises `LabError` when it does not take them.
    """
    for incident in incidents:
        LOG.info("%s takes in %s", name, incident.name)
        files = folders.incidents() / incident.name
        try:
            SERVERS[name].fill(_folder(name), _ports(now, name), files)
        except httpx.HTTPError as error:
            where = url(now.ports[name])
            raise LabError(f"{name} at {where} did not take in {incident.name}: {error}") from error


def _answers(http: httpx.Client, address: str) -> bool:
    try:
        return http.get(address, timeout=2.0).status_code == 200
    except httpx.TransportError:
        return False


def _ports(now: State, name: str) -> dict[str, int]:
    if name not in now.ports:
        taken = [port for ports in now.ports.values() for port in ports.values()]
        now.ports[name] = free_ports(SERVERS[name].port_names, taken)
    return now.ports[name]


def _folder(name: str) -> Path:
    folder = folders.run() / name
    folder.mkdir(exist_ok=True)
    return folder


def _log(name: str) -> Path:
    return folders.run() / f"{name}.log"
