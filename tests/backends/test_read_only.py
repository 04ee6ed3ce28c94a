"""The read-only guarantee at the rim: what is none of the few ways to read never leaves.

What arrived is compared with a list of its own, as a server would see it.
"""

from urllib.parse import parse_qsl, urlsplit

import pytest

from tests.backends.requests import ALL, LOGS
from tests.backends.rim import ENDPOINTS, guarded, opened, reads, refused, search
from tests.backends.server import answer, serve
from troubleshoot.model.query import QueryKind, Request
from troubleshoot.model.signal import Missing, ProblemKind
from troubleshoot.model.store import Store

HARMFUL = [
    "shop-logs/_delete_by_query#",
    "shop-logs/_delete_by_query?",
    "shop-logs/_delete_by_query?x=",
    "shop-logs/_delete_by_query;",
    "shop-logs/_delete_by_query%23",
    "shop-logs/_delete_by_query%3f",
    "shop-logs%2f_delete_by_query%23",
    "shop-logs%252f_delete_by_query%2523",
    "shop-logs\\_delete_by_query",
    "shop-logs/_delete_by_query\n",
    "shop-logs/_delete_by_query\r\nX: y",
    "shop-logs/_delete_by_query\0",
    "shop-logs/_delete_by_query%00",
    "shop-logs／_delete_by_query",
    "shop-logs\u2028_delete_by_query",
    "shop-logs/_delete_by_query\udc80",
    "shop-logs//_delete_by_query/..",
    "shop-logs/_delete_by_query/x/..",
    "../_delete_by_query#",
    "..;/_delete_by_query",
    ".",
    "..",
    "",
    "/evil.example/logs",
    "@evil.example/logs",
    "_all",
    "_cluster",
    "_search/scroll#",
    "logs,_delete_by_query",
    "-logs",
    "lo gs",
    "lögs",
    "<logs-{now/d}>",
]


@pytest.mark.parametrize("request_", ALL)
def test_what_the_engine_asks_is_read(request_: Request) -> None:
    with serve(answer()) as server, opened(server.url + "/base") as backends:
        backends[request_.store].fetch(request_)
    assert [reads(seen) for seen in server.seen] == [True]


@pytest.mark.parametrize("form", ["/{}/_search", "/{}/_field_caps"])
@pytest.mark.parametrize("index", HARMFUL)
def test_an_index_that_would_be_more_than_an_index_is_not_sent(index: str, form: str) -> None:
    with serve(answer()) as server, opened(server.url + "/base") as backends:
        for method, body in (("POST", LOGS.body), ("GET", "")):
            request = Request(
                Store.ELASTICSEARCH, QueryKind.LOGS, method, form.format(index), body=body
            )
            raw = backends[Store.ELASTICSEARCH].fetch(request)
            signal = backends[Store.ELASTICSEARCH].parse(request, raw)
            assert refused(raw, server), raw.failure
            assert isinstance(signal, Missing)
            assert signal.problem.trouble is ProblemKind.ERROR


@pytest.mark.parametrize("store", Store)
@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("DELETE", "/logs"),
        ("PUT", "/logs/_search"),
        ("PATCH", "/api/services"),
        ("POST", "/logs/_doc"),
        ("POST", "/logs/_delete_by_query"),
        ("POST", "/_search"),
        ("POST", "/logs/_search/scroll"),
        ("POST", "/logs/_SEARCH"),
        ("POST", "/logs/_field_caps"),
        ("GET", "/logs/_search"),
        ("GET", "/_cluster/health"),
        ("HEAD", "/"),
        ("GET", "/"),
        ("GET", ""),
        ("POST", "/api/v1/query"),
        ("POST", "/api/v1/admin/tsdb/delete_series"),
        ("GET", "/api/v1/admin/tsdb/delete_series"),
        ("POST", "/-/quit"),
        ("GET", "/-/reload"),
        ("GET", "/api/v1/label/x/values"),
        ("GET", "/api/v1/label/..%2f../values"),
        ("GET", "/api/v1/query/"),
        ("GET", "/api/v1//query"),
        ("GET", "/api/v1/query;x=1"),
        ("GET", "/api/v1/%71uery"),
        ("GET", "/api/v1/query%00"),
        ("GET", "/api\\v1\\query"),
        ("POST", "/api/traces"),
        ("GET", "/api/traces/1"),
        ("GET", "/api/traces/../archive/1"),
        ("POST", "/api/archive/1"),
        ("GET", "/api/services#/x"),
        ("get", "/api/services\r\nX: y"),
        ("GE T", "/api/services"),
    ],
)
def test_a_path_or_method_that_is_not_on_the_list_is_not_sent(
    store: Store, method: str, path: str
) -> None:
    with serve(answer()) as server, guarded(store, server.url + "/base") as way:
        assert refused(way.send(method, way.base + path), server)


@pytest.mark.parametrize("address", ["http://127.0.0.1:1", "https://{}", "http://{}@{}", "//{}"])
def test_no_other_server_and_no_other_base_path_is_asked(address: str) -> None:
    with serve(answer()) as server, guarded(Store.JAEGER, server.url + "/base") as way:
        here = server.url.removeprefix("http://")
        for base in (address.format(here, here) + "/base", server.url, server.url + "/basement"):
            assert refused(way.send("GET", base + "/api/services"), server)


@pytest.mark.parametrize(
    ("store", "target"),
    [
        (Store.PROMETHEUS, "/api/v1/query?query=up&_method=DELETE"),
        (Store.PROMETHEUS, "/api/v1/query?query=up;_method=DELETE"),
        (Store.PROMETHEUS, "/api/v1/query?_method"),
        (Store.PROMETHEUS, "/api/v1/query?%5fmethod=DELETE"),
        (Store.JAEGER, "/api/services?service=x"),
        (Store.JAEGER, "/api/traces?traceID=1"),
        (Store.ELASTICSEARCH, "/logs/_field_caps?source={}&source_content_type=application/json"),
    ],
)
def test_a_parameter_that_is_not_on_the_list_is_not_sent(store: Store, target: str) -> None:
    with serve(answer()) as server, guarded(store, server.url) as way:
        assert refused(way.send("GET", way.base + target), server)


@pytest.mark.parametrize("name", ["scroll", "search_type", "source", "q", "pipeline", "routing"])
def test_a_search_that_leaves_something_behind_is_not_sent(name: str) -> None:
    with serve(answer()) as server, opened(server.url) as backends:
        raw = backends[Store.ELASTICSEARCH].fetch(search("logs", **{name: "1m"}))
        assert refused(raw, server)
        assert f"the parameter {name!r}" in raw.failure


@pytest.mark.parametrize(
    "body",
    [
        '{"query": {"script": {"script": "true"}}}',
        '{"query": {"match_all": {}}, "query": {"script": {"script": "true"}}}',
        '{"pit": {"id": "x"}}',
        "[]",
        "",
        "no JSON",
        '{"size": 1}{"size": 2}',
        '{"query": ' + '{"bool": {"must": ' * 5000 + "{}" + "}}" * 5000 + "}",
        '{"size": "\udc80"}',
    ],
)
def test_a_body_that_does_more_than_search_is_not_sent(body: str) -> None:
    with serve(answer()) as server, opened(server.url) as backends:
        assert refused(backends[Store.ELASTICSEARCH].fetch(search("logs", body)), server)
        with guarded(Store.ELASTICSEARCH, server.url) as way:
            content = body.encode("utf-8", "surrogatepass")
            assert refused(way.send("POST", way.base + "/logs/_search", content), server)


@pytest.mark.parametrize("store", Store)
def test_a_question_without_a_body_is_not_sent_with_one(store: Store) -> None:
    path = next(one.path for one in ENDPOINTS[store] if one.method == "GET")
    with serve(answer()) as server, guarded(store, server.url) as way:
        assert refused(way.send("GET", way.base + path.format(index="logs"), b"{}"), server)


@pytest.mark.parametrize("name", ["X-HTTP-Method-Override", "x_http_method", "X-Rewrite-URL"])
def test_a_header_that_rewrites_a_request_is_not_sent(name: str) -> None:
    with serve(answer()) as server, guarded(Store.JAEGER, server.url, {name: "DELETE"}) as way:
        assert refused(way.send("GET", way.base + "/api/services"), server)


@pytest.mark.parametrize("request_", ALL)
@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_not_followed(request_: Request, status: int) -> None:
    with serve(answer()) as other:
        moved = answer(b"", status, location=f"{other.url}/logs/_delete_by_query")
        with serve(moved) as server, opened(server.url + "/base") as backends:
            raw = backends[request_.store].fetch(request_)
    assert [reads(seen) for seen in server.seen] == [True]
    assert (other.seen, raw.status) == ([], 0)
    assert "redirects to" in raw.failure


def test_what_a_value_says_stays_inside_its_parameter() -> None:
    service = "a&limit=1#/../x?y=z;\n\\"
    params = (("service", service), ("limit", "3"))
    request = Request(Store.JAEGER, QueryKind.TRACES, "GET", "/api/traces", params, limit=2)
    with serve(answer()) as server, opened(server.url + "/base") as backends:
        backends[Store.JAEGER].fetch(request)
    (seen,) = server.seen
    assert reads(seen)
    assert parse_qsl(urlsplit(seen.target).query) == list(params)
