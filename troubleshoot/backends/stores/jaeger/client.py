"""Jaeger's query API, by httpx over the guarded path."""

import httpx

from troubleshoot.backends.http.client import HttpClient
from troubleshoot.backends.http.endpoint import Endpoint
from troubleshoot.backends.parse.parsing import parse
from troubleshoot.model.query import RawResponse, Request
from troubleshoot.model.signal import Signal

_SEARCH = (
    "service", "operation", "tags", "minDuration", "maxDuration", "start", "end", "limit",
)  # fmt: skip
ENDPOINTS = (
    Endpoint("GET", "/api/services"),
    Endpoint("GET", "/api/dependencies", ("endTs", "lookback")),
    Endpoint("GET", "/api/traces", _SEARCH),
)


class Client:
    def __init__(self, guarded: HttpClient) -> None:
        self._guarded = guarded

    def fetch(self, request: Request) -> RawResponse:
        query = httpx.QueryParams(list(request.params))
        target = f"{self._guarded.base}{request.path}"
        return self._guarded.send(request.method, f"{target}?{query}" if query else target)

    def parse(self, request: Request, raw: RawResponse) -> Signal:
        return parse(request, raw)

    def close(self) -> None:
        self._guarded.close()
