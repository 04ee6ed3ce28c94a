"""sessions: who is the customer? Kept in the cache, and in the database when it is not there."""

from dataclasses import dataclass

from tests.lab.second.cache import Cache
from tests.lab.second.calls import Answer
from tests.lab.second.database import FIND_SESSION, Database
from tests.lab.second.deployment import Deployment
from tests.lab.second.pod import Pod
from tests.lab.second.visit import Visit
from tests.lab.shop.world import Work
from tests.lab.telemetry.spans import Failure, Span

EXPIRED_SHARE = 0.01


@dataclass
class Sessions:
    """`leak`: bytes that the running version never gives back, per request."""

    deployment: Deployment
    cache: Cache
    database: Database
    leak: float = 0.0

    def validate(self, pod: Pod, visit: Visit, span: Span) -> Work[Answer]:
        """Serve POST /sessions/validate."""
        yield from pod.compute(0.002)
        self.deployment.leak(pod, self.leak)
        if not (yield from self.cache.get(pod, f"session:{visit.session}", visit, span)):
            failure = yield from self.database.run(pod, FIND_SESSION, visit, span)
            if failure is not None:
                return Answer(500, failure, "SessionStore.load")
        if pod.world.chance.random() < EXPIRED_SHARE:
            return Answer(401, Failure("401", "SessionExpired", "session has expired"))
        return Answer()
