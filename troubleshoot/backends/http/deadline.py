"""Sockets that stop at one point in time, however slowly a server drips its answer.

httpx limits each read; a server that sends a byte a second passes every such limit.
"""

import socket
import ssl
from collections.abc import Iterable
from contextlib import suppress
from contextvars import ContextVar
from time import monotonic
from typing import Any

import httpcore
import httpx

_ends: ContextVar[float] = ContextVar("ends")


def start_deadline(seconds: float) -> None:
    """From now on this thread's requests have this long, all reads and writes together."""
    _ends.set(monotonic() + seconds)


def remaining() -> float:
    """Seconds, 0 or less when the time is over."""
    return _ends.get() - monotonic()


class DeadlineTransport(httpx.HTTPTransport):
    """httpx's transport; its pool is replaced because it takes no network backend."""

    def __init__(self, context: ssl.SSLContext, connections: int) -> None:
        super().__init__(verify=context, trust_env=False)
        self._pool = httpcore.ConnectionPool(
            ssl_context=context, max_connections=connections, network_backend=_Backend()
        )


class _Backend(httpcore.SyncBackend):
    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        limit = _limit(timeout, httpcore.ConnectTimeout)
        return _Stream(super().connect_tcp(host, port, limit, local_address, socket_options))


class _Stream(httpcore.NetworkStream):
    def __init__(self, inner: httpcore.NetworkStream) -> None:
        self._inner = inner

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, _limit(timeout, httpcore.ReadTimeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, _limit(timeout, httpcore.WriteTimeout))

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        limit = _limit(timeout, httpcore.ConnectTimeout)
        return _Stream(self._inner.start_tls(ssl_context, server_hostname, limit))

    def close(self) -> None:
        """Wakes a thread that waits for this socket, so that a run can end at once."""
        with suppress(OSError):
            # not the method of an SSL socket: it would drop the TLS state under the reader
            socket.socket.shutdown(self._inner.get_extra_info("socket"), socket.SHUT_RDWR)
        self._inner.close()

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


def _limit(timeout: float | None, late: type[Exception]) -> float:
    left = remaining()
    if left <= 0:
        raise late("the time for this request is over")
    return left if timeout is None else min(timeout, left)
