"""The venues' own seat system: an API of another company, without spans."""

from dataclasses import dataclass

from tests.lab.second.calls import Answer, Host, client_span, seen
from tests.lab.second.pod import Pod
from tests.lab.second.visit import Visit
from tests.lab.shop.world import Work, World
from tests.lab.telemetry.spans import Failure, Span

HOST = "api.venuegrid.example"
TIMEOUT = 2.5


@dataclass
class Partner:
    """How it answers. Durations in seconds, shares between 0 and 1."""

    world: World
    median: float = 0.16
    spread: float = 0.35
    taken_share: float = 0.02
    error_share: float = 0.0004

    def hold(self, pod: Pod, visit: Visit, parent: Span) -> Work[Answer]:
        """Hold a seat for a booking."""
        host = Host("POST", HOST, 443)
        span = client_span(pod, visit, parent, host)
        return seen(pod, host, span, self._wait(visit))

    def _wait(self, visit: Visit) -> Work[Answer]:
        took = self.world.duration(self.median, self.spread)
        yield self.world.sleep(min(took, TIMEOUT))
        return self._answer(visit, took)

    def _answer(self, visit: Visit, took: float) -> Answer:
        if took > TIMEOUT:
            text = f"no answer from {HOST} within {TIMEOUT:g} s (hold {visit.booking})"
            return Answer(0, Failure("timeout", "HttpTimeoutException", text))
        dice = self.world.chance.random()
        if dice < self.taken_share:
            text = f"seat in {visit.tier} of {visit.event} is taken"
            return Answer(409, Failure("409", "SeatTakenException", text))
        if dice < self.taken_share + self.error_share:
            return Answer(503, Failure("503", "UpstreamError", f"{HOST} answered 503"))
        return Answer(201)
