import gzip
import socket
import time

from tests.backends.asking import ask
from tests.backends.server import Server, answer, reset, serve, silence


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
