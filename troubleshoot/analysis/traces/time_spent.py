"""Where the time of traces goes: along the critical path, charged to whom it was spent in."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from troubleshoot.analysis.traces.callee import charged
from troubleshoot.analysis.traces.critical_path import critical_paths
from troubleshoot.analysis.traces.tree import Tree, once
from troubleshoot.model.signal import Span

MAX_EXAMPLES = 3


@dataclass(frozen=True, slots=True)
class Spent:
    """``share`` of all time; ``longest`` a span took itself, what it was and who saw it."""

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
        own = [part for path in critical_paths(whole) for part in path.parts]
        whole_time = sum(seconds for _, seconds in own)
        for span, seconds in own:
            key = charged(span, whole)
            shares[key] += seconds / whole_time / len(each)
            spans[key].append((seconds, span))
    found = [_spent(key, share, spans[key]) for key, share in shares.items()]
    return tuple(sorted(found, key=lambda one: (-one.share, one.service, one.kind)))


def _spent(key: tuple[str, str], share: float, spans: list[tuple[float, Span]]) -> Spent:
    ordered = sorted(spans, key=lambda pair: (-pair[0], pair[1].trace_id, pair[1].span_id))
    longest, span = ordered[0]
    examples = tuple(dict.fromkeys(span.trace_id for _, span in ordered))[:MAX_EXAMPLES]
    return Spent(key[0], key[1], share, longest, span.operation, span.service, examples)
