"""What a request really waited for: back from its end, always the span that ended last.

The critical path of a call graph, as in CRISP (Zhang et al., USENIX ATC 2022): of spans side by
side only the one that the request waited for counts, so that every second is charged once.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from typing import NamedTuple

from troubleshoot.analysis.traces.callee import on_database
from troubleshoot.analysis.traces.tree import Tree, calls_out, parents
from troubleshoot.model.signal import Span

# of a span: what ends later than the one above it by less was waited for, and cut short
OVERRUN = 0.1

_Gap = tuple[float, float]


class _Placed(NamedTuple):
    """A span by the clock of the one at the top: ``shift`` seconds from its own."""

    span: Span
    start: float
    end: float
    shift: float


@dataclass(frozen=True, slots=True)
class Path:
    """Seconds of each span in which it waited for nothing below it; together those of ``root``."""

    root: Span
    parts: tuple[tuple[Span, float], ...]


def critical_paths(whole: Tree) -> tuple[Path, ...]:
    """One for each span at the top."""
    above = parents(whole)
    leading, below = _leading(whole, above), _waited_for(whole, above)
    return tuple(Path(root, tuple(_walk(root, below, leading))) for root in whole.roots)


def _walk(
    root: Span, below: Mapping[str, list[Span]], leading: Set[str]
) -> Iterator[tuple[Span, float]]:
    rest = [(_Placed(root, root.start, root.start + root.duration, 0.0), _whole(root))]
    while rest:
        (span, _, _, shift), gaps = rest.pop()
        if children := below.get(span.span_id):
            placed = sorted((_placed(one, span, shift) for one in children), key=_last_first)
            # a service's own steps beside its calls are how it waits for them
            for ahead in (True, False):
                some = [one for one in placed if (one.span.span_id in leading) is ahead]
                found, gaps = _laid(some, gaps)
                rest.extend(found)
        if (seconds := sum(until - since for since, until in gaps)) > 0:
            yield span, seconds


def _whole(root: Span) -> list[_Gap]:
    return [(root.start, root.start + root.duration)]


def _laid(
    spans: list[_Placed], gaps: list[_Gap]
) -> tuple[list[tuple[_Placed, list[_Gap]]], list[_Gap]]:
    """Which of ``gaps`` each of ``spans`` fills, and what stays free; from the last to the first.

    Each is looked at only where it lies: there may be thousands of both.
    """
    if not spans:
        return [], gaps
    filled: dict[str, tuple[_Placed, list[_Gap]]] = {}
    free, there, place = list[_Gap](), list[_Placed](), 0
    for begin, end in gaps:
        while place < len(spans) and spans[place].end > begin:
            there.append(spans[place])
            place += 1
        now = end
        for one in there:
            since, until = max(one.start, begin), min(one.end, now)
            if since < until:
                if until < now:
                    free.append((until, now))
                filled.setdefault(one.span.span_id, (one, []))[1].append((since, until))
                now = since
        if begin < now:
            free.append((begin, now))
        there = [one for one in there if one.start < begin]
    return list(filled.values()), free


def _last_first(one: _Placed) -> tuple[float, float, str]:
    return (-one.end, one.start, one.span.span_id)


def _placed(child: Span, span: Span, shift: float) -> _Placed:
    """Another service's clock may be off: what it did for a call lies within that call.

    Not so for a callee that works on after its caller gave up.
    """
    start = child.start
    if child.service != span.service:
        spare = span.duration - child.duration
        if spare >= 0:
            start = min(max(start, span.start), span.start + spare)
        elif not 0 <= start - span.start < span.duration:
            start = span.start
    moved = start + shift
    return _Placed(child, moved, moved + child.duration, moved - child.start)


def _leading(whole: Tree, above: Mapping[str, Span]) -> set[str]:
    """Spans that lead out of their service: calls, answers to them, and all that is above those."""
    found: set[str] = set()
    for span in whole.spans:
        up = above.get(span.span_id)
        if calls_out(span) or on_database(span) or (up and up.service != span.service):
            one: Span | None = span
            while one and one.span_id not in found:
                found.add(one.span_id)
                one = above.get(one.span_id)
    return found


def _waited_for(whole: Tree, above: Mapping[str, Span]) -> Mapping[str, list[Span]]:
    """By the id of a span, what it waited for."""
    found: dict[str, list[Span]] = defaultdict(list)
    for span in whole.spans:
        up = above.get(span.span_id)
        if up and (waiting := _waiting(span, up, above)):
            found[waiting.span_id].append(span)
    return found


def _waiting(child: Span, parent: Span, above: Mapping[str, Span]) -> Span | None:
    """Who waited for ``child``: its parent, or the service's own span around that; or nobody.

    A message is read whenever its reader comes to it. What goes on after a service's last span
    around it was let go, unless that one failed: it gave up waiting.
    """
    if child.kind == "consumer":
        return None
    if child.service != parent.service:
        return parent
    span, end = parent, child.start + child.duration * (1 - OVERRUN)
    while end > span.start + span.duration:
        up = above.get(span.span_id)
        if up is None or up.service != child.service:
            return parent if parent.failed else None
        span = up
    return span
