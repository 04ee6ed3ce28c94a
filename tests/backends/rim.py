"""The rim opened for one test, and a list of its own of what a server may see."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from tests.backends.requests import LOGS
from tests.backends.server import Seen, Server
from troubleshoot.backends.http.client import HttpClient
from troubleshoot.backends.http.tls import tls_context
from troubleshoot.backends.live import open_backends
from troubleshoot.backends.redaction.redact import Redactor
from troubleshoot.backends.stores.table import endpoints
from troubleshoot.model.query import Backend, QueryKind, RawResponse, Request
from troubleshoot.model.settings import BackendSettings, Environment
from troubleshoot.model.store import Store

ENDPOINTS = {store: endpoints(store) for store in Store}
READS = [
    r"GET /base/api/v1/query(\?(query|time)=[^;]*)?",
    r"GET /base/api/v1/query_range(\?(query|start|end|step)=[^;]*)?",
    r"GET /base/api/v1/metadata",
    r"GET /base/api/v1/label/__name__/values(\?(match%5B%5D|start|end)=[^;]*)?",
    r"GET /base/api/(services|dependencies|traces)(\?[^;]*)?",
    r"GET /base/[a-zA-Z0-9.*][a-zA-Z0-9.*_,:+-]*/_field_caps(\?[^;]*)?",
    r"POST /base/[a-zA-Z0-9.*][a-zA-Z0-9.*_,:+-]*/_search(\?ignore_unavailable=true)?",
]


@contextmanager
def opened(url: str, **more: object) -> Iterator[dict[Store, Backend]]:
    settings = {"url": url, **more}
    environment = Environment.model_validate({store.value: settings for store in Store})
    backends = open_backends(environment, {}, Redactor(b"salt"), tuple(Store))
    try:
        yield backends
    finally:
        for backend in backends.values():
            backend.close()


@contextmanager
def guarded(store: Store, url: str, headers: dict[str, str] | None = None) -> Iterator[HttpClient]:
    settings = BackendSettings.model_validate({"url": url})
    context = tls_context(store, settings)
    found = HttpClient(store, settings, headers or {}, context, ENDPOINTS[store])
    try:
        yield found
    finally:
        found.close()


def reads(seen: Seen) -> bool:
    return any(re.fullmatch(form, f"{seen.method} {seen.target}") for form in READS)


def refused(raw: RawResponse, server: Server) -> bool:
    happened, _, hint = raw.failure.partition("\n")
    assert (raw.status, server.seen) == (0, [])
    return "nothing was sent to " in happened and "SECURITY.md" in hint


def search(index: str, body: str = LOGS.body, **more: str) -> Request:
    params = tuple(more.items())
    return Request(Store.ELASTICSEARCH, QueryKind.LOGS, "POST", f"/{index}/_search", params, body)
