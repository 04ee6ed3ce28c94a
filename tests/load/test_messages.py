"""What clients of many languages say is told apart by the families of messages that ship."""

import re
from pathlib import Path

import pytest

from troubleshoot.load.assets import built_in
from troubleshoot.load.playbook.messages import find_messages, read_families
from troubleshoot.model.errors import InputError
from troubleshoot.model.messages import Family

GOES = "dial tcp 10.0.3.7:8080: connect: connection refused"
SAID = {
    "refused": [
        GOES,
        'rpc error: code = Unavailable desc = "transport: Error while dialing: ' + GOES + '"',
        "java.net.ConnectException: Connection refused (Connection refused)",
        "connect ECONNREFUSED 10.0.3.7:8080",
        "[Errno 111] Connect call failed ('10.0.3.7', 8080)",
        "No connection could be made because the target machine actively refused it",
        "upstream connect error or disconnect/reset before headers: connection failure",
        "no healthy upstream",
        "no live upstreams while connecting to upstream",
        "No instances available for stock-svc",
    ],
    "unreachable": [
        "dial tcp: lookup stock on 10.96.0.10:53: no such host",
        "getaddrinfo ENOTFOUND stock",
        "java.net.UnknownHostException: stock",
        "[Errno -2] Name or service not known",
        "Temporary failure in name resolution",
        "Could not resolve host: stock",
        "connect: no route to host",
        "java.net.NoRouteToHostException: Host is unreachable",
    ],
    "timeout": [
        "context deadline exceeded",
        "4 DEADLINE_EXCEEDED: Deadline exceeded after 1.9s",
        "java.net.SocketTimeoutException: Read timed out",
        "timeout of 2000ms exceeded",
        "HTTPConnectionPool(host='stock', port=80): Read timed out. (read timeout=2)",
        "upstream request timeout",
        "ReadTimeout: the server did not respond",
    ],
    "overload": [
        "429 Too Many Requests",
        "rpc error: code = ResourceExhausted desc = grpc: received message queue is full",
        "java.util.concurrent.RejectedExecutionException: Task rejected",
        "overloaded: request was shed",
    ],
    "pool": [
        "HikariPool-1 - Connection is not available, request timed out after 30000ms",
        "QueuePool limit of size 5 overflow 10 reached, connection timed out",
        "Knex: Timeout acquiring a connection. The pool is probably full.",
        "FATAL: sorry, too many clients already",
        "remaining connection slots are reserved for roles with the SUPERUSER attribute",
    ],
    "program_error": [
        "KeyError: 'currency'",
        "java.lang.NullPointerException: null",
        "TypeError: Cannot read properties of undefined (reading 'price')",
        "panic: runtime error: index out of range [3] with length 3",
        "runtime error: invalid memory address or nil pointer dereference",
        "System.NullReferenceException: Object reference not set",
    ],
}  # fmt: skip
BOTH = {("pool", "timeout")}  # waiting for a connection took too long
CASES = [(family, text) for family, texts in SAID.items() for text in texts]


@pytest.fixture(scope="module")
def families() -> tuple[Family, ...]:
    found = read_families(find_messages([built_in().queries]))
    return tuple(one for one in found if one.name in SAID)


@pytest.mark.parametrize(("family", "text"), CASES, ids=[text[:40] for _, text in CASES])
def test_a_clients_message_is_of_one_family(
    families: tuple[Family, ...], family: str, text: str
) -> None:
    found = {one.name for one in families if one.says(text)}
    assert family in found
    assert all((family, other) in BOTH for other in found - {family})


@pytest.mark.parametrize(
    "text",
    [
        "card declined: insufficient funds",
        "order 4711 not found",
        "sku lookup failed",
        "stock is 0",
    ],
)
def test_everyday_messages_are_of_none(families: tuple[Family, ...], text: str) -> None:
    assert not [one.name for one in families if one.says(text)]


OWN = """\
families:
  timeout:
    means: ignored, the family is there
    patterns:
      - {pattern: 'zeit(ü|ue)berschreitung', example: "Zeitüberschreitung bei stock"}
  quota:
    means: a quota is used up
    patterns:
      - {pattern: 'quota', example: "quota exceeded"}
"""


def own(folder: Path, text: str = OWN) -> tuple[Family, ...]:
    (folder / "messages.yaml").write_text(text, encoding="utf-8")
    return read_families(find_messages([folder, built_in().queries]))


def test_a_file_of_ones_own_adds_patterns_and_families_to_what_ships(tmp_path: Path) -> None:
    found = {one.name: one for one in own(tmp_path)}
    assert found["timeout"].says("ZEITÜBERSCHREITUNG")
    assert found["timeout"].says("context deadline exceeded")
    assert found["quota"].says("Quota exceeded")
    assert set(found) > set(SAID)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("quota exceeded", "limit exceeded", "messages.yaml:9:"),
        ("'quota'", "'quota('", "'quota(' is not a regular expression"),
        ("means: a quota is used up", "mean: x", "unknown key 'mean'. Did you mean 'means'?"),
        ("  quota:", "  Quota:", "'Quota' does not have the form"),
    ],
)
def test_a_mistake_in_it_is_named_with_its_place(
    tmp_path: Path, old: str, new: str, said: str
) -> None:
    with pytest.raises(InputError, match=re.escape(said)):
        own(tmp_path, OWN.replace(old, new))


def test_a_pattern_that_is_not_found_in_its_example_is_said_to_be_so(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="'quota' is not found in its example 'limit exceeded'"):
        own(tmp_path, OWN.replace("quota exceeded", "limit exceeded"))
