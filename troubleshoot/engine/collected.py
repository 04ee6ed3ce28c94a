"""All that a run asked, with the answers."""

from dataclasses import dataclass

from troubleshoot.analysis.traces.tree import failed, once
from troubleshoot.engine.collect.answers import Answers
from troubleshoot.engine.plan.inventory import NO_EDGES, Known
from troubleshoot.engine.plan.planned import Planned
from troubleshoot.model.query import QueryKind, Request
from troubleshoot.model.signal import Calls, Metrics, Names


@dataclass(frozen=True, slots=True)
class Collected:
    """``planned`` in the order of the guide; ``elapsed`` in seconds, ``redactions`` (rule, count).

    ``exists``: what was asked to know which names there are.
    """

    planned: tuple[Planned, ...]
    answers: Answers
    exists: tuple[Request, ...]
    elapsed: float = 0.0
    redactions: tuple[tuple[str, int], ...] = ()

    def known(self) -> Known:
        calls = (self.answers.signal(one) for one in self.exists if one.ask is QueryKind.CALLS)
        edges = (self.answers.signal(one) for one in self.exists if one.ask is QueryKind.INSTANT)
        return Known(
            self._names(QueryKind.FIELDS),
            self._names(QueryKind.NAMES),
            self._names(QueryKind.SERVICES),
            next((one for one in calls if isinstance(one, Calls)), Calls(())),
            next((one for one in edges if isinstance(one, Metrics)), NO_EDGES),
            self._tops(),
            asked=True,
        )

    def _tops(self) -> tuple[str, ...]:
        """Services at the top of the traces that were looked at to know that."""
        probes = [one for one in self.exists if one.ask is QueryKind.TRACES]
        counts: dict[str, tuple[int, int]] = {}
        for whole in once(tree for one in probes for tree in self.answers.trees(one)):
            for service in {root.service for root in whole.roots}:
                bad, count = counts.get(service, (0, 0))
                counts[service] = (bad + failed(whole), count + 1)
        ranked = ((-bad, -count, service) for service, (bad, count) in counts.items())
        return tuple(service for _, _, service in sorted(ranked))

    def _names(self, ask: QueryKind) -> Names:
        """All names of one kind that exist, over the requests that asked for them."""
        found = [self.answers.names(one) for one in self.exists if one.ask is ask]
        problem = next((one.problem for one in found if one.problem), None)
        return Names(
            frozenset().union(*(one.names for one in found)),
            frozenset().union(*(one.aggregatable for one in found)),
            problem,
        )
