"""What everything in one simulation shares: the clock, the dice and the recording."""

from collections.abc import Generator
from math import log
from random import Random
from typing import Any, TypeVar

import simpy

from tests.lab.telemetry.events import Event
from tests.lab.telemetry.recording import Recording
from tests.lab.telemetry.spans import Trace, new_trace

Result = TypeVar("Result")
Work = Generator[simpy.Event, Any, Result]
"""A simulated activity that takes time and then gives a result."""

VERBOSE_SHARE = 0.02
"""The share of requests whose INFO lines are kept, so that the volume of logs stays bounded."""


class World:
    """One clock, one recording, and a random stream each for customers, services and ids.

    Customers have a stream of their own: the same customers come whatever breaks.
    """

    def __init__(self, seed: str, sampled: float) -> None:
        """`sampled` is the share of traces whose spans are kept."""
        self.env = simpy.Environment()
        self.customers = Random(f"{seed} customers")
        self.chance = Random(f"{seed} chance")
        self._ids = Random(f"{seed} ids")
        self._sampled = sampled
        self.recording = Recording()

    @property
    def now(self) -> float:
        """Seconds since the start of the history."""
        return float(self.env.now)

    def sleep(self, seconds: float) -> simpy.Event:
        """Let simulated time pass."""
        return self.env.timeout(seconds)

    def duration(self, median: float, spread: float) -> float:
        """A random duration in seconds, log-normal: many near the median, a few much longer."""
        return self.chance.lognormvariate(log(median), spread)

    def tell(self, kind: str, service: str, version: str, message: str) -> None:
        """Write down that something was done."""
        self.recording.events.append(Event(self.now, kind, service, version, message))

    def trace(self) -> Trace:
        """Begin a request's trace."""
        return new_trace(self._ids, self._sampled, VERBOSE_SHARE)
