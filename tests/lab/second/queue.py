"""The message queue between booking and notifications."""

from dataclasses import dataclass

import simpy

from tests.lab.second.pod import Pod
from tests.lab.second.visit import Visit
from tests.lab.shop.world import Work, World
from tests.lab.telemetry.spans import Span

PRODUCER, CONSUMER = 4, 5
"""Span kinds, as OTLP numbers them."""

NAME = "ticket-mails"
HOST = "rabbitmq"


@dataclass(frozen=True, slots=True)
class Message:
    """What is sent, and the span that sent it. `attempt` counts from 1."""

    visit: Visit
    sender: Span
    attempt: int = 1


class Queue:
    """Its sender does not wait for the receiver."""

    def __init__(self, world: World) -> None:
        """It is empty."""
        self.world = world
        self.waiting = simpy.Store(world.env)

    def publish(self, pod: Pod, visit: Visit, parent: Span) -> Work[None]:
        """Put a message in."""
        started = self.world.now
        span = pod.span(visit.trace, parent, f"send {NAME}", PRODUCER, tags("send"))
        yield self.world.sleep(self.world.duration(0.002, 0.3))
        pod.finish(span)
        pod.meters.time(
            "messaging_client_operation_duration_seconds",
            self.world.now - started,
            messaging_system="rabbitmq",
            messaging_destination_name=NAME,
            messaging_operation_name="send",
        )
        self.waiting.put(Message(visit, span))


def tags(operation: str) -> dict[str, str | int]:
    """What both ends' spans tell of the queue."""
    return {
        "messaging.system": "rabbitmq",
        "messaging.destination.name": NAME,
        "messaging.operation.type": operation,
        "server.address": HOST,
    }
