"""pricing: computes what a ticket costs now."""

from dataclasses import dataclass

from tests.lab.second.calls import Answer
from tests.lab.second.pod import Pod
from tests.lab.second.visit import Visit
from tests.lab.shop.world import Work
from tests.lab.telemetry.spans import INTERNAL, Failure, Span

BACKLOG = 6
"""Requests that may wait for CPU before new ones are turned away."""


@dataclass
class Pricing:
    """`cpu_seconds`: what the fare rules in force cost to evaluate."""

    cpu_seconds: float = 0.012

    def quote(self, pod: Pod, visit: Visit, span: Span) -> Work[Answer]:
        """Serve POST /quotes."""
        if len(pod.cpu.queue) >= BACKLOG:
            text = f"{len(pod.cpu.queue)} quotes wait for CPU, turned away"
            return Answer(503, Failure("overloaded", "Overloaded", text))
        inner = pod.span(visit.trace, span, "evaluate fare rules", INTERNAL, {})
        yield from pod.compute(self.cpu_seconds * pod.world.duration(1, 0.3))
        pod.finish(inner)
        return Answer()
