"""A real HTTP server in a thread that answers what a test wants, byte by byte where needed."""

import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from threading import Thread

TLS_HELLO = b"\x16"

Reply = bytes | Callable[[socket.socket], None]


@dataclass(frozen=True)
class Seen:
    """A request as it arrived."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Server:
    url: str
    seen: list[Seen] = field(default_factory=list)


def answer(
    body: bytes = b"{}", status: int = 200, kind: str = "application/json", **headers: str
) -> bytes:
    """A whole HTTP answer; ``retry_after="1"`` becomes the header ``retry-after: 1``."""
    lines = [f"HTTP/1.1 {status} x", f"content-type: {kind}", f"content-length: {len(body)}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "connection: close", "", ""]).encode() + body


def reset(connection: socket.socket) -> None:
    """Ends a connection the hard way: the other side sees ECONNRESET."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\0\0\0\0\0\0\0")


def silence(connection: socket.socket) -> None:
    """Until the other side gives up."""
    connection.recv(1)


@contextmanager
def serve(*replies: Reply, tls: ssl.SSLContext | None = None) -> Iterator[Server]:
    """The n-th connection gets the n-th reply, later ones the last."""
    listener = socket.create_server(("127.0.0.1", 0), backlog=64)
    scheme = "https" if tls else "http"
    server = Server(f"{scheme}://127.0.0.1:{listener.getsockname()[1]}")
    workers: list[Thread] = []

    def accept() -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            reply = replies[min(len(workers), len(replies) - 1)]
            workers.append(Thread(target=_handle, args=(connection, reply, server, tls)))
            workers[-1].start()

    acceptor = Thread(target=accept)
    acceptor.start()
    try:
        yield server
    finally:
        with suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        for thread in (acceptor, *workers):
            thread.join(10)


def _handle(
    connection: socket.socket, reply: Reply, server: Server, tls: ssl.SSLContext | None
) -> None:
    with suppress(OSError), connection:
        connection.settimeout(10)
        if not tls and connection.recv(1, socket.MSG_PEEK) == TLS_HELLO:
            connection.sendall(answer(b"HTTP request expected", 400))
            return
        if tls:
            connection = tls.wrap_socket(connection, server_side=True)
        with connection:
            server.seen.append(_read(connection))
            if isinstance(reply, bytes):
                connection.sendall(reply)
            else:
                reply(connection)


def _read(connection: socket.socket) -> Seen:
    stream = connection.makefile("rb")
    method, target, _ = stream.readline().decode().split()
    headers: dict[str, str] = {}
    while (line := stream.readline().decode().strip()) != "":
        name, _, value = line.partition(":")
        headers[name.lower()] = value.strip()
    return Seen(method, target, headers, stream.read(int(headers.get("content-length", 0))))
