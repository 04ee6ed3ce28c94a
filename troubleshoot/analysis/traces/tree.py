"""A trace as a tree, however its spans were kept."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from troubleshoot.model.signal import Span, Trace

_CALLING = ("client", "producer")


@dataclass(frozen=True, slots=True)
class Tree:
    """A trace with its spans as they called each other.

    ``spans`` of ``trace`` by their start; ``roots`` are those at the top: without a parent or,
    where no span is, those whose parent is not in the trace.
    """

    trace: Trace
    spans: tuple[Span, ...]
    roots: tuple[Span, ...]
    below: Mapping[str, tuple[Span, ...]]

    def children(self, span: Span) -> tuple[Span, ...]:
        return self.below.get(span.span_id, ())


def once(trees: Iterable[Tree]) -> list[Tree]:
    """Each trace once, in the order of ids; of two with one id, the one that has more spans."""
    found: dict[str, Tree] = {}
    for one in trees:
        other = found.setdefault(one.trace.trace_id, one)
        if len(other.trace.spans) < len(one.trace.spans):
            found[one.trace.trace_id] = one
    return [found[key] for key in sorted(found)]


def tree(trace: Trace) -> Tree:
    spans = tuple(sorted(trace.spans, key=_position))
    known = {span.span_id for span in spans}
    if len(known) < len(spans):
        spans = _apart(spans)
        known = {span.span_id for span in spans}
    below: dict[str, list[Span]] = defaultdict(list)
    loose = []
    for span in spans:
        if span.parent_id in known and span.parent_id != span.span_id:
            below[span.parent_id].append(span)
        else:
            loose.append(span)
    # an orphan is from somewhere below the top, if there is one; in a circle, something has to be
    roots = [span for span in loose if not span.parent_id] or loose or spans[:1]
    return Tree(trace, spans, tuple(roots), {key: tuple(value) for key, value in below.items()})


def within(whole: Tree, service: str) -> Tree | None:
    """Only what was done for requests to ``service``; None where it takes no part.

    Where it is at the top that is the whole trace. Else the calls to it are at the top, as its
    callers saw them: some get no answer in time.
    """
    if any(root.service == service for root in whole.roots):
        return whole
    above = parents(whole)
    tops = {span.span_id: span for span in _requests_to(whole, service, above)}
    kept = {span.span_id for span in below(whole, *tops.values())}
    spans = tuple(one for one in whole.spans if one.span_id in kept)
    children = {name: some for name, some in whole.below.items() if name in kept}
    trace = Trace(whole.trace.trace_id, spans)
    return Tree(trace, spans, tuple(tops.values()), children) if tops else None


def _requests_to(whole: Tree, service: str, above: Mapping[str, Span]) -> Iterable[Span]:
    """Calls to it, or its own spans where nobody waits for it, without those it makes to itself."""
    inside: set[str] = set()
    for span in below(whole, *whole.roots):
        up = above.get(span.span_id)
        if up is not None and up.span_id in inside:
            inside.add(span.span_id)
        elif span.service == service:
            inside.add(span.span_id)
            yield up if up and calls_out(up) and span.kind != "consumer" else span


def below(whole: Tree, *tops: Span) -> Iterator[Span]:
    """``tops`` and all that they lead to, each after the one above it."""
    seen, rest = set[str](), list(reversed(tops))
    while rest:
        span = rest.pop()
        if span.span_id not in seen:
            seen.add(span.span_id)
            yield span
            rest.extend(reversed(whole.children(span)))


def parents(whole: Tree) -> Mapping[str, Span]:
    """By the id of a span, the one that it is a child of; the roots have none."""
    spans = {one.span_id: one for one in whole.spans}
    tops = {one.span_id for one in whole.roots}
    return {
        child.span_id: spans[parent]
        for parent, children in whole.below.items()
        for child in children
        if child.span_id not in tops  # in a circle something is at the top
    }


def failed(whole: Tree) -> bool:
    """Whether the request as a whole failed: a span at the top did."""
    return any(root.failed for root in whole.roots)


def duration(whole: Tree) -> float:
    """Seconds from the first start to the last end of the top spans."""
    if not whole.roots:
        return 0.0
    start = min(one.start for one in whole.roots)
    return max(one.start + one.duration for one in whole.roots) - start


def calls_out(span: Span) -> bool:
    return span.kind in _CALLING


def _position(span: Span) -> tuple[float, float, str]:
    return (span.start, -span.duration, span.span_id)  # of two that start together, the outer one


def _apart(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The spans, a call and its answer set apart where they have one id.

    Zipkin gives a call and its answer one id: the answer, with what is below it, goes below the
    call. A span that is there twice counts once, the one that tells more.
    """
    each: dict[tuple[str, str, str], Span] = {}
    for span in spans:
        key = (span.span_id, span.kind, span.service)
        each[key] = max(each.get(key, span), span, key=_telling)
    calling = {span.span_id for span in each.values() if calls_out(span)}
    answers = {
        span.span_id: f"{span.span_id} answered"
        for span in each.values()
        if not calls_out(span) and span.span_id in calling
    }
    placed = (
        replace(span, span_id=answers[span.span_id], parent_id=span.span_id)
        if span.span_id in answers and not calls_out(span)
        else replace(span, parent_id=answers.get(span.parent_id, span.parent_id))
        for span in each.values()
    )
    return tuple(sorted(placed, key=lambda one: (*_position(one), one.kind, one.service)))


def _telling(span: Span) -> tuple[object, ...]:
    return (span.failed, span.message, span.tags, span.operation, span.parent_id)
