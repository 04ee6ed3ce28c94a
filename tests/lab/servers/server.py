"""What the lab wants to know of each server."""

import os
import socket
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar, Protocol

import httpx

Ports = Mapping[str, int]


@dataclass(frozen=True)
class Program:
    """A command line and the environment it runs in."""

    command: tuple[str, ...]
    env: Mapping[str, str] = field(default_factory=lambda: dict(os.environ))


class Server(Protocol):
    """One of the three. Everything listens on 127.0.0.1."""

    name: ClassVar[str]
    port_names: ClassVar[tuple[str, ...]]
    """The ports it needs; `http` is where it is asked."""
    ready_path: ClassVar[str]
    """Answers 200 when the server can be used."""
    fills_stopped: ClassVar[bool]
    """Whether incidents are put in while it does not run."""
    forgets: ClassVar[bool]
    """Whether a stop loses what was put in."""

    def program(self, folder: Path, ports: Ports) -> Program:
        """Install if need be, write the configuration to `folder`, and say what to start."""

    def fill(self, folder: Path, ports: Ports, incident: Path) -> None:
        """Put one incident's files in."""


def url(ports: Ports) -> str:
    """Where a server is asked."""
    return f"http://127.0.0.1:{ports['http']}"


def client() -> httpx.Client:
    """A client that goes to 127.0.0.1 whatever proxy the environment names."""
    return httpx.Client(timeout=60.0, trust_env=False)


def free_ports(names: tuple[str, ...]) -> dict[str, int]:
    """A free port for each name, all different."""
    sockets = {name: socket.create_server(("127.0.0.1", 0)) for name in names}
    ports = {name: each.getsockname()[1] for name, each in sockets.items()}
    for each in sockets.values():
        each.close()
    return ports
