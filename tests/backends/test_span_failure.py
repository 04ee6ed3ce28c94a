"""Whether a span failed: what tracers write, old and new, against OpenTelemetry's conventions."""

from typing import Any

import pytest

from tests.backends.test_parse_jaeger import event, only, span, tag

NEW, OLD = "http.response.status_code", "http.status_code"
RPC, GRPC, ENVOY = "rpc.response.status_code", "rpc.grpc.status_code", "grpc.status_code"
CONNECT, JSON = "rpc.connect_rpc.error_code", "rpc.jsonrpc.error_code"
DB = "db.response.status_code"


def read(kind: str, tags: dict[str, Any], *events: Any) -> Any:
    each = [tag("span.kind", kind), *(tag(name, value) for name, value in tags.items())]
    return only(span(tags=each, logs=list(events)))


@pytest.mark.parametrize(
    ("kind", "tags", "failed"),
    [
        # what the span says of itself
        ("server", {"error": True}, True),
        ("server", {"error": "true"}, True),
        ("", {"error": "connection refused"}, True),
        ("server", {"error": False}, False),
        ("server", {"error": "false"}, False),
        ("server", {"otel.status_code": "ERROR"}, True),
        ("server", {"otel.status_code": "STATUS_CODE_ERROR"}, True),
        ("server", {"otel.status_code": "OK"}, False),
        ("client", {"otel.status_code": "OK", NEW: 404}, False),  # expected, and said to be fine
        ("server", {"error": False, NEW: 500}, True),  # some write it into every span
        ("", {}, False),
        # HTTP: the caller's fault is no failure of who answers
        ("server", {NEW: 200}, False),
        ("server", {NEW: 404}, False),
        ("server", {NEW: 500}, True),
        ("server", {OLD: "503"}, True),
        ("client", {NEW: 302}, False),
        ("client", {NEW: 404}, True),
        ("client", {OLD: 429}, True),
        ("client", {OLD: 504}, True),
        ("", {OLD: 404}, False),
        ("internal", {OLD: 502}, True),
        ("client", {OLD: 0}, False),  # no answer that it knew of
        ("client", {OLD: "50000"}, False),  # no status
        # gRPC, by number and by name
        ("client", {GRPC: 0}, False),
        ("client", {GRPC: 5}, True),
        ("client", {RPC: "NOT_FOUND"}, True),
        ("client", {RPC: "OK"}, False),
        ("client", {ENVOY: "14"}, True),
        ("client", {ENVOY: "Unavailable"}, True),
        ("server", {GRPC: 2}, True),
        ("server", {GRPC: 3}, False),
        ("server", {GRPC: 4}, True),
        ("server", {GRPC: 5}, False),
        ("server", {GRPC: 12}, True),
        ("server", {RPC: "INTERNAL"}, True),
        ("server", {RPC: "RESOURCE_EXHAUSTED"}, False),
        ("server", {RPC: "UNAVAILABLE"}, True),
        ("server", {ENVOY: "DeadlineExceeded"}, True),
        ("server", {ENVOY: "Canceled"}, False),
        ("client", {OLD: 200, ENVOY: "14"}, True),  # over HTTP, where all is well
        ("server", {CONNECT: "unavailable"}, True),
        ("server", {CONNECT: "invalid_argument"}, False),
        ("client", {CONNECT: "invalid_argument"}, True),
        ("server", {JSON: "-32603"}, True),
        ("server", {JSON: "-32602"}, False),
        ("client", {JSON: "-32602"}, True),
        ("server", {JSON: "0"}, False),
        # databases
        ("client", {"db.system": "postgresql", DB: "40001"}, True),
        ("client", {"db.system": "postgresql", DB: "00000"}, False),
        ("client", {"db.system": "postgresql", DB: "02000"}, False),
        ("client", {"db.system.name": "mysql", DB: 1205}, True),
        ("client", {"db.system.name": "oracle.db", DB: "ORA-12541"}, True),
        ("client", {"db.system.name": "elasticsearch", DB: "200"}, False),
        ("client", {"db.system": "elasticsearch", DB: 503}, True),
        ("client", {"db.system": "cosmosdb", "db.cosmosdb.status_code": 201}, False),
        ("client", {"db.system": "cosmosdb", "db.cosmosdb.status_code": 429}, True),
        # the type of an error
        ("client", {"error.type": "java.net.UnknownHostException"}, True),
        ("client", {"error.type": "timeout", "db.system.name": "redis"}, True),
        ("client", {"error.type": "404"}, True),
        ("server", {"error.type": "404"}, False),
        ("server", {"error.type": "_OTHER"}, True),
        ("server", {NEW: 400, "error.type": "ValidationError"}, False),
        ("client", {NEW: 200, "error.type": "response.body.closed"}, True),
        ("consumer", {"error.type": "PoisonMessage"}, True),
    ],
)  # fmt: skip
def test_a_span_failed_as_the_conventions_have_it(
    kind: str, tags: dict[str, Any], failed: bool
) -> None:
    assert read(kind, tags).failed is failed


THROWN = event(event="exception", exception_message="deadlock")


@pytest.mark.parametrize(
    ("tags", "one", "failed"),
    [
        ({}, THROWN, True),
        ({}, event(event="exception", exception_escaped="true"), True),
        ({}, event(event="exception", exception_escaped="false"), False),
        ({}, event(event="error", message="refused"), True),
        ({}, event(level="error", message="a line of the log"), False),
        ({}, event(event="message", message="sent"), False),
        ({NEW: 200}, THROWN, False),  # it was got over: the answer was good
        ({GRPC: 0}, THROWN, False),
        ({NEW: 422}, THROWN, False),
        ({NEW: 500}, THROWN, True),
        ({"otel.status_code": "OK"}, THROWN, False),
    ],
)
def test_an_exception_that_left_a_span_made_it_fail(
    tags: dict[str, Any], one: Any, failed: bool
) -> None:
    assert read("server", tags, one).failed is failed


@pytest.mark.parametrize(
    ("kind", "tags", "message"),
    [
        ("server", {NEW: 503}, "HTTP 503"),
        ("client", {RPC: "UNAVAILABLE", NEW: 200}, "gRPC UNAVAILABLE"),
        ("client", {GRPC: 4}, "gRPC DEADLINE_EXCEEDED"),
        ("client", {ENVOY: "99"}, "gRPC 99"),
        ("client", {"db.system": "postgresql", DB: "40001"}, "database 40001"),
        ("client", {NEW: 503, "otel.status_description": "no upstream"}, "no upstream"),
        ("server", {NEW: 404}, ""),
    ],
)
def test_the_status_of_an_answer_is_told_where_nothing_else_is(
    kind: str, tags: dict[str, Any], message: str
) -> None:
    assert read(kind, tags).message == message
