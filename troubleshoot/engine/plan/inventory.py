"""What exists here: asked first, because it decides how the rest is asked."""

from collections import Counter
from dataclasses import dataclass

from troubleshoot.model.signal import Calls, Metrics, Names

NOTHING = Names(frozenset())
NO_CALLS = Calls(())
NO_EDGES = Metrics(())
MOST_ENTRIES = 6  # services whose traces are asked for when nobody named one
MOST_PROBED = 24  # services of which a few traces are asked for, to see where those begin


@dataclass(frozen=True, slots=True)
class Known:
    """Fields of the logs, metric names, services with traces; and who calls whom.

    Traces say that in ``calls``, metrics in ``edges``: series with ``source``, and ``service`` or
    its ``host``. ``tops``: at the top of a few traces of each service, those that failed first.
    ``asked``: whether anybody was asked at all.
    """

    fields: Names = NOTHING
    metrics: Names = NOTHING
    services: Names = NOTHING
    calls: Calls = NO_CALLS
    edges: Metrics = NO_EDGES
    tops: tuple[str, ...] = ()
    asked: bool = False

    def entries(self) -> tuple[str, ...]:
        """Where requests come in, the busiest first, up to a few.

        The services that nobody calls; else those at the top of traces; else all there are.
        """
        found = self._uncalled() or self.tops or tuple(sorted(self.services.names))
        return found[:MOST_ENTRIES]

    def probed(self) -> tuple[str, ...]:
        """Services of which a few traces would tell where requests come in, if nothing else does.

        A store has a call graph often only where a job makes one. Spread over the alphabet, which
        puts those of one team beside each other.
        """
        names = sorted(self.services.names)
        if self._uncalled() or len(names) <= MOST_ENTRIES:
            return ()
        count = min(len(names), MOST_PROBED)
        return tuple(names[place * len(names) // count] for place in range(count))

    def _uncalled(self) -> tuple[str, ...]:
        called = {child for parent, child, _ in self.calls.edges if parent != child}
        made: Counter[str] = Counter()
        for parent, _, count in self.calls.edges:
            made[parent] += count
        return tuple(sorted(made.keys() - called, key=lambda name: (-made[name], name)))
