"""Whom a span is charged to: the service that did it or, for a call, the one that was called."""

from troubleshoot.analysis.hosts import host
from troubleshoot.analysis.traces.tree import Tree, calls_out
from troubleshoot.model.peers import PEER_TAGS
from troubleshoot.model.signal import Span

_URLS = ("url.full", "http.url", "http.host")
_DATABASE = frozenset({"db.system", "db.system.name", "db.type"})
MAX_NESTED = 5  # calls within calls: a client library on top of another


def nested(span: Span, whole: Tree) -> list[Span]:
    """Calls within a call, by the same service: an RPC's HTTP request, a library's retries."""
    return [one for one in whole.children(span) if calls_out(one) and one.service == span.service]


def peer(span: Span) -> str:
    """The callee that a client span names in its tags, or ''."""
    return span.tag(*PEER_TAGS) or host(span.tag(*_URLS))


def charged(span: Span, whole: Tree, *, _depth: int = MAX_NESTED) -> tuple[str, str]:
    """The service a span's time and failure belong to, and what kind of thing that is.

    The span of a call belongs to the callee: to the service that answered, or, when none did, to
    the one that its tags name. A service that is absent can so be named. The kind is ``database``,
    ``remote`` (a callee without spans of its own) or ``service``.
    """
    if not calls_out(span):
        return span.service, _kind(span, "service")
    for below in whole.children(span):
        if below.service != span.service and _answers(below):
            return below.service, "service"
    callee = peer(span)
    if _depth and (inner := nested(span, whole)):
        ends = {charged(one, whole, _depth=_depth - 1) for one in inner}
        service, kind = ends.pop()
        if not ends and (not callee or (kind == "service" and service != span.service)):
            return service, kind
    return callee or span.service, _kind(span, "remote" if callee else "service")


def _answers(span: Span) -> bool:
    """Whoever reads a message later did not answer the one who sent it."""
    return not calls_out(span) and span.kind != "consumer"


def on_database(span: Span) -> bool:
    return any(name in _DATABASE and value for name, value in span.tags)


def _kind(span: Span, otherwise: str) -> str:
    return "database" if on_database(span) else otherwise
