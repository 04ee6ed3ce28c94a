from dataclasses import dataclass, field
from datetime import UTC, datetime

from tests.backends.requests import ALL, LOGS, RANGE, SERVICES, TRACES, raw
from troubleshoot.backends.parse.parsing import parse
from troubleshoot.backends.recording.replayer import replay_backends
from troubleshoot.backends.redaction.redact import Redactor
from troubleshoot.backends.redaction.redacted import Redacted
from troubleshoot.model.bundle import Bundle, Recorded, RunContext
from troubleshoot.model.query import RawResponse, Request
from troubleshoot.model.signal import Logs, Missing, Signal
from troubleshoot.model.store import Store
from troubleshoot.model.window import Window

LINE = b'{"hits":{"hits":[{"_source":{"message":"bob@shop.example failed"}}]}}'


@dataclass
class Canned:
    """A backend that is a dictionary."""

    answers: dict[Request, RawResponse]
    closed: list[bool] = field(default_factory=list)

    def fetch(self, request: Request) -> RawResponse:
        return self.answers[request]

    def parse(self, request: Request, raw: RawResponse) -> Signal:
        return parse(request, raw)

    def close(self) -> None:
        self.closed.append(True)


def bundle(*recorded: Recorded, complete: bool = True) -> Bundle:
    at = datetime(2025, 11, 7, 15, 30, tzinfo=UTC)
    stores = tuple((store.value, f"http://{store}") for store in Store)
    setup = RunContext("prod", Window(at), "UTC", stores, ())
    return Bundle("0.1", at, "p.yaml", "", (), (), setup, recorded, complete=complete)


def test_what_is_parsed_is_already_redacted() -> None:
    backend = Redacted(Canned({LOGS: raw(LINE)}), Redactor(b"salt"))
    answer = backend.fetch(LOGS)
    assert b"bob@" not in answer.body
    signal = backend.parse(LOGS, answer)
    assert isinstance(signal, Logs)
    assert signal.lines[0].first(("message",)).startswith("[email:")


def test_failures_and_addresses_are_redacted_too() -> None:
    failed = RawResponse("http://a:b@h/x", 0, b"", 0.0, failure="moved to http://a:b@sso\ntoken=x")
    answer = Redacted(Canned({LOGS: failed}), Redactor(b"salt")).fetch(LOGS)
    assert "a:b@" not in answer.url + answer.failure
    assert "token=x" not in answer.failure


def test_closing_closes_the_backend_behind() -> None:
    inner = Canned({})
    Redacted(inner, Redactor(b"")).close()
    assert inner.closed == [True]


def test_a_replay_parses_what_the_live_run_parsed() -> None:
    answers = {request: raw(LINE if request is LOGS else "{}") for request in ALL}
    backend = Redacted(Canned(answers), Redactor(b"salt"))
    recorded = [Recorded(request, backend.fetch(request)) for request in ALL]
    live = [backend.parse(one.request, one.raw) for one in recorded]
    backends = replay_backends(bundle(*recorded))
    again = [
        backends[request.store].parse(request, backends[request.store].fetch(request))
        for request in ALL
    ]
    assert again == live


def missing(request: Request, *, complete: bool) -> Missing:
    backend = replay_backends(bundle(complete=complete))[request.store]
    signal = backend.parse(request, backend.fetch(request))
    assert isinstance(signal, Missing)
    return signal


def test_what_is_not_in_the_bundle_is_missing() -> None:
    for request in (RANGE, SERVICES, TRACES, LOGS):
        problem = missing(request, complete=True).problem
        assert problem.reason.endswith("this answer is not in the bundle")
        assert "record it again" in problem.hint


def test_an_interrupted_run_says_why_an_answer_is_missing() -> None:
    assert "interrupted" in missing(LOGS, complete=False).problem.hint
