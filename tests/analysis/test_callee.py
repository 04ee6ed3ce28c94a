"""Whom a span is charged to."""

from dataclasses import replace

import pytest

from tests.analysis.made import span, trace
from troubleshoot.analysis.traces.callee import charged, nested, peer
from troubleshoot.analysis.traces.tree import tree
from troubleshoot.model.signal import Span


def call(tags: dict[str, str] | None = None) -> Span:
    one = span("call", "order", kind="client")
    return replace(one, tags=tuple((tags or {}).items()))


def test_calls_of_the_same_service_within_a_call_are_one_call() -> None:
    rpc = span("rpc", "order", kind="client")
    http = span("http", "order", parent="rpc", kind="client")
    others = (span("step", "order", parent="rpc", kind="internal"), span("in", "pay", parent="rpc"))
    assert nested(rpc, tree(trace(rpc, http, *others))) == [http]


def test_a_span_that_calls_nobody_is_its_own_services() -> None:
    one = span("compute", "order", kind="internal", peer__service="elsewhere")
    assert charged(one, tree(trace(one))) == ("order", "service")


@pytest.mark.parametrize(
    ("tags", "callee"),
    [
        ({"peer.service": "pay", "server.address": "10.0.0.3"}, ("pay", "remote")),
        ({"server.address": "pay.example", "rpc.service": "v1.Pay"}, ("pay.example", "remote")),
        ({"net.peer.name": "pay.example"}, ("pay.example", "remote")),
        ({"rpc.service": "v1.Pay", "rpc.system": "grpc"}, ("v1.Pay", "remote")),
        ({"network.peer.address": "10.0.0.3"}, ("10.0.0.3", "remote")),
        ({"peer.hostname": "pay-1"}, ("pay-1", "remote")),
        ({"peer.ipv4": "10.0.0.3"}, ("10.0.0.3", "remote")),
        ({"http.host": "pay:8080"}, ("pay", "remote")),
        ({"http.url": "https://pay.example:8443/v1/charges?x=//y"}, ("pay.example", "remote")),
        ({"url.full": "http://user:secret@pay.example/"}, ("pay.example", "remote")),
        ({"http.url": "/v1/charges"}, ("order", "service")),
        ({"http.url": "http://"}, ("order", "service")),
        ({"db.system": "postgresql", "db.name": "orders"}, ("orders", "database")),
        ({"db.system.name": "postgresql", "db.namespace": "orders"}, ("orders", "database")),
        ({"db.system.name": "postgresql"}, ("postgresql", "database")),
        ({"db.system": "redis", "server.address": "cache"}, ("cache", "database")),
        ({"db.type": "sql", "db.instance": "orders"}, ("orders", "database")),
        ({"messaging.system": "kafka"}, ("kafka", "remote")),
        ({"messaging.system": "kafka", "server.address": "broker"}, ("broker", "remote")),
        ({}, ("order", "service")),
    ],
)
def test_a_call_that_nobody_answered_is_charged_to_whom_its_tags_name(
    tags: dict[str, str], callee: tuple[str, str]
) -> None:
    one = call(tags)
    assert charged(one, tree(trace(one))) == callee


def test_who_answered_goes_before_what_the_tags_say() -> None:
    one = call({"peer.service": "gateway"})
    whole = tree(trace(one, span("charge", "payment", parent="call")))
    assert charged(one, whole) == ("payment", "service")


def test_what_the_caller_does_within_its_call_does_not_hide_who_answered() -> None:
    one = call()
    connect = span("connect", "order", parent="call", kind="internal")
    whole = tree(trace(one, connect, span("charge", "payment", parent="call", start=0.5)))
    assert charged(one, whole) == ("payment", "service")


def test_a_call_of_a_library_within_a_call_leads_to_the_same_callee() -> None:
    one = call({"rpc.service": "v1.Pay"})
    http = span("HTTP", "order", parent="call", kind="client", server__address="10.0.0.3")
    answer = span("charge", "payment", parent="HTTP")
    assert charged(one, tree(trace(one, http, answer))) == ("payment", "service")
    assert charged(one, tree(trace(one, http))) == ("v1.Pay", "remote")
    assert charged(call(), tree(trace(call(), http))) == ("10.0.0.3", "remote")


def test_what_another_service_calls_is_not_the_callee_of_a_call() -> None:
    """As a proxy's call below that of its application."""
    proxy = span("egress", "order.mesh", parent="call", kind="client", peer__service="payment")
    assert charged(call({"peer.service": "pay"}), tree(trace(call(), proxy))) == ("pay", "remote")
    assert charged(call(), tree(trace(call(), proxy))) == ("order", "service")


def test_calls_within_a_call_that_lead_to_two_callees_say_nothing_about_it() -> None:
    both = [span(name, "order", parent="call", kind="client", peer__service=name) for name in "ab"]
    assert charged(call(), tree(trace(call(), *both))) == ("order", "service")


def test_calls_within_each_other_in_a_circle_end() -> None:
    pair = [span("a", parent="b", kind="client"), span("b", parent="a", kind="client")]
    assert charged(pair[0], tree(trace(*pair))) == ("shop", "service")


def test_who_reads_a_message_later_did_not_answer_who_sent_it() -> None:
    sent = span("send", "order", kind="producer", messaging__system="kafka")
    whole = tree(trace(sent, span("read", "mailer", parent="send", start=60.0, kind="consumer")))
    assert charged(sent, whole) == ("kafka", "remote")


def test_the_peer_of_a_span_without_tags_is_nobody() -> None:
    assert peer(span("x", kind="client")) == ""
