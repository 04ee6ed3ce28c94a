"""Memory that a process never gives back: over its limit the kernel ends it."""

from tests.lab.shop.instance import MEMORY_LIMIT, Instance
from tests.lab.shop.world import Work

FIRST_WAIT, LONGEST_WAIT = 10.0, 300.0
"""Seconds until an ended container is started again: twice as long each time, up to the longest."""


def leak(process: Instance, size: float) -> None:
    """Take bytes that are never freed."""
    process.leaked_bytes += size
    if process.memory_bytes > MEMORY_LIMIT:
        process.world.env.process(_out_of_memory(process))


def _out_of_memory(process: Instance) -> Work[None]:
    if not process.alive:  # another request of the same moment was first
        return
    process.kill()
    yield process.world.sleep(min(FIRST_WAIT * 2**process.restarts, LONGEST_WAIT))
    process.boot("OOMKilled, exit code 137")
