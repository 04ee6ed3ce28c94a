"""What lies far from every secret is passed over; the secrets are found all the same."""

from time import perf_counter

import pytest

from tests.backends.test_redact import HEX, body, redacted, redactor

FAR = [{"key": "peer", "value": 'a "quoted" \\ word', "n": [1, None]}] * 500


@pytest.mark.parametrize(
    ("secret", "expected"),
    [
        ({"password": "hunter2"}, {"password": "[secret]"}),
        ({"password": ["x", *["y"] * 2_000]}, {"password": ["[secret]"] * 2_001}),
        (
            {"key": "authorization", "type": "string", "value": "Bearer abc"},
            {"key": "authorization", "type": "string", "value": "Bearer [secret]"},
        ),
        ("mail to a@b.example", "mail to [email]"),
        ("x" * 9_000 + " a@b.example", "x" * 9_000 + " [email]"),
        ({"traceID": "4111111111111111"}, {"traceID": "4111111111111111"}),
    ],
)
def test_secrets_far_from_each_other_are_found_alike(secret: object, expected: object) -> None:
    assert redacted([*FAR, secret, *FAR, secret, *FAR]) == [*FAR, expected, *FAR, expected, *FAR]


FILL = "x" * 9_000
TAIL = ': "authorization", "value": "hunter2"}]'


@pytest.mark.parametrize(
    "text",
    [
        f'[{{"key": "{FILL}authorization", "value": "hunter2"}}]',
        '[{"key":' + " " * 9_000 + TAIL[1:],
        '[{"key"' + " " * 9_000 + TAIL,
        '[{"name": ["' + '", "'.join(FILL) + '", "authorization"], "value": "hunter2"}]',
    ],
)
def test_the_name_of_a_secret_far_from_its_key_still_hides_the_value(text: str) -> None:
    far = body(FAR).decode()
    result = redactor().body(f"[{far}, {text}, {far}]".encode()).decode()
    assert "hunter2" not in result
    assert HEX.sub(r"[\1]", result) == f"[{far}, {text}, {far}]".replace("hunter2", "[secret]")


@pytest.mark.parametrize(
    "text",
    [
        '{"traceID":' + " " * 9_000 + '"4111111111111111"}',
        '{"traceID"' + " " * 9_000 + ':"4111111111111111"}',
        '{"traceID": ["' + '", "'.join(FILL) + '", "4111111111111111"]}',
    ],
)
def test_a_trace_id_far_from_its_key_is_no_card(text: str) -> None:
    assert redactor().body(text.encode()).decode() == text


def test_what_is_no_json_far_from_a_secret_makes_all_of_it_text() -> None:
    broken = body(FAR) + b" oops! " + body(FAR) + b'{"token": "' + b'x" password=hunter2'
    assert b"hunter2" not in redactor().body(broken)


@pytest.mark.parametrize("unit", ['"a",', '"a":1,', '"a","b":', '"a@b.example",' + " " * 5_000])
def test_a_hostile_body_takes_no_longer_than_a_friendly_one(unit: str) -> None:
    text = "[" + unit * (500_000 // len(unit)) + '"a@b.example"]'
    started = perf_counter()
    assert b"@" not in redactor().body(text.encode())
    assert perf_counter() - started < 2
