import gzip
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread

import pytest

from tests.backends.server import Server, answer, reset, serve
from troubleshoot.backends.guarded import Guarded
from troubleshoot.backends.tls import tls_context
from troubleshoot.model.query import RawResponse, Store
from troubleshoot.model.settings import BackendSettings


@contextmanager
def opened(url: str, **more: object) -> Iterator[Guarded]:
    settings = BackendSettings.model_validate({"url": url, "read_timeout": 3.0, **more})
    context = tls_context(Store.JAEGER, settings)
    guarded = Guarded(Store.JAEGER, settings, settings.headers, context)
    try:
        yield guarded
    finally:
        guarded.close()


def ask(server: Server, path: str = "/api/services", **more: object) -> RawResponse:
    with opened(server.url, **more) as guarded:
        return guarded.send("GET", guarded.base + path)


def silence(connection: socket.socket) -> None:
    """Until the other side gives up."""
    connection.recv(1)


def test_a_good_answer_comes_back_as_it_was() -> None:
    with serve(answer(b'{"data": []}')) as server:
        raw = ask(server, "/api/services?x=1")
    assert (raw.status, raw.body, raw.failure) == (200, b'{"data": []}', "")
    assert raw.content_type == "application/json"
    assert raw.url == server.url + "/api/services"
    assert 0 < raw.took < 3


def test_the_base_path_of_the_address_is_kept() -> None:
    with serve(answer()) as server, opened(server.url + "/jaeger/") as guarded:
        guarded.send("GET", guarded.base + "/api/services")
    assert server.seen[0].target == "/jaeger/api/services"


def test_extra_headers_are_sent_and_the_program_names_itself() -> None:
    with serve(answer()) as server:
        ask(server, headers={"X-Team": "orders"})
    assert server.seen[0].headers["x-team"] == "orders"
    assert server.seen[0].headers["user-agent"].startswith("troubleshoot/")


@pytest.mark.parametrize(
    ("method", "path"),
    [("DELETE", "/logs"), ("PUT", "/logs/_search"), ("POST", "/logs/_doc"), ("HEAD", "/")],
)
def test_a_request_that_could_change_something_is_never_sent(method: str, path: str) -> None:
    with serve(answer()) as server:
        with opened(server.url) as guarded, pytest.raises(ValueError, match="not a way to read"):
            guarded.send(method, guarded.base + path)
        assert server.seen == []


@pytest.mark.parametrize("status", [429, 502, 503, 504])
def test_a_busy_server_is_asked_once_more(status: int) -> None:
    with serve(answer(status=status), answer(b'{"data": 1}')) as server:
        raw = ask(server)
    assert (raw.status, raw.body, len(server.seen)) == (200, b'{"data": 1}', 2)


def test_a_server_that_stays_busy_is_asked_twice_and_no_more() -> None:
    with serve(answer(b"sorry", 503)) as server:
        raw = ask(server)
    assert (raw.status, raw.body, len(server.seen)) == (503, b"sorry", 2)


@pytest.mark.parametrize("status", [400, 401, 404, 500])
def test_other_errors_are_not_repeated(status: int) -> None:
    with serve(answer(status=status)) as server:
        assert ask(server).status == status
    assert len(server.seen) == 1


def test_a_short_retry_after_is_waited_for() -> None:
    with serve(answer(status=503, retry_after="1"), answer()) as server:
        raw = ask(server)
    assert (raw.status, len(server.seen)) == (200, 2)
    assert raw.took >= 1


@pytest.mark.parametrize("after", ["60", "Wed, 21 Oct 2026 07:28:00 GMT"])
def test_a_long_retry_after_means_no_second_try(after: str) -> None:
    with serve(answer(status=429, retry_after=after)) as server:
        raw = ask(server)
    assert (raw.status, len(server.seen)) == (429, 1)
    assert raw.took < 1


def test_a_reset_connection_is_tried_once_more() -> None:
    with serve(reset, answer(b'{"data": 1}')) as server:
        raw = ask(server)
    assert (raw.status, len(server.seen)) == (200, 2)


def test_a_connection_that_is_always_reset_is_a_failure() -> None:
    with serve(reset) as server:
        raw = ask(server)
    assert raw.status == 0
    assert "closed the connection without an HTTP answer" in raw.failure
    assert len(server.seen) == 2


def test_nothing_listening_names_the_address_and_the_setting() -> None:
    with serve(answer()) as server:
        pass
    raw = ask(server)
    reason, hint = raw.failure.split("\n")
    assert reason == f"Jaeger: nothing listens at {server.url}/api/services (connection refused)"
    assert hint == "set TROUBLESHOOT_JAEGER_URL or jaeger.url in troubleshoot.yaml"


def test_an_unknown_host_is_told_apart() -> None:
    raw = ask(Server("http://no-such-host.invalid:1"))
    assert "there is no host named 'no-such-host.invalid' (DNS)" in raw.failure


def test_a_host_that_does_not_connect_costs_the_connect_timeout() -> None:
    full = socket.create_server(("127.0.0.1", 0), backlog=0)
    address = full.getsockname()
    waiting = [socket.socket() for _ in range(8)]
    for one in waiting:  # fills the queue of a server that never accepts
        one.setblocking(False)
        one.connect_ex(address)
    raw = ask(Server(f"http://127.0.0.1:{address[1]}"), connect_timeout=0.5)
    for one in (*waiting, full):
        one.close()
    assert "no connection to" in raw.failure
    assert "within 0.5 s" in raw.failure
    assert raw.took < 1.5


def test_a_silent_server_costs_the_read_timeout_and_no_second_try() -> None:
    with serve(silence) as server:
        raw = ask(server, read_timeout=0.5)
    assert "no whole answer from" in raw.failure
    assert "within 0.5 s" in raw.failure
    assert "TROUBLESHOOT_JAEGER_READ_TIMEOUT" in raw.failure
    assert 0.4 < raw.took < 1.2
    assert len(server.seen) == 1


def drip(connection: socket.socket, text: bytes) -> None:
    for place in range(len(text)):
        connection.sendall(text[place : place + 1])
        time.sleep(0.1)


def test_a_body_that_drips_ends_at_the_read_timeout() -> None:
    with serve(lambda connection: drip(connection, answer(b"x" * 20)[:-20] + b"x" * 20)) as server:
        raw = ask(server, read_timeout=0.6)
    assert "no whole answer from" in raw.failure
    assert 0.5 < raw.took < 1.0


def test_headers_that_drip_end_at_the_read_timeout() -> None:
    def headers_then_drip(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\n")
        drip(connection, b"x-slow: " + b"y" * 20)

    with serve(headers_then_drip) as server:
        raw = ask(server, read_timeout=0.6)
    assert "no whole answer from" in raw.failure
    assert 0.5 < raw.took < 1.0


def test_both_tries_together_take_no_longer_than_the_read_timeout() -> None:
    def late(connection: socket.socket) -> None:
        time.sleep(0.6)
        connection.sendall(answer(status=503))

    with serve(late) as server:
        raw = ask(server, read_timeout=1.0)
    assert raw.took < 1.3


def test_a_body_over_the_limit_is_not_read_to_its_end() -> None:
    sent: list[int] = []

    def endless(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        while len(sent) < 10_000:
            connection.sendall(b"x" * 100_000)
            sent.append(1)

    with serve(endless) as server:
        raw = ask(server, max_bytes=1_000_000)
    assert "larger than 1,000,000 bytes" in raw.failure
    assert "TROUBLESHOOT_JAEGER_MAX_BYTES" in raw.failure
    assert len(raw.body) < 1000
    assert len(sent) < 1000


def test_a_compressed_bomb_is_stopped_by_its_unpacked_size() -> None:
    bomb = gzip.compress(b"0" * 50_000_000)
    assert len(bomb) < 100_000
    with serve(answer(bomb, content_encoding="gzip")) as server:
        raw = ask(server, max_bytes=1_000_000)
    assert "larger than 1,000,000 bytes" in raw.failure


def test_a_compressed_answer_is_unpacked() -> None:
    with serve(answer(gzip.compress(b'{"data": 1}'), content_encoding="gzip")) as server:
        assert ask(server).body == b'{"data": 1}'


def test_a_body_shorter_than_its_length_is_cut_short() -> None:
    whole = answer(b'{"data": ["order-service"]}')
    with serve(whole[:-10]) as server:
        raw = ask(server)
    assert "was cut short after 17 bytes" in raw.failure
    assert raw.status == 0
    assert len(server.seen) == 2


def test_an_incomplete_chunk_is_cut_short() -> None:
    head = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n"
    with serve(head + b'20\r\n{"data": ') as server:
        raw = ask(server)
    assert "was cut short" in raw.failure


def test_a_reset_within_the_body_is_cut_short() -> None:
    def half(connection: socket.socket) -> None:
        connection.sendall(answer(b"x" * 100)[:-50])
        time.sleep(0.1)
        reset(connection)

    with serve(half) as server:
        assert "was cut short" in ask(server).failure


def test_a_redirect_is_named_and_not_followed() -> None:
    with serve(answer(status=302, location="https://sso.example/login?state=s3cret")) as server:
        raw = ask(server)
    assert "redirects to https://sso.example/login (HTTP 302)" in raw.failure
    assert "a login page?" in raw.failure
    assert "s3cret" not in raw.failure
    assert len(server.seen) == 1


def test_something_that_is_not_http_is_told() -> None:
    with serve(b"SSH-2.0-OpenSSH_9.2\r\n") as server:
        assert "without an HTTP answer" in ask(server).failure


def test_a_server_that_closes_an_idle_connection_is_asked_again() -> None:
    keep = answer().replace(b"connection: close\r\n", b"")
    with serve(keep, keep) as server, opened(server.url) as guarded:
        first = guarded.send("GET", guarded.base + "/a")
        time.sleep(0.1)
        second = guarded.send("GET", guarded.base + "/b")
    assert (first.status, second.status) == (200, 200)


def test_no_more_requests_run_at_once_than_allowed() -> None:
    running, most = [], []

    def slow(connection: socket.socket) -> None:
        running.append(1)
        most.append(len(running))
        time.sleep(0.05)
        running.pop()
        connection.sendall(answer())

    with serve(slow) as server, opened(server.url, concurrency=2) as guarded:
        threads = [Thread(target=guarded.send, args=("GET", guarded.base + "/a")) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert len(server.seen) == 8
    assert max(most) == 2


def test_closing_ends_a_request_under_way_at_once() -> None:
    answers: list[RawResponse] = []
    with serve(silence) as server, opened(server.url) as guarded:
        thread = Thread(target=lambda: answers.append(guarded.send("GET", guarded.base + "/a")))
        thread.start()
        time.sleep(0.2)
        started = time.monotonic()
        guarded.close()
        thread.join()
        assert time.monotonic() - started < 0.5
        later = guarded.send("GET", guarded.base + "/a")
    assert answers[0].failure
    assert "the run ended before" in later.failure
    assert len(server.seen) == 1
