"""booking: price, hold at the venue, row in the database, ledger entry, and a mail later on."""

from dataclasses import dataclass

from tests.lab.second.calls import Answer, Endpoint, call, upstream
from tests.lab.second.database import ADD_BOOKING, Database
from tests.lab.second.partner import Partner
from tests.lab.second.pod import Pod
from tests.lab.second.queue import Queue
from tests.lab.second.visit import Visit
from tests.lab.shop.world import Work
from tests.lab.telemetry.spans import Span


@dataclass
class Booking:
    """What it depends on."""

    pricing: Endpoint
    partner: Partner
    database: Database
    ledger: Endpoint
    queue: Queue

    def book(self, pod: Pod, visit: Visit, span: Span) -> Work[Answer]:
        """Serve POST /bookings."""
        yield from pod.compute(0.005)
        answer = yield from call(pod, self.pricing, visit, span)
        if answer.failure is not None:
            return upstream(answer)
        answer = yield from self.partner.hold(pod, visit, span)
        if answer.failure is not None:
            return upstream(answer)
        failure = yield from self.database.run(pod, ADD_BOOKING, visit, span)
        if failure is not None:
            return Answer(500, failure, "Bookings.insert")
        answer = yield from call(pod, self.ledger, visit, span)
        if answer.failure is not None:
            text = f"{visit.booking} has no ledger entry, the hold is released"
            pod.log("WARN", "Bookings", text, visit.trace)
            return upstream(answer)
        yield from self.queue.publish(pod, visit, span)
        return Answer(201)
