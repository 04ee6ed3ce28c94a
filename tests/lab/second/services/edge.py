"""edge: the gateway that customers talk to."""

from dataclasses import dataclass

from tests.lab.second.calls import Answer, Endpoint, call, upstream
from tests.lab.second.pod import Pod
from tests.lab.second.visit import Visit
from tests.lab.shop.world import Work
from tests.lab.telemetry.spans import Span


@dataclass
class Edge:
    """What stands behind it."""

    sessions: Endpoint
    catalog: Endpoint
    pricing: Endpoint
    booking: Endpoint

    def browse(self, pod: Pod, visit: Visit, span: Span) -> Work[Answer]:
        """Serve GET /events/{id}."""
        return self._pass(pod, visit, span, (self.sessions, self.catalog, self.pricing))

    def checkout(self, pod: Pod, visit: Visit, span: Span) -> Work[Answer]:
        """Serve POST /checkout."""
        return self._pass(pod, visit, span, (self.sessions, self.booking))

    def _pass(
        self, pod: Pod, visit: Visit, span: Span, behind: tuple[Endpoint, ...]
    ) -> Work[Answer]:
        yield from pod.compute(0.001)
        for endpoint in behind:
            answer = yield from call(pod, endpoint, visit, span)
            if answer.failure is not None:
                return upstream(answer)
        return answer
