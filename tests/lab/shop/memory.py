"""Memory that a process never gives back: over its limit the kernel ends it."""

from tests.lab.shop.instance import MEMORY_LIMIT, Instance
from tests.lab.shop.world import Work

FIRST_WAIT, LONGEST_WAIT = 10.0, 300.0
"""About the seconds until an ended container starts again: doubled each time, up to the longest."""


def leak(process: Instance, size: float) -> None:
    """Take bytes that are never freed."""
    process.leaked += size
    if process.memory_bytes > MEMORY_LIMIT:
        process.world.env.process(_out_of_memory(process))


def _out_of_memory(process: Instance) -> Work[None]:
    if not process.alive:  # another request of the same moment was first
        return
    process.kill()
    wait = min(FIRST_WAIT * 2**process.restarts, LONGEST_WAIT)
    yield process.world.sleep(process.world.duration(wait, 0.4))
    process.boot("OOMKilled, exit code 137")
