"""A trace as a tree, and whom a span is charged to."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from troubleshoot.model.signal import Span, Trace

# OpenTelemetry semantic conventions, old and new names, most specific first
_PEER_TAGS = ("peer.service", "server.address", "net.peer.name", "db.name", "db.namespace")
_LESS_CLEAR = ("rpc.service", "peer.hostname", "net.peer.ip", "messaging.system", "db.system")
_CALLING = ("client", "producer")


@dataclass(frozen=True, slots=True)
class Tree:
    """``roots``: spans whose parent is not in the trace, earliest first."""

    spans: tuple[Span, ...]
    roots: tuple[Span, ...]
    below: Mapping[str, tuple[Span, ...]]

    def children(self, span: Span) -> tuple[Span, ...]:
        return self.below.get(span.span_id, ())


def tree(trace: Trace) -> Tree:
    """Orphans become roots; a span that is its own ancestor is cut loose by `walk_down`'s users."""
    spans = tuple(sorted(trace.spans, key=lambda span: (span.start, span.span_id)))
    known = {span.span_id for span in spans}
    below: dict[str, list[Span]] = defaultdict(list)
    roots = []
    for span in spans:
        if span.parent_id in known and span.parent_id != span.span_id:
            below[span.parent_id].append(span)
        else:
            roots.append(span)
    return Tree(spans, tuple(roots), {key: tuple(value) for key, value in below.items()})


def failed(whole: Tree) -> bool:
    """Whether the request as a whole failed: a span at the top did."""
    return any(root.failed for root in whole.roots)


def calls_out(span: Span) -> bool:
    return span.kind in _CALLING


def peer(span: Span) -> str:
    """The callee that a client span names in its tags, or ''."""
    return span.tag(*_PEER_TAGS) or span.tag(*_LESS_CLEAR)


def charged(span: Span, whole: Tree) -> tuple[str, str]:
    """The service a span's time and failure belong to, and what kind of thing that is.

    The span of a call belongs to the callee: to the service that answered, or, when none did, to
    the one that its tags name. A service that is absent can so be named. The kind is ``database``,
    ``remote`` (a callee without spans of its own) or ``service``.
    """
    if not calls_out(span):
        return span.service, _kind(span, "service")
    answered = next((child for child in whole.children(span) if not calls_out(child)), None)
    if answered is not None and answered.service != span.service:
        return answered.service, "service"
    callee = peer(span)
    return callee or span.service, _kind(span, "remote" if callee else "service")


def _kind(span: Span, otherwise: str) -> str:
    return "database" if span.tag("db.system", "db.system.name") else otherwise
