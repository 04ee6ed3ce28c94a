"""What the lab wants to know of each server."""

import os
import socket
from collections.abc import Iterable, Mapping
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


def free_ports(names: tuple[str, ...], taken: Iterable[int]) -> dict[str, int]:
    """A free port for each name, none of those `taken` (by servers that do not listen yet).

    Below the range the kernel gives to outgoing connections: a stopped server finds its port
    free again. Counted up, so that they are mostly the same the next time.
    """
    busy = set(taken)
    free = (port for port in range(19100, 32000) if port not in busy and _is_free(port))
    return {name: next(free) for name in names}


def _is_free(port: int) -> bool:
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True
