"""Prometheus through prometheus-api-client, over the guarded path."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import requests
from prometheus_api_client import PrometheusConnect
from requests.adapters import BaseAdapter

from troubleshoot.backends.http.client import HttpClient
from troubleshoot.backends.http.endpoint import Endpoint
from troubleshoot.backends.parse.parsing import parse
from troubleshoot.model.query import QueryKind, RawResponse, Request
from troubleshoot.model.signal import Signal

_ENDS = ("start", "end")
_NAME = "__name__"  # the label whose values are the names of all metrics
ENDPOINTS = (
    Endpoint("GET", "/api/v1/query", ("query", "time")),
    Endpoint("GET", "/api/v1/query_range", ("query", *_ENDS, "step")),
    Endpoint("GET", f"/api/v1/label/{_NAME}/values", ("match[]", *_ENDS)),
    Endpoint("GET", "/api/v1/metadata"),
)
_NOTHING = b'{"status": "success", "data": {"result": []}}'


class Client:
    """Prometheus through a client library, which writes the requests.

    Their answers are kept as they came, because the library drops warnings and reads a refusal
    without its words.
    """

    def __init__(self, guarded: HttpClient) -> None:
        self._guarded = guarded

    def fetch(self, request: Request) -> RawResponse:
        session = _Session(self._guarded)  # one for each request: sessions are not for threads
        client = PrometheusConnect(self._guarded.base, session=session)
        params = _grouped(request.params)
        if request.ask is QueryKind.RANGE:
            start, end = (datetime.fromtimestamp(float(params[name]), UTC) for name in _ENDS)
            # the params given beside them win, so that the client rounds nothing
            client.custom_query_range(params["query"], start, end, params["step"], params=params)
        elif request.ask is QueryKind.INSTANT:
            client.custom_query(params["query"], params=params)
        elif request.ask is QueryKind.TYPES:
            client.get_metric_metadata("")
        else:
            client.get_label_values(_NAME, params=params)
        return session.adapter.answer

    def parse(self, request: Request, raw: RawResponse) -> Signal:
        return parse(request, raw)

    def close(self) -> None:
        self._guarded.close()


def _grouped(params: tuple[tuple[str, str], ...]) -> dict[str, Any]:
    """As the client takes them: a name that stands twice has a list."""
    found: dict[str, Any] = {}
    for name, value in params:
        found[name] = [*_several(found[name]), value] if name in found else value
    return found


def _several(value: Any) -> list[str]:
    return value if isinstance(value, list) else [value]


class _Session(requests.Session):
    """Whatever the client mounts, every request takes the guarded path."""

    def __init__(self, guarded: HttpClient) -> None:
        super().__init__()
        self.trust_env = False  # no .netrc, no proxies: only what the settings say
        self.adapter = _Adapter(guarded)

    def get_adapter(self, url: str | bytes) -> "_Adapter":  # noqa: ARG002
        return self.adapter


class _Adapter(BaseAdapter):
    """Keeps the answer; the client gets an empty one, which it cannot trip over."""

    answer: RawResponse

    def __init__(self, guarded: HttpClient) -> None:
        super().__init__()
        self._guarded = guarded

    def send(  # noqa: PLR0913, PLR0917  # requests' signature
        self,
        request: requests.PreparedRequest,
        stream: bool = False,  # noqa: ARG002
        timeout: Any = None,  # noqa: ARG002  # ours are in the guarded path
        verify: bool | str = True,  # noqa: ARG002
        cert: Any = None,  # noqa: ARG002
        proxies: Mapping[str, str] | None = None,  # noqa: ARG002
    ) -> requests.Response:
        self.answer = self._guarded.send(request.method or "", request.url or "")
        response = requests.Response()
        response.status_code, response._content = 200, _NOTHING
        response.request, response.url = request, request.url or ""
        return response

    def close(self) -> None:
        """Nothing of its own is open."""
