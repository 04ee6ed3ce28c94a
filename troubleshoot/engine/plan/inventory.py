"""What exists here: asked first, because it decides how the rest is asked."""

from dataclasses import dataclass

from troubleshoot.model.signal import Calls, Metrics, Names

NOTHING = Names(frozenset())
NO_CALLS = Calls(())
NO_EDGES = Metrics(())
MOST_ENTRIES = 6  # services whose traces are asked for when nobody named one


@dataclass(frozen=True, slots=True)
class Known:
    """Fields of the logs, metric names, services with traces; and who calls whom.

    Traces say that in ``calls``, metrics in ``edges``: series with ``source``, and ``service`` or
    its ``host``.
    """

    fields: Names = NOTHING
    metrics: Names = NOTHING
    services: Names = NOTHING
    calls: Calls = NO_CALLS
    edges: Metrics = NO_EDGES

    def entries(self) -> tuple[str, ...]:
        """Where requests come in: the services that nobody calls; else all of them, up to a few."""
        called = {child for parent, child, _ in self.calls.edges if parent != child}
        callers = {parent for parent, _, _ in self.calls.edges}
        found = sorted(callers - called) or sorted(self.services.names)
        return tuple(found[:MOST_ENTRIES])
