"""Where the time of traces goes: self time, charged to the service it was spent in."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from troubleshoot.analysis.traces.callee import charged
from troubleshoot.analysis.traces.tree import Tree, once
from troubleshoot.model.signal import Span

MAX_EXAMPLES = 3


@dataclass(frozen=True, slots=True)
class Spent:
    """``share`` of all self time; ``longest`` span in seconds, what it was and who saw it."""

    service: str
    kind: str
    share: float
    longest: float
    operation: str
    seen_by: str
    examples: tuple[str, ...]


def spent(trees: Iterable[Tree]) -> tuple[Spent, ...]:
    """By falling share. Every trace counts alike, however long it was."""
    shares: dict[tuple[str, str], float] = defaultdict(float)
    spans: dict[tuple[str, str], list[tuple[float, Span]]] = defaultdict(list)
    each = once(trees)
    for whole in each:
        own = [(self_time(span, whole), span) for span in whole.spans]
        whole_time = sum(seconds for seconds, _ in own)
        for seconds, span in own:
            key = charged(span, whole)
            shares[key] += seconds / whole_time / len(each) if whole_time else 0.0
            spans[key].append((seconds, span))
    found = [_spent(key, share, spans[key]) for key, share in shares.items()]
    return tuple(sorted(found, key=lambda one: (-one.share, one.service, one.kind)))


def self_time(span: Span, whole: Tree) -> float:
    """Seconds of a span that none of its children covers; children may overlap or outlive it."""
    if not (below := whole.children(span)):
        return span.duration
    parts = [_placed(child, span) for child in below]
    if len(parts) > 1:
        parts.sort()
    end = span.start + span.duration
    covered, reached = 0.0, span.start
    for start, seconds in parts:
        begin, stop = max(start, reached), min(start + seconds, end)
        if stop > begin:
            covered += stop - begin
            reached = stop
    return max(span.duration - covered, 0.0)


def duration(whole: Tree) -> float:
    """Seconds from the first start to the last end of the top spans."""
    if not whole.roots:
        return 0.0
    start = min(one.start for one in whole.roots)
    return max(one.start + one.duration for one in whole.roots) - start


def _placed(child: Span, span: Span) -> tuple[float, float]:
    """Start and length of a child.

    Another service's clock may be off: what it did for a call lies within that call, but for a
    callee that works on after its caller gave up.
    """
    if child.service == span.service or child.kind == "consumer":
        return child.start, child.duration
    spare = span.duration - child.duration
    if spare >= 0:
        return min(max(child.start, span.start), span.start + spare), child.duration
    late = 0 <= child.start - span.start < span.duration
    return child.start if late else span.start, child.duration


def _spent(key: tuple[str, str], share: float, spans: list[tuple[float, Span]]) -> Spent:
    ordered = sorted(spans, key=lambda pair: (-pair[0], pair[1].trace_id, pair[1].span_id))
    longest, span = ordered[0]
    examples = tuple(dict.fromkeys(span.trace_id for _, span in ordered))[:MAX_EXAMPLES]
    return Spent(key[0], key[1], share, longest, span.operation, span.service, examples)
