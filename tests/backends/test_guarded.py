import socket
import time
from threading import Thread

import pytest

from tests.backends.asking import ask, opened
from tests.backends.server import answer, reset, serve, silence
from troubleshoot.model.query import RawResponse


def test_a_good_answer_comes_back_as_it_was() -> None:
    with serve(answer(b'{"data": []}')) as server:
        raw = ask(server, "/api/dependencies?lookback=1")
    assert (raw.status, raw.body, raw.failure) == (200, b'{"data": []}', "")
    assert raw.content_type == "application/json"
    assert raw.url == server.url + "/api/dependencies"
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


def test_a_server_that_closes_an_idle_connection_is_asked_again() -> None:
    keep = answer().replace(b"connection: close\r\n", b"")
    with serve(keep, keep) as server, opened(server.url) as guarded:
        first = guarded.send("GET", guarded.base + "/api/services")
        time.sleep(0.1)
        second = guarded.send("GET", guarded.base + "/api/services")
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
        threads = [
            Thread(target=guarded.send, args=("GET", guarded.base + "/api/services"))
            for _ in range(8)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert len(server.seen) == 8
    assert max(most) == 2


def test_closing_ends_a_request_under_way_at_once() -> None:
    answers: list[RawResponse] = []
    with serve(silence) as server, opened(server.url) as guarded:
        thread = Thread(
            target=lambda: answers.append(guarded.send("GET", guarded.base + "/api/services"))
        )
        thread.start()
        time.sleep(0.2)
        started = time.monotonic()
        guarded.close()
        thread.join()
        assert time.monotonic() - started < 0.5
        later = guarded.send("GET", guarded.base + "/api/services")
    assert answers[0].failure
    assert "the run ended before" in later.failure
    assert len(server.seen) == 1
