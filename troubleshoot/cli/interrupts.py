"""Ctrl-C ends the program where it stands, but where something is to be kept first.

Python's own way, a KeyboardInterrupt, gets lost or becomes a traceback while modules are imported.
"""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import NoReturn

from troubleshoot.model.exits import Exit


def end_at_interrupts() -> None:
    """From now on. Not where they are ignored: a job that a shell put in the background."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, _end)


@contextmanager
def interrupts_raised() -> Iterator[None]:
    """Within, an interrupt is a KeyboardInterrupt again."""
    if signal.getsignal(signal.SIGINT) is not _end:
        yield
        return
    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, _end)


def _end(_signal: int, _frame: FrameType | None) -> NoReturn:
    with suppress(OSError):  # the reader has gone
        os.write(2, b"interrupted\n")
    os._exit(Exit.INTERRUPTED)
