"""Which service the time that requests take longer than normal was added in."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from troubleshoot.analysis.selftime import duration, self_time
from troubleshoot.analysis.tree import charged, tree
from troubleshoot.model.signal import Trace

MAX_EXAMPLES = 3


@dataclass(frozen=True, slots=True)
class Added:
    """Mean seconds of a trace spent in ``service``, now and normally; ``share`` of all the

    time that was added. ``examples`` are the traces that spent most there.
    """

    service: str
    kind: str
    now: float
    normal: float
    share: float
    examples: tuple[str, ...]


def slower(now: Iterable[Trace], before: Iterable[Trace]) -> float | None:
    """How many times longer the mean trace takes than normally; None without a baseline."""
    lengths, usual = [duration(one) for one in now], [duration(one) for one in before]
    if not lengths or not usual or not sum(usual):
        return None
    return (sum(lengths) / len(lengths)) / (sum(usual) / len(usual))


def added(now: Iterable[Trace], before: Iterable[Trace]) -> tuple[Added, ...]:
    """Services in which time was added, by falling share; those that got faster are left out."""
    later, most = _means(now)
    earlier, _ = _means(before)
    gains = {key: mean - earlier.get(key, 0.0) for key, mean in later.items()}
    total = sum(gain for gain in gains.values() if gain > 0)
    found = [
        Added(*key, later[key], earlier.get(key, 0.0), gain / total, most[key])
        for key, gain in gains.items()
        if gain > 0
    ]
    return tuple(sorted(found, key=lambda one: (-one.share, one.service, one.kind)))


_Key = tuple[str, str]


def _means(traces: Iterable[Trace]) -> tuple[dict[_Key, float], dict[_Key, tuple[str, ...]]]:
    """Mean self time per trace of each service, and the ids of the traces with most of it."""
    spent: dict[_Key, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    count = 0
    for trace in traces:
        count += 1
        whole = tree(trace)
        for span in whole.spans:
            spent[charged(span, whole)][trace.trace_id] += self_time(span, whole)
    means = {key: sum(found.values()) / count for key, found in spent.items()}
    most = {
        key: tuple(sorted(found, key=lambda name: (-found[name], name))[:MAX_EXAMPLES])
        for key, found in spent.items()
    }
    return means, most
