"""What a process runs in: a share of a CPU, and work in flight that dies with it."""

from collections.abc import Iterator
from contextlib import contextmanager

import simpy

from tests.lab.shop.world import Work, World


class Container:
    """A restart forgets everything but what it is called by."""

    def __init__(self, world: World, cores: float) -> None:
        """`cores` is the limit. Nothing runs before `start`."""
        self.world = world
        self.cores = cores
        self.restarts = 0

    def start(self) -> None:
        """Run, with counters at zero."""
        self.alive = True
        self.cpu = simpy.Resource(self.world.env, capacity=1)
        self.booted = self.world.now
        self.leaked = 0.0
        self._cpu_used = 0.0
        self._working: dict[simpy.Process, None] = {}  # in order of arrival

    def kill(self) -> None:
        """End the process; whoever waits for it sees the connection reset."""
        self.alive = False
        for process in list(self._working):
            process.interrupt()

    @contextmanager
    def working(self) -> Iterator[None]:
        """The block is work in flight: it is interrupted when the process is killed."""
        process = self.world.env.active_process
        assert process is not None
        self._working[process] = None
        try:
            yield
        finally:
            self._working.pop(process, None)

    def compute(self, cpu_seconds: float) -> Work[None]:
        """Use CPU, one request at a time, no faster than the limit allows."""
        with self.cpu.request() as turn:
            yield turn
            yield self.world.sleep(cpu_seconds / self.cores)
            self._cpu_used += cpu_seconds
