"""Rows about so few requests that they may be chance are none: counts, not ratios, are evidence."""

import math
from collections.abc import Mapping
from dataclasses import replace

from troubleshoot.analysis.significance import Table, fisher
from troubleshoot.engine.judge.judged import worst
from troubleshoot.engine.topology.contribution import Flow
from troubleshoot.model.facts import MetricFacts
from troubleshoot.model.finding import Finding, Item, Outcome
from troubleshoot.model.window import Window

# of so many series some would be seen at 1 in 100 in every run
UNLIKELY = math.log(1e-3)
# of a p95 the twentieth part lies above it: of fewer requests it is their maximum
LEAST_REQUESTS = 20


def beyond_chance(finding: Finding, flows: Mapping[str, Flow], window: Window) -> Finding:
    """The finding without what chance may have done, where traffic tells how many requests.

    Failures: k of n against k0 of n0 of the baseline (Fisher's exact test). Latency: of fewer than
    LEAST_REQUESTS requests it is no evidence.
    """
    items = tuple(_weighed(one, flows, window) for one in finding.items)
    if items == finding.items:
        return finding
    outcome = worst(items) if finding.outcome.conclusive else finding.outcome
    return replace(finding, items=items, outcome=outcome)


def _weighed(item: Item, flows: Mapping[str, Flow], window: Window) -> Item:
    facts = item.facts
    if not item.outcome.firing or not isinstance(facts, MetricFacts) or facts.version:
        return item
    flow = flows.get(facts.service)
    requests = flow.calls * window.rate.total_seconds() if flow else None
    if not flow or requests is None:
        return item
    if facts.means == "errors" and fisher(_table(item, flow, window)) > UNLIKELY:
        return _calm(item, f"of {requests:.0f} requests so many may fail by chance")
    if facts.means == "latency" and requests < LEAST_REQUESTS:
        return _calm(item, f"of {requests:.0f} requests it says little")
    return item


def _table(item: Item, flow: Flow, window: Window) -> Table:
    """Requests of the window, failed and good, and those of the baseline."""
    now = round(flow.calls * window.rate.total_seconds())
    then = round(flow.usual * window.normal.length.total_seconds())
    bad, usual = round(now * (item.value or 0.0)), round(then * (item.normal or 0.0))
    return Table(bad, max(now - bad, 0), usual, max(then - usual, 0))


def _calm(item: Item, note: str) -> Item:
    return replace(item, outcome=Outcome.OK, since=None, not_before=None, note=note)
