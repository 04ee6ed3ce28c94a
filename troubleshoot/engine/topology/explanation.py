"""Whose trouble is that of somebody they call, and how much of the symptom each explains."""

import math
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from troubleshoot.engine.topology.call_graph import Graph
from troubleshoot.engine.topology.contribution import (
    FAILURES,
    OF_MEANING,
    TIME,
    Contributions,
)
from troubleshoot.model.facts import Explains, MetricFacts, TraceFacts
from troubleshoot.model.finding import Evidence, Finding, Item

HALF = 0.5  # of a rise: what explains less than most of it leaves something else to be explained
MOST, SOME = 0.5, 0.1  # of the symptom


@dataclass(frozen=True, slots=True)
class Explanation:
    """``blamed`` are those whom traces charge: they explain what metrics show of others.

    ``rises`` are those of the rows that fire, by meaning and service, ``measured`` all that have a
    row; ``missing`` the services of which instances are missing.
    """

    depends: Graph
    blamed: Collection[str]
    parts: Contributions
    rises: Mapping[tuple[str, str], float]
    measured: Collection[tuple[str, str]]
    missing: Collection[str]

    def of(self, finding: Finding) -> Finding:
        """Each row of a metric with whose trouble explains it, and what it explains itself."""
        if finding.evidence is not Evidence.METRIC:
            return finding
        return replace(finding, items=tuple(map(self._told, finding.items)))

    def _told(self, item: Item) -> Item:
        facts = item.facts
        if not isinstance(facts, MetricFacts) or not item.outcome.firing:
            return item
        share = self._share(facts)
        found = replace(facts, share=share, explains=_word(share))
        if share is None and facts.means == "latency":
            found = replace(found, estimate=self._estimate(item))
        if facts.means == "traffic":
            found = replace(found, explained_by=self._demanding(facts.service))
        if facts.means in OF_MEANING:
            found = replace(found, explained_by=self._reasons(item, facts))
        return replace(item, facts=found)

    def _share(self, facts: MetricFacts) -> float | None:
        """Of time what measures time; what measures neither may be the reason of either."""
        kinds = (OF_MEANING[facts.means],) if facts.means in OF_MEANING else (TIME, FAILURES)
        shares = (self.parts.share(kind, facts.service) for kind in kinds)
        return max((one for one in shares if one is not None), default=None)

    def _estimate(self, item: Item) -> float:
        """By percentiles, which don't add up: which of two is more, not how much it is."""
        below = self.parts.graph.get(item.service, ())
        handed = (
            self.rises.get(("latency", one), 0.0) * max(self.parts.per_call(item.service, one), 1.0)
            for one in below
        )
        return max(_rise(item) - sum(handed), 0.0)

    def _demanding(self, service: str) -> tuple[str, ...]:
        """Demand flows the other way: the callers that are asked more too."""
        callers = (one for one, called in self.parts.graph.items() if service in called)
        return tuple(sorted(one for one in callers if ("traffic", one) in self.rises))

    def _reasons(self, item: Item, facts: MetricFacts) -> tuple[str, ...]:
        """The services at the end of the chain; () where it is its own trouble."""
        service, kind = facts.service, OF_MEANING[facts.means]
        below = self.depends.get(service, frozenset())
        guilty = {one for one in below if one in self.blamed or one in self.missing}
        if service in self.blamed:
            guilty &= {*self.missing}
        elif not guilty:
            own, rise = self.parts.own(kind, service), self.parts.rise(kind, service)
            if own is None or not rise or rise <= 0:
                guilty = self._by_rise(item, facts)
            elif own < HALF * rise:
                guilty = self._by_part(kind, service, rise)
            elif kind == FAILURES:
                guilty = self._late(service, below)
        # of a chain only the last: it explains the others too
        return tuple(
            sorted(one for one in guilty if not guilty & self.depends.get(one, frozenset()))
        )

    def _by_part(self, kind: str, service: str, rise: float) -> set[str]:
        """Down the chain, those who add the most to it."""
        found: set[str] = set()
        waiting = [service]
        while waiting:
            for callee, part in self.parts.handed(kind, waiting.pop()):
                if part >= SOME * rise and callee not in found:
                    found.add(callee)
                    waiting.append(callee)
        return found

    def _by_rise(self, item: Item, facts: MetricFacts) -> set[str]:
        """Without means: down the chain, those whose rise, as often as called, is most of it."""
        found: set[str] = set()
        seen = {facts.service}
        waiting = [(facts.service, _rise(item))]
        while waiting:
            caller, rise = waiting.pop()
            for callee in self.parts.below(caller) - seen:
                own = self.rises.get((facts.means, callee))
                often = max(self.parts.per_call(caller, callee), 1.0)
                if own is None and (facts.means, callee) not in self.measured:
                    seen.add(callee)  # nobody tells of it: what is behind it may come through
                    waiting.append((callee, rise))
                elif own is not None and own * often >= HALF * rise:
                    seen.add(callee)
                    found.add(callee)
                    waiting.append((callee, own))
        return found

    def _late(self, service: str, below: Collection[str]) -> set[str]:
        """A caller that gave up waiting is slow itself, and so is the one it waited for."""
        if ("latency", service) not in self.rises:
            return set()
        rise = self.parts.rise(TIME, service)
        found = {one for one in below if ("latency", one) in self.rises}
        if rise is None or rise <= 0:
            return found
        waited = sum(part for _, part in self.parts.handed(TIME, service))
        return found & self._by_part(TIME, service, rise) if waited >= HALF * rise else set()


def explanation(findings: Collection[Finding], depends: Graph, parts: Contributions) -> Explanation:
    firing = [item for one in findings for item in one.items if item.outcome.firing]
    rises: dict[tuple[str, str], float] = {}
    for item in firing:
        if isinstance(item.facts, MetricFacts):
            key = (item.facts.means, item.facts.service)
            rises[key] = max(_rise(item), rises.get(key, 0.0))
    missing = frozenset(service for means, service in rises if means == "up")
    every = (item.facts for one in findings for item in one.items)
    measured = {(one.means, one.service) for one in every if isinstance(one, MetricFacts)}
    return Explanation(depends, _charged(firing), parts, rises, measured, missing)


def _charged(firing: Iterable[Item]) -> frozenset[str]:
    """Whom traces charge with errors or with time: themselves, or as their callers saw them."""
    return frozenset(
        item.service for item in firing if isinstance(item.facts, TraceFacts) and item.facts.caller
    )


def _rise(item: Item) -> float:
    rise = abs((item.value or 0.0) - (item.normal or 0.0))
    return rise if math.isfinite(rise) else 0.0


def _word(share: float | None) -> Explains:
    if share is None:
        return Explains.UNKNOWN
    if share >= MOST:
        return Explains.MOST
    return Explains.SOME if share >= SOME else Explains.LITTLE
