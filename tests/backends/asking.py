"""The guarded path by itself, opened for one test."""

from collections.abc import Iterator
from contextlib import contextmanager

from tests.backends.server import Server
from troubleshoot.backends.http.client import HttpClient
from troubleshoot.backends.http.tls import tls_context
from troubleshoot.backends.stores.jaeger.client import ENDPOINTS
from troubleshoot.model.query import RawResponse
from troubleshoot.model.settings import BackendSettings
from troubleshoot.model.store import Store


@contextmanager
def opened(url: str, **more: object) -> Iterator[HttpClient]:
    settings = BackendSettings.model_validate({"url": url, "read_timeout": 3.0, **more})
    context = tls_context(Store.JAEGER, settings)
    guarded = HttpClient(Store.JAEGER, settings, settings.headers, context, ENDPOINTS)
    try:
        yield guarded
    finally:
        guarded.close()


def ask(server: Server, path: str = "/api/services", **more: object) -> RawResponse:
    with opened(server.url, **more) as guarded:
        return guarded.send("GET", guarded.base + path)
