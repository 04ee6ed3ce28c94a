"""Which service the time that requests take longer than normal was added in."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from troubleshoot.analysis.traces.callee import charged
from troubleshoot.analysis.traces.self_time import duration, self_time
from troubleshoot.analysis.traces.tree import Tree, once

MAX_EXAMPLES = 3
ROUNDING = 1e-9  # a gain below this part of all is an error of adding up


@dataclass(frozen=True, slots=True)
class Added:
    """Mean seconds of a trace spent in ``service``, now and normally.

    ``share`` is its part of all the time that was added. ``seen_by`` reported most of it,
    ``examples`` are the traces that spent most there.
    """

    service: str
    kind: str
    now: float
    normal: float
    share: float
    seen_by: str
    examples: tuple[str, ...]


def slower(now: Iterable[Tree], before: Iterable[Tree]) -> float | None:
    """How many times longer the mean trace takes than normally; None without a baseline."""
    lengths, usual = (list(map(duration, once(side))) for side in (now, before))
    if not lengths or not usual or not sum(usual):
        return None
    return (sum(lengths) / len(lengths)) / (sum(usual) / len(usual))


def added(now: Iterable[Tree], before: Iterable[Tree]) -> tuple[Added, ...]:
    """Services in which time was added, by falling share; those that got faster are left out."""
    later, earlier = _spent(now), _spent(before)
    gains = {key: one.mean - earlier[key].mean for key, one in later.items() if key in earlier}
    gains |= {key: one.mean for key, one in later.items() if key not in earlier}
    total = sum(gain for gain in gains.values() if gain > 0)
    found = [
        _added(key, later[key], earlier.get(key), gain / total)
        for key, gain in gains.items()
        if gain > total * ROUNDING
    ]
    return tuple(sorted(found, key=lambda one: (-one.share, one.service, one.kind)))


_Key = tuple[str, str]  # service, kind


@dataclass(frozen=True, slots=True)
class _Spent:
    mean: float
    by_trace: dict[str, float]
    by_reporter: dict[str, float]


def _added(key: _Key, now: _Spent, before: _Spent | None, share: float) -> Added:
    most = sorted(now.by_trace, key=lambda name: (-now.by_trace[name], name))
    reporter = min(now.by_reporter, key=lambda name: (-now.by_reporter[name], name))
    usual = before.mean if before else 0.0
    return Added(*key, now.mean, usual, share, reporter, tuple(most[:MAX_EXAMPLES]))


def _spent(trees: Iterable[Tree]) -> dict[_Key, _Spent]:
    by_trace: dict[_Key, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    by_reporter: dict[_Key, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    count = 0
    for whole in once(trees):
        count += 1
        for span in whole.spans:
            key, seconds = charged(span, whole), self_time(span, whole)
            by_trace[key][whole.trace.trace_id] += seconds
            by_reporter[key][span.service] += seconds
    return {
        key: _Spent(sum(found.values()) / count, found, by_reporter[key])
        for key, found in by_trace.items()
    }
