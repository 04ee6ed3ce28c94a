import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest

from tests.backends.requests import (
    ALL,
    CALLS,
    FIELDS,
    INSTANT,
    LOGS,
    NAMES,
    RANGE,
    SERVICES,
    TRACES,
    TYPES,
)
from tests.backends.server import Server, answer, serve
from troubleshoot.backends.live import open_backends
from troubleshoot.backends.redaction.redact import Redactor
from troubleshoot.model.errors import UsageError
from troubleshoot.model.query import Backend, Request
from troubleshoot.model.settings import Environment
from troubleshoot.model.signal import Missing
from troubleshoot.model.store import Store

SECRET = "hunter2-hunter2"
BODIES = {
    RANGE: b'{"status":"success","data":{"resultType":"matrix","result":[]}}',
    INSTANT: b'{"status":"success","data":{"resultType":"vector","result":[]}}',
    NAMES: b'{"status":"success","data":["up"]}',
    TYPES: b'{"status":"success","data":{"up":[{"type":"gauge"}]}}',
    SERVICES: b'{"data":["order"]}',
    CALLS: b'{"data":[]}',
    TRACES: b'{"data":[]}',
    FIELDS: b'{"indices":["a"],"fields":{}}',
    LOGS: b'{"hits":{"total":0,"hits":[]}}',
}


@contextmanager
def opened(url: str, **more: Any) -> Iterator[dict[Store, Backend]]:
    settings = {"url": url, "bearer": {"env": "TOKEN"}, "tenant": "shop"} | more
    environment = Environment.model_validate({store.value: settings for store in Store})
    redactor = Redactor(b"salt")
    backends = open_backends(environment, {"TOKEN": SECRET}, redactor, tuple(Store))
    try:
        yield backends
    finally:
        for backend in backends.values():
            backend.close()


def sent(server: Server, request: Request) -> tuple[str, str, list[tuple[str, str]], bytes]:
    with opened(server.url + "/base/") as backends:
        backends[request.store].fetch(request)
    (seen,) = server.seen
    parts = urlsplit(seen.target)
    assert seen.headers["authorization"] == f"Bearer {SECRET}"
    assert seen.headers["x-scope-orgid"] == "shop"
    return seen.method, parts.path, parse_qsl(parts.query), seen.body


@pytest.mark.parametrize("request_", ALL)
def test_every_client_sends_exactly_the_request_it_was_given(request_: Request) -> None:
    with serve(answer(BODIES[request_])) as server:
        method, path, params, body = sent(server, request_)
    assert method == request_.method
    assert path == "/base" + request_.path
    assert sorted(params) == sorted(request_.params)
    assert body == request_.body.encode()


@pytest.mark.parametrize("request_", ALL)
def test_the_answer_is_seen_as_it_came(request_: Request) -> None:
    whole = BODIES[request_]
    reply = answer(whole, kind="application/json; x=y")
    with serve(reply) as server, opened(server.url) as backends:
        raw = backends[request_.store].fetch(request_)
        signal = backends[request_.store].parse(request_, raw)
    assert (raw.body, raw.status, raw.content_type) == (whole, 200, "application/json; x=y")
    assert not isinstance(signal, Missing)
    assert len(server.seen) == 1


@pytest.mark.parametrize("request_", ALL)
@pytest.mark.parametrize(
    "reply",
    [
        answer(b"<html>login</html>", kind="text/html"),
        answer(b'{"error":"x"}', 401),
        answer(b"gone", 404, "text/plain"),
        answer(b'{"status":"error","errorType":"bad_data","error":"x"}', 400),
        answer(b"broken", 500),
        answer(b"", 302, location="http://elsewhere/login"),
        answer(b"[]"),
        answer(b'"text"'),
        answer(b"{}", warning='299 x "deprecated"'),
        answer(b"x" * 50)[:-10],
    ],
)
def test_whatever_a_server_does_is_a_value_and_no_exception(
    request_: Request, reply: bytes
) -> None:
    with serve(reply) as server, opened(server.url) as backends:
        raw = backends[request_.store].fetch(request_)
        signal = backends[request_.store].parse(request_, raw)
    assert isinstance(signal, Missing)
    assert signal.problem.reason
    assert signal.problem.hint
    assert "\n" not in signal.problem.reason


@pytest.mark.parametrize("request_", ALL)
def test_nothing_listening_is_a_value_naming_address_and_setting(request_: Request) -> None:
    with serve(answer()) as server:
        pass
    with opened(server.url) as backends:
        raw = backends[request_.store].fetch(request_)
        signal = backends[request_.store].parse(request_, raw)
    assert isinstance(signal, Missing)
    assert f"nothing listens at {server.url}{request_.path}" in signal.problem.reason
    assert f"TROUBLESHOOT_{request_.store.upper()}_URL" in signal.problem.hint


@pytest.mark.parametrize("request_", ALL)
def test_a_server_that_echoes_our_secret_does_not_get_it_into_anything(request_: Request) -> None:
    echo = json.dumps({"error": f"bad token {SECRET}"}).encode()
    moved = answer(b"", 302, location=f"http://sso/{SECRET}/login")
    with serve(answer(echo, 401), moved) as server, opened(server.url) as backends:
        for _ in range(2):
            raw = backends[request_.store].fetch(request_)
            assert SECRET not in repr((raw, backends[request_.store].parse(request_, raw)))
    assert len(server.seen) == 2


def test_many_threads_share_one_backend_and_each_gets_its_own_answer() -> None:
    def echo(connection: Any) -> None:
        connection.sendall(answer(b'{"hits":{"hits":[]},"n":1}'))

    answers: dict[str, bytes] = {}
    with serve(echo) as server, opened(server.url) as backends:

        def one(number: int) -> None:
            path = f"/logs-{number}/_search"
            request = Request(Store.ELASTICSEARCH, LOGS.ask, "POST", path, body="{}")
            answers[path] = backends[Store.ELASTICSEARCH].fetch(request).url.encode()

        threads = [Thread(target=one, args=(number,)) for number in range(24)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert answers == {path: (server.url + path).encode() for path in answers}
    assert len(answers) == 24


def test_only_the_stores_that_are_wanted_and_configured_are_opened() -> None:
    environment = Environment.model_validate({"jaeger": {"url": "http://h"}})
    backends = open_backends(environment, {}, Redactor(b""), [Store.JAEGER, *Store])
    assert list(backends) == [Store.JAEGER]
    assert open_backends(environment, {}, Redactor(b""), [Store.PROMETHEUS]) == {}


def test_a_missing_secret_is_told_before_anything_is_sent() -> None:
    with serve(answer()) as server:
        with (
            pytest.raises(UsageError, match="NOWHERE"),
            opened(server.url, bearer={"env": "NOWHERE"}),
        ):
            pass
        assert server.seen == []


MODULES = {
    "prometheus": "prometheus_api_client",
    "elasticsearch": "elasticsearch",
    "jaeger": "httpx",
}


@pytest.mark.parametrize("store", MODULES)
def test_only_the_client_that_is_needed_is_imported(store: str) -> None:
    code = f"""
import sys
from troubleshoot.backends.live import open_backends
from troubleshoot.backends.recording.replayer import replay_backends
from troubleshoot.backends.recording.bundle import read_bundle
from troubleshoot.backends.redaction.redact import Redactor
from troubleshoot.model.store import Store
from troubleshoot.model.settings import Environment
clients = {set(MODULES.values())!r}
assert not clients & set(sys.modules), clients & set(sys.modules)
environment = Environment.model_validate({{"{store}": {{"url": "http://h"}}}})
open_backends(environment, {{}}, Redactor(b""), list(Store))
print(sorted(clients & set(sys.modules)))
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == str(sorted({"httpx", MODULES[store]}))
