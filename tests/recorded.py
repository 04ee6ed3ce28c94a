"""Real HTTP servers, one a store, that answer what a bundle recorded."""

import json
import socket
from collections.abc import Collection, Mapping
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread
from typing import Any, Self
from urllib.parse import parse_qsl, unquote, urlsplit

from troubleshoot.backends.recording.bundle import read_bundle
from troubleshoot.model.bundle import Recorded
from troubleshoot.model.store import Store

_HOST = "127.0.0.1"
SHOP = (Store.PROMETHEUS, Store.JAEGER, Store.ELASTICSEARCH)  # what the recorded systems have
_NOT_RECORDED = json.dumps({"status": "error", "error": "this request is not in the bundle"})

_Key = tuple[str, str, tuple[tuple[str, str], ...], str]


class RecordedServers:
    """Used as a context manager; everything it started has ended when it is left.

    The program must be run with the bundle's window and parameters (``bundle.setup.window``,
    ``bundle.settings``): only its requests have answers. Requests are equal when their method,
    path, parameters in any order, and body read as JSON are. Each answer is held back for
    ``delay`` seconds, however many are asked for at once. A store in ``without``, or stopped,
    refuses connections; its port stays taken, so that nobody else answers there.

    ``urls`` has an address for each store, ``environ`` the variables that point the program
    there. ``seen`` are the recorded requests that were asked, in the order in which they came;
    ``unknown`` those that are not in the bundle and were answered 404, each as a line: a test
    should see that it is empty.
    """

    def __init__(self, file: Path, *, delay: float = 0.0, without: Collection[Store] = ()) -> None:
        """Raises BundleError for a file that is no bundle. Nothing is started yet."""
        self.bundle = read_bundle(file)
        self.urls: dict[Store, str] = {}
        self.seen: list[Recorded] = []
        self.unknown: list[str] = []
        self._delay, self._without = delay, without
        self._servers: dict[Store, _Server] = {}
        self._refusing: list[socket.socket] = []

    @property
    def environ(self) -> dict[str, str]:
        return {f"TROUBLESHOOT_{store.upper()}_URL": url for store, url in self.urls.items()}

    def __enter__(self) -> Self:
        for store in SHOP:
            if store in self._without:
                port = self._refuse(0)
            else:
                recorded = [one for one in self.bundle.recorded if one.request.store is store]
                server = _Server(recorded, self._delay, self.seen, self.unknown)
                self._servers[store], port = server, server.server_port
            self.urls[store] = f"http://{_HOST}:{port}"
        return self

    def stop(self, store: Store) -> None:
        """Also ends its connections, answered or not."""
        server = self._servers.pop(store)
        server.stop()
        self._refuse(server.server_port)

    def __exit__(self, *_: object) -> None:
        for server in self._servers.values():
            server.stop()
        for each in self._refusing:
            each.close()

    def _refuse(self, port: int) -> int:
        """Takes the port without listening there."""
        taken = socket.socket()
        self._refusing.append(taken)
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        taken.bind((_HOST, port))
        return int(taken.getsockname()[1])


class _Server(ThreadingHTTPServer):
    request_queue_size = 64  # a client asks for everything at once
    daemon_threads = False  # stop() waits for them

    def __init__(
        self, recorded: Collection[Recorded], delay: float, seen: list[Recorded], unknown: list[str]
    ) -> None:
        super().__init__((_HOST, 0), _Handler)
        self.answers: Mapping[_Key, Recorded] = {_key_of(one): one for one in recorded}
        self.delay, self.seen, self.unknown = delay, seen, unknown
        self.ended = Event()
        self._open: set[Any] = set()
        self._thread = Thread(target=self.serve_forever, args=(0.02,))
        self._thread.start()

    def stop(self) -> None:
        self.ended.set()
        self.shutdown()
        self._thread.join()
        for connection in tuple(self._open):
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        self.server_close()

    def finish_request(self, request: Any, client_address: Any) -> None:
        self._open.add(request)
        with suppress(OSError):  # the client went away, or stop() closed it
            if not self.ended.is_set():
                super().finish_request(request, client_address)
        self._open.discard(request)


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    protocol_version = "HTTP/1.1"  # connections are kept, as real servers do
    disable_nagle_algorithm = True  # or a body waits 40 ms for its headers to be acknowledged

    def do_GET(self) -> None:
        body = self.rfile.read(int(self.headers.get("content-length", 0)))
        target = urlsplit(self.path)
        params = parse_qsl(target.query, keep_blank_values=True)
        found = self.server.answers.get(_key(self.command, target.path, params, body))
        if found:
            self.server.seen.append(found)
        else:
            line = f"{self.command} {unquote(self.path)} {body.decode(errors='replace')}"
            self.server.unknown.append(line.strip())
        if not self.server.ended.wait(self.server.delay):
            self._answer(found)

    do_POST = do_GET

    def log_message(self, *_: object) -> None:
        """Tests and benchmarks print nothing of it."""

    def _answer(self, found: Recorded | None) -> None:
        if found and not found.raw.status:  # nothing had come: nothing comes
            self.close_connection = True
            return
        raw = found.raw if found else None
        body = raw.body if raw else _NOT_RECORDED.encode()
        self.send_response(raw.status if raw else 404)
        self.send_header("content-type", raw.content_type if raw else "application/json")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def _key_of(recorded: Recorded) -> _Key:
    request = recorded.request
    return _key(request.method, request.path, request.params, request.body.encode())


def _key(method: str, path: str, params: Collection[tuple[str, str]], body: bytes) -> _Key:
    return method, unquote(path), tuple(sorted(params)), _canonical(body)


def _canonical(body: bytes) -> str:
    """Equal for JSON that means the same; anything else stays as it is."""
    try:
        return json.dumps(json.loads(body), sort_keys=True)
    except ValueError:
        return body.decode(errors="replace")
