"""Between the engine and every live backend: redacts each answer and keeps it."""

from dataclasses import replace
from threading import Lock

from troubleshoot.backends.redact import Redactor
from troubleshoot.model.bundle import Recorded
from troubleshoot.model.query import Backend, RawResponse, Request
from troubleshoot.model.signal import Signal


class Tape:
    """What was recorded so far; shared by the recorders of a run and their threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._recorded: list[Recorded] = []

    def keep(self, recorded: Recorded) -> None:
        with self._lock:
            self._recorded.append(recorded)

    @property
    def recorded(self) -> tuple[Recorded, ...]:
        """In an order that does not tell which answer came first."""
        with self._lock:
            return tuple(sorted(self._recorded, key=_order))


def _order(recorded: Recorded) -> tuple[str, str, str, str]:
    request = recorded.request
    return request.store, request.ask, request.path, request.key


class Recorder:
    """A backend whose answers are redacted before anybody reads them, live as in a replay."""

    def __init__(self, inner: Backend, redactor: Redactor, tape: Tape) -> None:
        self._inner, self._redactor, self._tape = inner, redactor, tape

    def fetch(self, request: Request) -> RawResponse:
        raw = self._inner.fetch(request)
        redacted = replace(
            raw,
            url=self._redactor.text(raw.url),
            body=self._redactor.body(raw.body),
            failure=self._redactor.text(raw.failure),
        )
        self._tape.keep(Recorded(request, redacted))
        return redacted

    def parse(self, request: Request, raw: RawResponse) -> Signal:
        return self._inner.parse(request, raw)

    def close(self) -> None:
        self._inner.close()
