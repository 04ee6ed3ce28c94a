"""What each service does for a request: whom it calls, one after the other."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from troubleshoot.analysis.traces.callee import charged, nested, peer
from troubleshoot.analysis.traces.requests import masked
from troubleshoot.analysis.traces.tree import Tree, calls_out, once
from troubleshoot.model.signal import Span


@dataclass(frozen=True, slots=True, order=True)
class Call:
    """``operation`` is that of the callee, where it ``answered``; else that of the caller's span.

    ``dialled`` is what the caller knew of it: its span's operation, and whom its tags name.
    """

    service: str
    kind: str
    operation: str
    answered: bool = field(default=True, compare=False)
    dialled: tuple[str, str] = field(default=("", ""), compare=False)


@dataclass(frozen=True, slots=True)
class Visit:
    """One request to a ``service``, in a trace, and the ``calls`` it made, by their start."""

    trace_id: str
    service: str
    operation: str
    calls: tuple[Call, ...]


def visits(
    now: Iterable[Tree], before: Iterable[Tree]
) -> tuple[tuple[Visit, ...], tuple[Visit, ...]]:
    """Of both sides: a call that was not answered is the one that is dialled so elsewhere."""
    ours, usual = (
        [visit for whole in once(side) for visit in _visits(whole)] for side in (now, before)
    )
    known: dict[tuple[str, tuple[str, str]], Counter[Call]] = defaultdict(Counter)
    for visit in (*ours, *usual):
        for call in visit.calls:
            if call.answered and call.dialled[0]:
                known[visit.service, call.dialled][call] += 1
    names = {key: min(some, key=lambda one: (-some[one], one)) for key, some in known.items()}
    return tuple(_named(one, names) for one in ours), tuple(_named(one, names) for one in usual)


def _named(visit: Visit, names: Mapping[tuple[str, tuple[str, str]], Call]) -> Visit:
    if all(call.answered for call in visit.calls):
        return visit
    calls = (
        call if call.answered else names.get((visit.service, call.dialled), call)
        for call in visit.calls
    )
    return replace(visit, calls=tuple(calls))


def _visits(whole: Tree) -> Iterator[Visit]:
    """Messages that are read later are visits of their own, and no calls."""
    entries = _entries(whole)
    calls: dict[str, list[tuple[float, Call]]] = defaultdict(list)
    for span in whole.spans:
        entry = entries.get(span.span_id)
        if entry is None:
            continue
        if calls_out(span) and not nested(span, whole):
            calls[entry.span_id].append((span.start, _call(span, whole)))
        elif not calls_out(span):
            away = (one for one in whole.children(span) if one.service != span.service)
            calls[entry.span_id] += [
                (one.start, _answered(one)) for one in away if one.kind != "consumer"
            ]
    for span in whole.spans:
        if entries.get(span.span_id) is span and not calls_out(span):
            made = tuple(call for _, call in sorted(calls[span.span_id]))
            yield Visit(whole.trace.trace_id, span.service, masked(span.operation), made)


def _entries(whole: Tree) -> Mapping[str, Span]:
    """By the id of a span, the topmost one around it that is of its service."""
    found: dict[str, Span] = {}
    rest = list(whole.roots)
    for root in whole.roots:
        found[root.span_id] = root
    while rest:
        span = rest.pop()
        for child in whole.children(span):
            if child.span_id not in found:
                inside = child.service == span.service and child.kind != "consumer"
                found[child.span_id] = found[span.span_id] if inside else child
                rest.append(child)
    return found


def _call(span: Span, whole: Tree) -> Call:
    service, kind = charged(span, whole)
    dialled = (masked(span.operation), peer(span))
    for child in whole.children(span):
        if child.service == service and not calls_out(child):
            return Call(service, kind, masked(child.operation), dialled=dialled)
    return Call(service, kind, dialled[0], answered=False, dialled=dialled)


def _answered(span: Span) -> Call:
    return Call(span.service, "service", masked(span.operation))
