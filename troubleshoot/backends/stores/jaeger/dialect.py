"""How Jaeger is asked: a query is the parameters of its search, as JSON."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import quote, urlencode

from troubleshoot.model.dialect import Slip, TraceDialect, Urls
from troubleshoot.model.finding import Link
from troubleshoot.model.query import QueryKind, Request
from troubleshoot.model.spelling import did_you_mean
from troubleshoot.model.store import Store
from troubleshoot.model.window import Interval, Window

# of /api/traces; the window gives start and end
_KEYS = ("limit", "maxDuration", "minDuration", "operation", "service", "tags")

FEW = 5  # traces that show where requests to a service begin


class JaegerDialect:
    language = "json"
    unset: Mapping[str, Any] = {}

    def slips(self, query: Any) -> Iterator[Slip]:
        for key in query:
            if key not in _KEYS:
                hint = did_you_mean(key, _KEYS)
                yield Slip((), f"unknown key {key!r}.{hint} Allowed: {', '.join(_KEYS)}")
        if not isinstance(query.get("service"), str):  # '' is wherever requests come in
            yield Slip((), "the key 'service' must name a service")
        limit = query.get("limit", 1)
        if type(limit) is not int or limit < 1:
            message = f"the key 'limit' must be a whole number above zero, not {limit!r}"
            yield Slip((), message)

    def services(self) -> Request:
        return Request(Store.JAEGER, QueryKind.SERVICES, "GET", "/api/services")

    def calls(self, interval: Interval) -> Request:
        length = interval.end.timestamp() - interval.start.timestamp()
        params = {
            "endTs": str(round(interval.end.timestamp() * 1e3)),
            "lookback": str(round(length * 1e3)),
        }
        path = "/api/dependencies"
        return Request(Store.JAEGER, QueryKind.CALLS, "GET", path, tuple(params.items()))

    def leaves_open(self, text: str) -> bool:
        return not json.loads(text)["service"]

    def traces(self, text: str, interval: Interval, service: str = "") -> Request:
        """One more than the limit is asked for, so that truncation shows."""
        query = json.loads(text)
        query["service"] = query["service"] or service
        limit = int(query.pop("limit", 200))
        params = {name: _text(value) for name, value in query.items()}
        params |= {
            "start": str(round(interval.start.timestamp() * 1e6)),
            "end": str(round(interval.end.timestamp() * 1e6)),
            "limit": str(limit + 1),
        }
        path = "/api/traces"
        return Request(
            Store.JAEGER, QueryKind.TRACES, "GET", path, tuple(params.items()), limit=limit
        )

    def some_traces(self, service: str, interval: Interval) -> Request:
        return self.traces(json.dumps({"service": service, "limit": FEW}), interval)

    def links(
        self,
        asked: Sequence[Request],
        window: Window,  # noqa: ARG002  # the request has it
        urls: Urls,
    ) -> tuple[Link, ...]:
        """The search of the first."""
        if "jaeger" not in urls:
            return ()
        params = dict(asked[0].params) | {"limit": str(asked[0].limit), "lookback": "custom"}
        page = urlencode(params, quote_via=quote)
        return (Link("Jaeger search", f"{urls['jaeger']}/search?{page}"),)


DIALECT: TraceDialect = JaegerDialect()


def _text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, separators=(",", ":"))
