"""Between the engine and every live backend: what is read, shown and recorded is redacted."""

from dataclasses import replace

from troubleshoot.backends.redaction.redact import Redactor
from troubleshoot.model.query import Backend, RawResponse, Request
from troubleshoot.model.signal import Signal


class Redacted:
    """A backend whose answers are redacted before anybody reads them, live as in a replay."""

    def __init__(self, inner: Backend, redactor: Redactor) -> None:
        self._inner, self._redactor = inner, redactor

    def fetch(self, request: Request) -> RawResponse:
        raw = self._inner.fetch(request)
        return replace(
            raw,
            url=self._redactor.text(raw.url),
            body=self._redactor.body(raw.body),
            failure=self._redactor.text(raw.failure),
            retried=self._redactor.text(raw.retried),
        )

    def parse(self, request: Request, raw: RawResponse) -> Signal:
        return self._inner.parse(request, raw)

    def close(self) -> None:
        self._inner.close()
