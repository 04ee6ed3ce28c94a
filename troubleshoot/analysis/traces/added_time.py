"""Which service the time that requests take longer than normal was added in."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from troubleshoot.analysis.traces.growth import certain
from troubleshoot.analysis.traces.pace import Pace
from troubleshoot.analysis.traces.requests import Compared, Request
from troubleshoot.analysis.traces.through import Through, through

MAX_EXAMPLES = 3
WORTH = 0.05  # of the added time; services below it are not worth a line


@dataclass(frozen=True, slots=True)
class Added:
    """Mean seconds that the requests through ``service`` waited for it, now and normally.

    ``share`` is its part of all the time that was added to all requests; ``between`` of its own
    part were on the way between it and its callers. ``certain``: more than requests differ by
    chance. ``pace`` is that of the requests in which it grew. ``seen_by`` reported most of its
    time, ``examples`` are the traces that spent most there.
    """

    service: str
    kind: str
    now: float
    normal: float
    share: float
    between: float
    certain: bool
    pace: Pace
    seen_by: str
    examples: tuple[str, ...]


def added(compared: Sequence[Compared]) -> tuple[Added, ...]:
    """Services in which time was added, by falling share; those that got faster are left out.

    Each operation by itself, and of its requests those that go through a service: where more of
    them do than before, the service is no slower. A service that none went through before added
    all its time. Each operation weighs as many requests as it has now.
    """
    both = [one for one in compared if one.now and one.before]
    keys = sorted({key for one in both for request in one.now for key in request.took})
    each = [through(key, both) for key in keys]
    sure = certain([one.chance() for one in each])
    gains = [one.gain(partial(Request.of, key=one.key)) for one in each]
    total = sum(gain for gain in gains if gain > 0)
    found = [
        _added(one, gain, gain / total, sure=beyond)
        for one, gain, beyond in zip(each, gains, sure, strict=True)
        if total and gain >= WORTH * total
    ]
    return tuple(sorted(found, key=lambda one: (-one.share, one.service, one.kind)))


def _added(one: Through, gain: float, share: float, *, sure: bool) -> Added:
    spent, told = defaultdict[str, float](float), defaultdict[str, float](float)
    for request in (request for each in one.compared for request in each.now):
        spent[request.trace_id] += request.of(one.key)
        for reporter, seconds in request.took[one.key].reporters.items():
            told[reporter] += seconds
    between = one.gain(partial(Request.between, key=one.key)) / gain
    return Added(
        *one.key,
        *one.means(partial(Request.of, key=one.key)),
        share=share,
        between=min(1.0, max(0.0, between)),
        certain=sure,
        pace=one.slowed(),
        seen_by=min(told, key=lambda name: (-told[name], name)),
        examples=tuple(sorted(spent, key=lambda name: (-spent[name], name))[:MAX_EXAMPLES]),
    )
