"""Whose traces are read where nobody named a service and there is no call graph."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.cli.conftest import NOW, Program

GATEWAY = "zz-gateway"
SERVICES = tuple(f"service-{number:02}" for number in range(40))


def span(trace: str, name: str, service: str, parent: str, *, failed: bool, ago: int) -> Any:
    status = 500 if failed else 200
    tags = [{"key": "span.kind", "value": "server"}, {"key": "http.status_code", "value": status}]
    above = [{"refType": "CHILD_OF", "traceID": trace, "spanID": parent}] if parent else []
    return {
        "traceID": trace, "spanID": name, "operationName": "GET", "references": above,
        "startTime": int((NOW.timestamp() - ago) * 1e6), "duration": 90_000, "tags": tags,
        "process": {"serviceName": service},
    }  # fmt: skip


def request(number: int, *, ago: int, failed: bool) -> Any:
    """The gateway calls one of the services."""
    trace, service = f"t{number}{ago}", SERVICES[number % len(SERVICES)]
    spans = [
        span(trace, "a", GATEWAY, "", failed=failed, ago=ago),
        span(trace, "b", service, "a", failed=failed, ago=ago),
    ]
    return {"traceID": trace, "spans": spans, "processes": {}}


NOW_TRACES = [request(number, ago=60, failed=number % 40 == 17) for number in range(120)]
NOW_TRACES += [request(17, ago=70 + number, failed=True) for number in range(40)]
BEFORE = [request(number, ago=5400, failed=False) for number in range(120)]


@contextmanager
def jaeger(services: tuple[str, ...]) -> Iterator[tuple[str, list[str]]]:
    """A server that knows these services, and refuses a search that names none, as Jaeger does."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            url = urlsplit(self.path)
            given = {name: values[0] for name, values in parse_qs(url.query).items()}
            status, data = 200, list[Any]()
            if url.path == "/api/services":
                data = list(services)
            elif url.path == "/api/traces" and not given.get("service"):
                status = 400
            elif url.path == "/api/traces" and "tags" not in given:
                asked.append(given["service"])
                data = _found(given)
            body = json.dumps({"data": data} if status == 200 else {"errors": [{"msg": "service"}]})
            self.send_response(status)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}", asked
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _found(given: dict[str, str]) -> list[Any]:
    since, until = int(given["start"]), int(given["end"])
    traces = [
        one
        for one in (*NOW_TRACES, *BEFORE)
        if since <= one["spans"][0]["startTime"] <= until
        and given["service"] in {each["process"]["serviceName"] for each in one["spans"]}
    ]
    return traces[: int(given["limit"])]


def test_forty_services_without_a_call_graph_are_read_where_requests_come_in(
    program: Program,
) -> None:
    with jaeger((*SERVICES, GATEWAY)) as (url, asked):
        program.environ["TROUBLESHOOT_JAEGER_URL"] = url
        document = program("find-culprit", "-o", "json").document
    (finding,) = [one for one in document["findings"] if one["check"] == "failed-traces"]
    assert finding["items"][0]["facts"]["service"] == SERVICES[17]
    often = {name for name in asked if asked.count(name) > 1}
    assert often == {GATEWAY}


def test_a_jaeger_that_knows_no_service_has_no_data_and_is_not_broken(program: Program) -> None:
    with jaeger(()) as (url, asked):
        program.environ["TROUBLESHOOT_JAEGER_URL"] = url
        ran = program("find-culprit", "-o", "json")
    (finding,) = [one for one in ran.document["findings"] if one["check"] == "failed-traces"]
    assert (finding["outcome"], asked) == ("no_data", [])
    assert finding["reason"] == "Jaeger knows no service: no span was ever sent to it"
