"""All that a run asked, with the answers."""

from dataclasses import dataclass

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
        )

    def _names(self, ask: QueryKind) -> Names:
        """All names of one kind that exist, over the requests that asked for them."""
        found = [self.answers.names(one) for one in self.exists if one.ask is ask]
        problem = next((one.problem for one in found if one.problem), None)
        return Names(
            frozenset().union(*(one.names for one in found)),
            frozenset().union(*(one.aggregatable for one in found)),
            problem,
        )
