"""Background processes that outlive the command that started them, and are ended by identity."""

import os
import signal
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from tests.lab.errors import LabError

STOPPING = 30.0
"""Seconds a process gets to end by itself before it is killed."""


@dataclass(frozen=True)
class Running:
    """A process we started. A pid alone may have been given to another by now."""

    pid: int
    started: int
    """Start time in clock ticks since boot, as /proc tells it."""


def spawn(command: Sequence[str], env: Mapping[str, str], log: Path) -> Running:
    """Start a program in a session of its own; what it prints goes to `log`.

    Not `subprocess.Popen`: that object warns when it is dropped while its process still runs.
    """
    output = (os.POSIX_SPAWN_OPEN, 1, str(log), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
    nothing = (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0)
    same = (os.POSIX_SPAWN_DUP2, 1, 2)
    pid = os.posix_spawnp(
        command[0], list(command), dict(env), file_actions=[nothing, output, same], setsid=True
    )
    started = _start_time(pid)
    if started is None:
        raise LabError(f"{command[0]} ended at once; see {log}")
    return Running(pid, started)


def alive(running: Running) -> bool:
    """Whether exactly this process still runs."""
    with suppress(ChildProcessError):  # only our own child can be cleared away
        os.waitpid(running.pid, os.WNOHANG)
    return _start_time(running.pid) == running.started


def stop(running: Running) -> None:
    """End the process and what it started, and wait until all of it is gone."""
    if not alive(running):
        return
    for how, patience in ((signal.SIGTERM, STOPPING), (signal.SIGKILL, 5.0)):
        with suppress(ProcessLookupError):
            os.killpg(running.pid, how)
        limit = time.monotonic() + patience
        while alive(running) or _session(running.pid):
            if time.monotonic() > limit:
                break
            time.sleep(0.05)
        else:
            return
    raise LabError(f"process {running.pid} does not end")


def _session(leader: int) -> list[int]:
    """Who is in the session: Elasticsearch's launcher ends before the server it launched."""
    numbers = (int(path.name) for path in Path("/proc").iterdir() if path.name.isdigit())
    return [pid for pid in numbers if (fields := _stat(pid)) and int(fields[3]) == leader]


def _start_time(pid: int) -> int | None:
    fields = _stat(pid)
    return int(fields[19]) if fields else None


def _stat(pid: int) -> list[str]:
    """/proc/PID/stat after the name, which may hold anything; empty when it runs no more."""
    try:
        text = Path(f"/proc/{pid}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return []
    fields = text.rpartition(")")[2].split()
    return [] if fields[0] == "Z" else fields
