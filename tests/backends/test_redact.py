import json
import re
from threading import Thread
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from troubleshoot.backends.redaction.redact import Redactor

JWT = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N"
KEY = "-----BEGIN RSA PRIVATE KEY-----\nMIIEpAIBAAKCAQEA\n-----END RSA PRIVATE KEY-----"
HEX = re.compile(r"\[(secret|email|card|userinfo):[0-9a-f]{8}\]")


def redactor() -> Redactor:
    return Redactor(b"salt")


def shown(text: str) -> str:
    """Redacted, with placeholders reduced to their kind."""
    return HEX.sub(r"[\1]", redactor().text(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Authorization: Bearer abc.DEF-123", "Authorization: Bearer [secret]"),
        ("authorization=Basic dXNlcjpwYXNz", "authorization=Basic [secret]"),
        ("authorization: 9fj2kd", "authorization: [secret]"),
        ('Authorization: Digest username="u", response="9a"', "Authorization: Digest [secret]"),
        ("sent Bearer 0123456789abc to", "sent Bearer [secret] to"),
        ("sent basic dXNlcjpwYXNz to", "sent basic [secret] to"),
        ("Cookie: sid=abc; theme=dark\nHost: x", "Cookie: [secret]\nHost: x"),
        ("Set-Cookie: sid=abc; HttpOnly", "Set-Cookie: [secret]"),
        ("password=hunter2&user=bob", "password=[secret]&user=bob"),
        ("password = hunter2 done", "password = [secret] done"),
        ("db_passwd: hunter2, retry", "db_passwd: [secret], retry"),
        ("{'secret': 'two words'}", "{'secret': '[secret]'}"),
        ('{"token":"a\\"b c"}', '{"token":"[secret]"}'),
        ('{\\"apiKey\\":\\"a b\\"}', '{\\"apiKey\\":\\"[secret]\\"}'),
        ("X-Api-Key: 12ab34", "X-Api-Key: [secret]"),
        ("accessToken:xyz", "accessToken:[secret]"),
        (f"jwt {JWT} refused", "jwt [secret] refused"),
        ("key AKIAIOSFODNN7EXAMPLE.", "key [secret]."),
        ("stripe sk_live_4eC39HqLyjWDarjtT1", "stripe [secret]"),
        (f"found {KEY} here", "found [secret] here"),
        ("amqp://user:p@ss@mq:5672/v", "amqp://[userinfo]@mq:5672/v"),
        ("https://token@host/path", "https://[userinfo]@host/path"),
        ("mail bob.smith+x@shop.example.org now", "mail [email] now"),
        ("_under@shop.example", "[email]"),
        ("card 4111 1111 1111 1111.", "card [card]."),
        ("card=4111-1111-1111-1111", "card=[card]"),
        ("amex 378282246310005", "amex [card]"),
        ("mc 5555555555554444, visa 4012888888881881", "mc [card], visa [card]"),
    ],
)
def test_secrets_are_taken_out(text: str, expected: str) -> None:
    assert shown(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "token expired",
        "token: expired",
        "invalid token: signature mismatch",
        "password authentication failed for user orders",
        "password: authentication failed",
        "authorization: denied",
        "basic authentication failed",
        "bearer token missing",
        "rate(tokens_total[5m])",
        "max_tokens=4096 token_type=access",
        "secret_name db, cookie: none",
        "token=null password=*** secret=[REDACTED]",
        "@timestamp user@localhost @scope/pkg",
        "http://jaeger:16686/trace/4bf92f3577b34da6a3ce929d0e0e4736",
        "order 4111111111111112 is no card",
        "1762529400123456 1762529400123456789",
        "94111111111111111 4111111111111111234",
        "0.4111111111111111 4111111111111111.5",
        "trace_id=4111111111111111 spanId: 4111111111111111",
        "a4111111111111111 4111111111111111f",
        "2025-11-07 15:30:00 took 5105 1051 ms",
    ],
)
def test_ordinary_words_and_numbers_stay(text: str) -> None:
    assert shown(text) == text


def test_the_same_secret_has_the_same_placeholder_wherever_it_stands() -> None:
    one = redactor()
    text = one.text("password=hunter2222 Authorization: Bearer hunter2222")
    assert len(set(HEX.findall(text))) == 1
    first, second = (found[0] for found in HEX.finditer(text))
    assert first == second
    assert first.encode() in one.body(b'{"token": "hunter2222"}')
    assert one.text("4111 1111 1111 1111") == one.text("4111111111111111")


def test_another_run_has_another_placeholder() -> None:
    assert Redactor(b"one").text("a@b.example") != Redactor(b"two").text("a@b.example")


def test_counts_are_kept_for_each_rule() -> None:
    one = redactor()
    one.text("a@b.example, c@d.example, password=x")
    one.body(b'{"cookie": "a=b", "m": "e@f.example"}')
    assert one.counts == (("email", 3), ("secret", 2))


def test_counts_are_right_when_threads_share_the_redactor() -> None:
    one = redactor()
    threads = [
        Thread(target=lambda: [one.text("a@b.example") for _ in range(500)]) for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert one.counts == (("email", 4000),)


def body(data: object) -> bytes:
    return json.dumps(data).encode()


def redacted(data: object) -> object:
    result: object = json.loads(redactor().body(body(data)))
    return json.loads(HEX.sub(r"[\1]", json.dumps(result)))


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ({"password": "hunter2"}, {"password": "[secret]"}),
        ({"db": {"user.password": 'a"b\\c'}}, {"db": {"user.password": "[secret]"}}),
        ({"set-cookie": ["a=b", "c=d"]}, {"set-cookie": ["[secret]", "[secret]"]}),
        ({"authorization": "Bearer x"}, {"authorization": "Bearer [secret]"}),
        ({"token": ["a"], "next": "b"}, {"token": ["[secret]"], "next": "b"}),
        (
            {"token": 5, "secret": None, "password": ""},
            {"token": 5, "secret": None, "password": ""},
        ),
        ({"message": '{"password": "x y"}'}, {"message": '{"password": "[secret]"}'}),
        ({"a@b.example": 1}, {"[email]": 1}),
        ({"m": "é\n4111 1111 1111 1111\t"}, {"m": "é\n[card]\t"}),
    ],
)
def test_values_under_the_key_of_a_secret_are_taken_out(data: object, expected: object) -> None:
    assert redacted(data) == expected


def test_tags_with_the_name_of_a_secret_are_taken_out() -> None:
    name = "http.request.header.authorization"
    tags = [
        {"key": name, "type": "string", "value": "Bearer abc"},
        {"key": "http.request.header.cookie", "type": "string", "value": '["a=b"]'},
        {"key": "peer", "type": "string", "value": "payment"},
        {"key": name, "value": {"stringValue": "abc"}},
    ]
    assert redacted(tags) == [
        {"key": name, "type": "string", "value": "Bearer [secret]"},
        {"key": "http.request.header.cookie", "type": "string", "value": '["[secret]"]'},
        {"key": "peer", "type": "string", "value": "payment"},
        {"key": name, "value": {"stringValue": "[secret]"}},
    ]


def test_numbers_samples_and_trace_ids_are_never_touched() -> None:
    text = (
        b'{"traceID":"4111111111111111", "n":4111111111111111 ,"f":1.0e5,"big":4111111111111111.0,'
        b'"values":[[1762529400.10,"4111111111111111"]],"mail":"a@b.example"}'
    )
    result = redactor().body(text)
    assert HEX.sub(r"[\1]", result.decode()) == text.decode().replace("a@b.example", "[email]")


def test_a_body_without_secrets_is_the_same_object() -> None:
    clean = body({"@timestamp": "x", "message": "timed out", "n": 4111111111111111})
    assert redactor().body(clean) is clean


def test_what_is_no_json_is_redacted_as_text() -> None:
    assert b"hunter2" not in redactor().body(b"<p>password=hunter2</p>\xff")
    assert b"hunter2" not in redactor().body(b'{"a": "password=hunter2')
    assert b"hunter2" not in redactor().body(b'{"a": 1} password=hunter2')


def test_what_was_learned_is_taken_out_everywhere() -> None:
    one = redactor()
    one.learn(["pa$$ word/ü"])
    one.learn(["another-secret", "short"])
    assert HEX.sub("_", one.text("said pa$$ word/ü, another-secret, short")) == "said _, _, short"
    assert b"word" not in one.body(body({"echo": "got pa$$ word/ü"}))
    assert "word" not in one.body('{"echo": "got pa$$ word/ü"}'.encode()).decode()


PIECES = st.sampled_from(
    [
        "password=", "token: ", "a@b.example", "://u:p@h", "Bearer abc12345", "Basic dXNlcjpwYXNz",
        JWT, KEY, "4111 1111 1111 1111", "Cookie: a=b", "authorization", "AKIAIOSFODNN7EXAMPLE",
        '"', "'", "\\", " ", ":", "=", ",", ";", "[", "]", "@", "-----BEGIN PRIVATE KEY-----",
        "secret", "é", "\n", "1", "[secret:0123abcd]", "[email:0123abcd]", "redacted", "x",
    ]
)  # fmt: skip
TEXTS = st.lists(PIECES | st.text(max_size=4), max_size=12).map("".join)


@given(TEXTS)
def test_redacting_again_changes_nothing_and_counts_nothing(text: str) -> None:
    one = redactor()
    once = one.text(text)
    counts = one.counts
    assert one.text(once) == once
    assert one.counts == counts


@given(
    st.recursive(
        TEXTS | st.integers() | st.none() | st.booleans(),
        lambda below: (
            st.lists(below, max_size=4)
            | st.dictionaries(
                st.sampled_from(["password", "key", "value", "cookie", "a", "traceID"]) | TEXTS,
                below,
                max_size=4,
            )
        ),
        max_leaves=12,
    )
)
def test_json_stays_json_of_the_same_shape_and_again_changes_nothing(data: object) -> None:
    one = redactor()
    once = one.body(body(data))
    counts = one.counts
    assert shape(json.loads(once)) == shape(data)
    assert one.body(once) == once
    assert one.counts == counts


def shape(data: object) -> object:
    if isinstance(data, list):
        return [shape(each) for each in data]
    if isinstance(data, dict):
        return len(data) and [shape(each) for each in data.values()]
    return "text" if isinstance(data, str) else data


HOSTILE = [
    *("a", "eyJ", 'password=\\"', "://a", "-----BEGIN PRIVATE KEY-----", "token"),
    *("4111 ", "a.", "cookie:a=b;", "bearer ", "@a.", "authorization: digest "),
]


@pytest.mark.parametrize("unit", HOSTILE)
def test_a_hostile_text_takes_no_longer_than_a_friendly_one(unit: str) -> None:
    started = perf_counter()
    redactor().text(unit * (100_000 // len(unit)))
    assert perf_counter() - started < 2
