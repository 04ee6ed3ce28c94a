import ssl
from functools import partial

import pytest

from tests.backends.requests import ALL, LOGS, RANGE, TRACES, raw
from troubleshoot.backends.http import failures
from troubleshoot.backends.parse.parsing import parse
from troubleshoot.backends.redaction.redact import Redactor
from troubleshoot.model.query import RawResponse, Request
from troubleshoot.model.settings import BackendSettings
from troubleshoot.model.signal import Missing, Problem, ProblemKind
from troubleshoot.model.store import Store

LOGIN = "<!doctype html>\n<title>Sign  in\x1b[31m</title>"


def problem(request: Request, answer: RawResponse) -> Problem:
    signal = parse(request, answer)
    assert isinstance(signal, Missing)
    assert signal.problem.trouble is ProblemKind.ERROR
    return signal.problem


@pytest.mark.parametrize("request_", ALL)
def test_a_failure_keeps_its_two_sentences(request_: Request) -> None:
    answer = RawResponse("http://store/x", 0, b"", 0.1, failure="nothing listens\nset the address")
    assert problem(request_, answer) == Problem(
        ProblemKind.ERROR, "nothing listens", "set the address"
    )


@pytest.mark.parametrize("request_", ALL)
def test_a_login_page_with_200_names_its_first_bytes(request_: Request) -> None:
    found = problem(request_, raw(LOGIN, kind="text/html; charset=utf-8"))
    assert found.reason == (
        "http://store/path answered 200 with a web page instead of JSON: "
        "'<!doctype html> <title>Sign in [31m</title>'"
    )
    assert "a login page or a web interface?" in found.hint
    assert f"TROUBLESHOOT_{request_.store.upper()}_URL" in found.hint


def test_json_under_a_wrong_content_type_is_read() -> None:
    answer = raw('{"status":"success","data":{"resultType":"vector","result":[]}}', kind="text/x")
    assert not isinstance(parse(RANGE, answer), Missing)


@pytest.mark.parametrize("kind", ["", "application/json", "text/plain"])
def test_a_page_under_another_content_type_is_still_a_page(kind: str) -> None:
    found = problem(TRACES, raw(LOGIN, kind=kind))
    assert "with a web page instead of JSON" in found.reason


def test_another_content_type_is_named() -> None:
    assert (
        "with text/plain instead of JSON: 'ok'"
        in problem(TRACES, raw("ok", 200, "text/plain")).reason
    )


def test_an_empty_body_is_said_to_be_empty() -> None:
    assert "answered 200 with an empty body" in problem(TRACES, raw("")).reason


def test_json_that_ends_too_early_is_said_to_be_damaged() -> None:
    found = problem(TRACES, raw('{"data": [{"traceID": "a", "spans": ['))
    assert "damaged JSON, perhaps cut short" in found.reason


@pytest.mark.parametrize("status", [401, 403])
@pytest.mark.parametrize("request_", ALL)
def test_a_refusal_says_how_to_give_credentials(request_: Request, status: int) -> None:
    found = problem(request_, raw("no", status, "text/plain"))
    name = request_.store.value
    assert found.reason == (
        f"{name.capitalize()} refused access to http://store/path (HTTP {status}): no"
    )
    assert f"TROUBLESHOOT_{name.upper()}_TOKEN" in found.hint
    assert f"{name}.basic" in found.hint


@pytest.mark.parametrize("request_", ALL)
def test_not_found_points_to_the_base_path(request_: Request) -> None:
    found = problem(request_, raw("404 page not found\n", 404, "text/plain"))
    assert "there is no" in found.reason
    assert "(HTTP 404): 404 page not found" in found.reason
    assert "base path" in found.hint


@pytest.mark.parametrize("status", [500, 503])
def test_a_server_error_shows_the_first_bytes(status: int) -> None:
    found = problem(LOGS, raw("upstream gone " * 40, status, "text/plain"))
    assert f"failed (HTTP {status}): upstream gone" in found.reason
    assert len(found.reason) < 200


def test_too_many_requests_points_to_the_concurrency() -> None:
    found = problem(RANGE, raw("", 429, "text/plain"))
    assert found.reason.endswith("turns requests away (HTTP 429)")
    assert "prometheus.concurrency" in found.hint


@pytest.mark.parametrize("request_", ALL)
@pytest.mark.parametrize("body", ["[]", "7", '"x"', "null", "{}", '{"status":"ok"}'])
def test_json_of_another_program_is_no_answer(request_: Request, body: str) -> None:
    found = problem(request_, raw(body))
    assert "answered JSON that is not" in found.reason
    assert "is another program listening there?" in found.hint


def test_one_byte_that_is_not_utf8_does_not_lose_the_answer() -> None:
    body = b'{"hits":{"hits":[{"_source":{"message":"caf\xe9"}}]}}'
    assert not isinstance(parse(LOGS, raw(body)), Missing)


@pytest.mark.parametrize("store", Store)
def test_our_own_sentences_hold_nothing_that_looks_like_a_secret(store: Store) -> None:
    settings = BackendSettings(url="http://store:9090/base")
    url = "http://store:9090/base/api"
    sentences = [
        failures.closed(store, url),
        failures.cut_short(store, url, 5),
        failures.redirected(store, url, 302, "https://sso.example/login"),
        failures.too_large(store, settings, url),
        failures.too_slow(store, settings, url),
        failures.no_answer(store, settings, url, ssl.SSLError(1, "WRONG_VERSION_NUMBER")),
        failures.no_answer(store, settings, url, ssl.SSLCertVerificationError()),
        failures.no_answer(store, settings, url, ConnectionRefusedError()),
        *(f"{one.reason}\n{one.hint}" for one in map(partial(refusal, store), (401, 404, 503))),
    ]
    assert all(len(sentence.split("\n")) == 2 for sentence in sentences)
    redactor = Redactor(b"salt")
    assert [redactor.text(sentence) for sentence in sentences] == sentences


def refusal(store: Store, status: int) -> Problem:
    return problem(next(one for one in ALL if one.store is store), raw("", status))
