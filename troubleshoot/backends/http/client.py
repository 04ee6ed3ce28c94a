"""The one way out: every request of every store is sent, limited and retried here."""

import ssl
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from random import SystemRandom
from threading import BoundedSemaphore, Event
from time import monotonic

import httpx

from troubleshoot import __version__
from troubleshoot.backends.http import failures
from troubleshoot.backends.http.deadline import DeadlineTransport, remaining, start_deadline
from troubleshoot.backends.http.endpoint import Endpoint, refusal
from troubleshoot.model.query import RawResponse
from troubleshoot.model.settings import BackendSettings
from troubleshoot.model.store import Store

_BUSY = (429, 502, 503, 504)
_LONGEST_PAUSE = 2.0
_KEPT_OF_UNUSABLE = 400


@dataclass(frozen=True, slots=True)
class _Attempt:
    raw: RawResponse
    pause: float | None = None  # seconds before a second try makes sense


class HttpClient:
    """Shared by threads. ``base`` is the configured address with its path, no slash at the end.

    Nothing is sent but ``endpoints``: this program only reads.
    """

    def __init__(
        self,
        store: Store,
        settings: BackendSettings,
        headers: Mapping[str, str],
        context: ssl.SSLContext,
        endpoints: tuple[Endpoint, ...],
    ) -> None:
        self._store, self._settings, self._endpoints = store, settings, endpoints
        self.base = settings.url.rstrip("/")
        self._slots = BoundedSemaphore(settings.concurrency)
        self._closed = Event()
        self._client = httpx.Client(
            transport=DeadlineTransport(context, settings.concurrency),
            timeout=httpx.Timeout(settings.read_timeout, connect=settings.connect_timeout),
            headers={
                "User-Agent": f"troubleshoot/{__version__}",
                "Accept": "application/json",
                **headers,
            },
            trust_env=False,
            follow_redirects=False,  # whose answer would it be?
        )

    def close(self) -> None:
        """Ends requests under way at once; each gives a failure."""
        self._closed.set()
        self._client.close()

    def send(
        self, method: str, url: str, content: bytes = b"", headers: Mapping[str, str] | None = None
    ) -> RawResponse:
        """One request, tried at most twice, within ``read_timeout`` altogether.

        One that is none of the endpoints gives a failure, and nothing is sent.
        """
        shown = url.partition("?")[0]
        try:
            request = self._client.build_request(method, url, content=content, headers=headers)
            why = refusal(request, httpx.URL(self.base), self._endpoints)
        except (httpx.InvalidURL, UnicodeError) as error:
            why = f"this cannot be an address: {error}"
        if why:
            return _failed(shown, failures.refused(self._store, shown, why))
        with self._slots:
            started = monotonic()
            start_deadline(self._settings.read_timeout)
            attempt, retried = self._attempt(shown, request), ""
            if attempt.pause is not None and attempt.pause < remaining():
                self._closed.wait(attempt.pause)
                first = attempt.raw
                retried = first.failure.partition("\n")[0] or f"status {first.status}"
                attempt = self._attempt(shown, request)
            return replace(attempt.raw, took=monotonic() - started, retried=retried)

    def _attempt(self, shown: str, request: httpx.Request) -> _Attempt:
        if self._closed.is_set():
            return _Attempt(_failed(shown, failures.closed(self._store, shown)))
        try:
            with closing(self._client.send(request, stream=True)) as response:
                return self._answered(shown, response)
        except httpx.RequestError as error:
            raw = _failed(shown, failures.no_answer(self._store, self._settings, shown, error))
            return _Attempt(raw, _jitter() if _reset(error) else None)

    def _answered(self, url: str, response: httpx.Response) -> _Attempt:
        """The answer has begun: from here on a failure is one of the body."""
        status = response.status_code
        if response.has_redirect_location:
            target = response.headers["location"].partition("?")[0]
            return _Attempt(_failed(url, failures.redirected(self._store, url, status, target)))
        body, limit = bytearray(), self._settings.max_bytes
        failure, pause = "", None
        try:
            for chunk in response.iter_bytes():
                body += chunk
                if len(body) > limit:
                    failure = failures.too_large(self._store, self._settings, url)
                    break
        except httpx.TimeoutException:
            failure = failures.too_slow(self._store, self._settings, url)
        except httpx.RequestError as error:
            failure = failures.cut_short(self._store, url, len(body))
            pause = _jitter() if _reset(error) else None
        if failure:
            return _Attempt(_failed(url, failure, bytes(body[:_KEPT_OF_UNUSABLE])), pause)
        kind = response.headers.get("content-type", "")
        return _Attempt(RawResponse(url, status, bytes(body), 0.0, kind), _busy(response))


def _failed(url: str, failure: str, body: bytes = b"") -> RawResponse:
    return RawResponse(url, 0, body, 0.0, "", failure)


def _reset(error: Exception) -> bool:
    """The connection broke; refusals, unknown names and time-outs would only happen again."""
    if isinstance(error, httpx.ConnectError):
        return False
    return isinstance(error, httpx.NetworkError | httpx.RemoteProtocolError)


def _busy(response: httpx.Response) -> float | None:
    if response.status_code not in _BUSY:
        return None
    after = response.headers.get("retry-after", "")
    if not after:
        return _jitter()
    # a date, or longer than a person waits: no second try
    wanted = float(after) if after.isdecimal() else _LONGEST_PAUSE + 1
    return wanted + _jitter() if wanted <= _LONGEST_PAUSE else None


def _jitter() -> float:
    return SystemRandom().uniform(0.05, 0.3)
