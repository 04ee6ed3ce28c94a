"""What lies in the folder of each store, by the store's name; imported when it is needed."""

from collections.abc import Callable, Mapping
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

from troubleshoot.model.dialect import Dialects
from troubleshoot.model.finding import Evidence
from troubleshoot.model.query import Backend, QueryKind, RawResponse, Request
from troubleshoot.model.signal import Signal
from troubleshoot.model.store import Store

if TYPE_CHECKING:
    from troubleshoot.backends.http.client import HttpClient
    from troubleshoot.backends.http.endpoint import Endpoint

Parsers = Mapping[QueryKind, Callable[[Request, RawResponse], Signal]]


def endpoints(store: Store) -> "tuple[Endpoint, ...]":
    """All that is ever asked of it."""
    found: tuple[Endpoint, ...] = _part(store, "client").ENDPOINTS
    return found


def client(store: Store, guarded: "HttpClient") -> Backend:
    """Its library is imported now, which is slow."""
    found: Backend = _part(store, "client").Client(guarded)
    return found


def parsers(store: Store) -> Parsers:
    found: Parsers = _part(store, "parse").PARSERS
    return found


@cache
def dialects() -> Dialects:
    def of(evidence: Evidence) -> dict[Store, Any]:
        return {one: _part(one, "dialect").DIALECT for one in Store.answering(evidence)}

    return Dialects(of(Evidence.METRIC), of(Evidence.TRACE), of(Evidence.LOG))


def _part(store: Store, name: str) -> Any:
    return import_module(f"{__package__}.{store.value}.{name}")
