"""notifications: takes messages from the queue and mails the tickets. Nobody waits for it."""

from dataclasses import dataclass

import simpy

from tests.lab.second.database import ADD_MAIL, Database
from tests.lab.second.pod import Pod
from tests.lab.second.queue import CONSUMER, NAME, Message, Queue, tags
from tests.lab.shop.world import Work
from tests.lab.telemetry.spans import Failure, Span

ATTEMPTS = 3
CONSUMERS = 4


@dataclass
class Notifications:
    """`broken_tiers`: those for whose tickets the template store has no valid layout."""

    queue: Queue
    database: Database
    broken_tiers: frozenset[str] = frozenset()

    def start(self, pod: Pod) -> None:
        """Begin to receive."""
        for _ in range(CONSUMERS):
            pod.world.env.process(self._receive(pod, pod.booted))

    def _receive(self, pod: Pod, booted: float) -> Work[None]:
        while pod.alive and pod.booted == booted:
            message = yield self.queue.waiting.get()
            if not pod.alive:
                self.queue.waiting.put(message)
                return
            yield pod.world.sleep(pod.world.duration(0.05, 0.5))
            try:
                with pod.working():
                    yield from self._process(pod, message)
            except simpy.Interrupt:
                self.queue.waiting.put(message)

    def _process(self, pod: Pod, message: Message) -> Work[None]:
        started, trace = pod.world.now, message.visit.trace
        span = pod.span(trace, message.sender, f"process {NAME}", CONSUMER, tags("process"))
        failure = yield from self._mail(pod, message, span)
        pod.finish(span, failure)
        pod.meters.time(
            "messaging_process_duration_seconds",
            pod.world.now - started,
            messaging_system="rabbitmq",
            messaging_destination_name=NAME,
            error_type=failure.kind if failure else "",
        )
        if failure is None:
            pod.log("INFO", "Mailer", f"tickets of {message.visit.booking} mailed", trace)
        else:
            self._put_back(pod, message, failure)

    def _mail(self, pod: Pod, message: Message, span: Span) -> Work[Failure | None]:
        yield from pod.compute(0.02)
        if message.visit.tier in self.broken_tiers:
            text = f"'seat_row' (layout of {message.visit.tier}, {message.visit.booking})"
            return Failure("KeyError", "KeyError", text)
        return (yield from self.database.run(pod, ADD_MAIL, message.visit, span))

    def _put_back(self, pod: Pod, message: Message, failure: Failure) -> None:
        booking, last = message.visit.booking, message.attempt == ATTEMPTS
        then = "given up, to the dead letters" if last else "put back"
        text = f"mail for {booking} failed, attempt {message.attempt}: {failure.type}, {then}"
        level = "ERROR" if last else "WARN"
        pod.log(level, "Mailer", text, message.visit.trace, failure, "Layout.render")
        if not last:
            again = Message(message.visit, message.sender, message.attempt + 1)
            pod.world.env.process(self._later(again))

    def _later(self, message: Message) -> Work[None]:
        yield self.queue.world.sleep(2.0 * message.attempt)
        self.queue.waiting.put(message)
