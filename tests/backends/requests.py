"""One request of each kind, as the engine builds them."""

from troubleshoot.model.query import QueryKind, RawResponse, Request
from troubleshoot.model.store import Store

RANGE = Request(
    Store.PROMETHEUS,
    QueryKind.RANGE,
    "GET",
    "/api/v1/query_range",
    (("query", 'up{job=~"a|b"} + 1'), ("start", "100.5"), ("end", "200"), ("step", "15")),
)
INSTANT = Request(
    Store.PROMETHEUS,
    QueryKind.INSTANT,
    "GET",
    "/api/v1/query",
    (("query", "up"), ("time", "200.25")),
)
NAMES = Request(
    Store.PROMETHEUS,
    QueryKind.NAMES,
    "GET",
    "/api/v1/label/__name__/values",
    (("match[]", "up"), ("match[]", "down"), ("start", "1"), ("end", "2")),
)
TYPES = Request(Store.PROMETHEUS, QueryKind.TYPES, "GET", "/api/v1/metadata")
SERVICES = Request(Store.JAEGER, QueryKind.SERVICES, "GET", "/api/services")
TRACES = Request(
    Store.JAEGER,
    QueryKind.TRACES,
    "GET",
    "/api/traces",
    (("service", "order"), ("tags", '{"error":"true"}'), ("limit", "3")),
    limit=2,
)
FIELDS = Request(
    Store.ELASTICSEARCH,
    QueryKind.FIELDS,
    "GET",
    "/logs-*/_field_caps",
    (("fields", "level,message"),),
)
LOGS = Request(
    Store.ELASTICSEARCH,
    QueryKind.LOGS,
    "POST",
    "/logs-*/_search",
    body='{"size": 1, "query": {"match": {"x": "é"}}}',
)
CALLS = Request(Store.JAEGER, QueryKind.CALLS, "GET", "/api/dependencies")
ALL = (RANGE, INSTANT, NAMES, TYPES, SERVICES, CALLS, TRACES, FIELDS, LOGS)


def raw(body: bytes | str, status: int = 200, kind: str = "application/json") -> RawResponse:
    content = body.encode() if isinstance(body, str) else body
    return RawResponse("http://store/path", status, content, 0.1, kind)
