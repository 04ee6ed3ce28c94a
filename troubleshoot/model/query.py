"""A request to a backend and its raw answer, as values; and the protocol every backend obeys."""

from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from typing import TYPE_CHECKING, Protocol

from troubleshoot.model.store import Store

if TYPE_CHECKING:
    from troubleshoot.model.signal import Signal


class QueryKind(StrEnum):
    """What a request asks for; decides how its answer is parsed."""

    RANGE = "range"  # of metrics: series
    INSTANT = "instant"  # of metrics: one point a series
    NAMES = "names"  # which of these metrics exist
    TYPES = "types"  # which of all metrics are counters, gauges, histograms
    SERVICES = "services"  # which services have traces
    CALLS = "calls"  # who calls whom
    TRACES = "traces"  # those that match
    FIELDS = "fields"  # which of these fields log lines have
    LOGS = "logs"  # lines, and counts of them


@dataclass(frozen=True, slots=True)
class Request:
    """One HTTP request, resolved; ``params`` are decoded pairs, ``body`` is JSON text or empty.

    ``limit`` is the number of traces the reader wants; the request asks for one more.
    """

    store: Store
    ask: QueryKind
    method: str
    path: str
    params: tuple[tuple[str, str], ...] = ()
    body: str = ""
    limit: int = 0

    @property
    def key(self) -> str:
        """Identity: equal requests are sent once, and a bundle finds the answer by it."""
        parts = (self.store, self.ask, self.method, self.path, repr(self.params), self.body)
        return sha256("\n".join(parts).encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class RawResponse:
    """What came back, unparsed. ``failure`` is set when there is no usable HTTP answer at all:

    a line with what happened and a line with what to do; then ``status`` is 0 and ``body`` empty
    or the first bytes. ``took`` is in seconds; ``url`` is without credentials. ``retried`` says why
    it was sent a second time, if it was.
    """

    url: str
    status: int
    body: bytes
    took: float
    content_type: str = ""
    failure: str = ""
    retried: str = ""


class Backend(Protocol):
    """A store of signals, live or recorded. ``fetch`` never raises for what a server does."""

    def fetch(self, request: Request) -> RawResponse: ...

    def parse(self, request: Request, raw: RawResponse) -> "Signal": ...

    def close(self) -> None: ...
