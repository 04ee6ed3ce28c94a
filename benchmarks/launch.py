"""Runs one command and writes its exit code, seconds and peak memory to a file.

A process of its own: on Linux a child's peak begins with that of the process that started it, so
this one imports next to nothing. Called as ``launch.py RESULT COMMAND…``.
"""

import os
import sys
from time import perf_counter

_IN_BYTES = 1 if sys.platform == "darwin" else 1024  # what ru_maxrss counts

result, command = sys.argv[1], sys.argv[2:]
started = perf_counter()
child = os.posix_spawn(command[0], command, os.environ)
_, status, usage = os.wait4(child, 0)
seconds = perf_counter() - started
with open(result, "w", encoding="ascii") as file:
    file.write(f"{os.waitstatus_to_exitcode(status)} {seconds} {usage.ru_maxrss * _IN_BYTES}")
