"""What names a component stays as it is; an e-mail address anywhere else does not."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.backends.test_redact import HEX
from tests.backends.test_redacted import bundle
from troubleshoot.backends.recording.bundle import read_bundle, write_bundle
from troubleshoot.backends.redaction.name_places import NamePlaces
from troubleshoot.backends.redaction.redact import Redactor
from troubleshoot.model.bundle import Recorded
from troubleshoot.model.query import QueryKind, RawResponse, Request
from troubleshoot.model.store import Store

XRAY = "adoptions@services-database.us-west-2.rds.amazonaws.com_Database::SQL"
NODE = "rabbit@rabbit-0.rabbit.default.svc.cluster.local"
PLACES = NamePlaces(("component",), ("service.name", "app"))


def metric(**labels: str) -> object:
    return {"data": {"resultType": "vector", "result": [{"metric": labels, "value": [1, "2"]}]}}


def process(name: str, **tags: str) -> object:
    told = [{"key": key, "type": "string", "value": value} for key, value in tags.items()]
    return {"data": [{"processes": {"p1": {"serviceName": name, "tags": told}}, "spans": []}]}


def span(key: str, value: str) -> object:
    return {"data": [{"spans": [{"tags": [{"key": key, "type": "string", "value": value}]}]}]}


def line(**source: Any) -> object:
    return {"hits": {"hits": [{"_id": "1", "_source": source}]}}


def redacted(answer: object) -> object:
    body = json.dumps(answer).encode()
    text = Redactor(b"salt", PLACES).body(body).decode()
    return json.loads(HEX.sub(r"[\1]", text))


@pytest.mark.parametrize(
    "answer",
    [
        metric(component=XRAY),
        metric(__name__="up", job="a", service=XRAY),
        metric(source=XRAY, host=NODE, instance=NODE),
        process(XRAY),
        {"data": [XRAY, "frontend"], "total": 2},
        {"data": [{"parent": "frontend", "child": XRAY, "callCount": 3}]},
        span("peer.service", XRAY),
        span("net.peer.name", NODE),
        line(**{"service.name": XRAY}),
        line(service={"type": "db", "name": XRAY}, message="slow"),
        line(app=[XRAY, NODE]),
        {"hits": {"hits": [{"fields": {"service.name": [XRAY]}}]}},
        {"aggregations": {"services": {"buckets": [{"key": XRAY, "doc_count": 2}]}}},
        line(filler="x" * 9_000, message='{"a": [', service={"name": XRAY}),
    ],
)
def test_the_name_of_a_component_stays(answer: object) -> None:
    assert redacted(answer) == answer


MAIL = "bob@shop.example"


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (metric(component="a", user=MAIL), metric(component="a", user="[email]")),
        (metric(component="amqp://a:b@mq"), metric(component="amqp://[userinfo]@mq")),
        (process("a", user=MAIL), process("a", user="[email]")),
        (process("password=a1 " + MAIL), process("password=[secret] [email]")),
        (span("enduser.id", MAIL), span("enduser.id", "[email]")),
        (span("peer.service", "token=ab12"), span("peer.service", "token=[secret]")),
        (line(message=f"call to {NODE} failed"), line(message="call to [email] failed")),
        (line(name=MAIL, user={"name": MAIL}), line(name="[email]", user={"name": "[email]"})),
        (
            line(app=[{"app": "a"}, MAIL], data=[MAIL]),
            line(app=[{"app": "a"}, MAIL], data=["[email]"]),
        ),
        (line(data={"parent": MAIL}), line(data={"parent": "[email]"})),
        (line(user={"service": {"name": MAIL}}), line(user={"service": {"name": "[email]"}})),
        (line(app="4111 1111 1111 1111"), line(app="[card]")),
        (line(metric={"component": MAIL}), line(metric={"component": "[email]"})),
        ({"data": {"result": [], "user": MAIL}}, {"data": {"result": [], "user": "[email]"}}),
    ],
)
def test_anything_else_that_looks_like_a_secret_goes(answer: object, expected: object) -> None:
    assert redacted(answer) == expected


def test_a_secret_that_is_known_goes_even_there() -> None:
    one = Redactor(b"salt", PLACES)
    one.learn(["adoptions@services"])
    assert XRAY not in one.body(json.dumps(process(XRAY)).encode()).decode()


def test_names_are_the_same_in_every_run() -> None:
    body = json.dumps(metric(component=XRAY)).encode()
    assert Redactor(b"one", PLACES).body(body) == Redactor(b"two", PLACES).body(body) == body


def test_a_recorded_request_for_such_a_service_finds_its_answer_again(tmp_path: Path) -> None:
    asked = Request(Store.JAEGER, QueryKind.TRACES, "GET", "/api/traces", (("service", XRAY),))
    body = json.dumps(process(XRAY)).encode()
    made = bundle(Recorded(asked, RawResponse("http://jaeger/api/traces", 200, body, 0.1)))
    written = replace(made, setup=replace(made.setup, calls=(("frontend", XRAY),)))
    file = tmp_path / "run.zip"
    write_bundle(file, written, Redactor(b"salt", PLACES))
    assert read_bundle(file) == written
