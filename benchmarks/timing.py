"""Seconds of processor time, which other programs disturb less than the wall clock."""

import gc
import tracemalloc
from collections.abc import Callable
from time import process_time


def seconds(work: Callable[[], object], *, collector: bool = False) -> float:
    """``collector``: with Python's garbage collector on; a run of the program has it off."""
    gc.collect()
    if not collector:
        gc.disable()
    try:
        started = process_time()
        done = work()
        took = process_time() - started
        del done
    finally:
        gc.enable()
    return took


def peak(work: Callable[[], object]) -> int:
    """Bytes that Python held at once while it worked, its result included, by tracemalloc."""
    tracemalloc.start()
    try:
        work()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
