"""catalog: what is on, and when. Kept in the cache."""

from dataclasses import dataclass

from tests.lab.second.cache import Cache
from tests.lab.second.calls import Answer
from tests.lab.second.database import FIND_EVENT, Database
from tests.lab.second.pod import Pod
from tests.lab.second.visit import Visit
from tests.lab.shop.world import Work
from tests.lab.telemetry.spans import Span


@dataclass
class Catalog:
    """It has no state of its own."""

    cache: Cache
    database: Database

    def show(self, pod: Pod, visit: Visit, span: Span) -> Work[Answer]:
        """Serve GET /events/{id}."""
        yield from pod.compute(0.004)
        if not (yield from self.cache.get(pod, f"event:{visit.event}", visit, span)):
            failure = yield from self.database.run(pod, FIND_EVENT, visit, span)
            if failure is not None:
                return Answer(500, failure)
        if pod.world.chance.random() < 0.003:
            pod.log("WARN", "Media", f"no poster for {visit.event}, a grey one is shown")
        return Answer()
