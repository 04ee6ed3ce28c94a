"""Processes of the lab outlive their command, and only they are ended."""

import os
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.lab.servers import process
from tests.lab.servers.process import Running


@pytest.fixture
def sleeper(tmp_path: Path) -> Iterator[Running]:
    running = process.spawn(["sh", "-c", "sleep 60 & echo $!; wait"], os.environ, tmp_path / "log")
    yield running
    process.stop(running)


def test_a_started_process_runs_in_a_session_of_its_own(sleeper: Running) -> None:
    assert process.alive(sleeper)
    assert os.getsid(sleeper.pid) == sleeper.pid != os.getsid(0)


def test_what_a_process_prints_is_in_its_log(sleeper: Running, tmp_path: Path) -> None:
    child = _child(tmp_path / "log")
    assert process.alive(sleeper)
    assert os.getsid(child) == sleeper.pid


def test_stop_ends_the_process_and_what_it_started(sleeper: Running, tmp_path: Path) -> None:
    child = _child(tmp_path / "log")
    assert _runs(child)
    process.stop(sleeper)
    assert not process.alive(sleeper)
    assert not _runs(child)


def test_another_process_that_got_the_same_pid_is_left_alone(sleeper: Running) -> None:
    earlier = replace(sleeper, started=sleeper.started - 1)
    assert not process.alive(earlier)
    process.stop(earlier)
    assert process.alive(sleeper)


def _child(log: Path) -> int:
    assert _soon(lambda: log.read_text().endswith("\n"))
    return int(log.read_text())


def _runs(pid: int) -> bool:
    """Whether it is there and not merely waiting to be cleared away by process 1."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def _soon(holds: Callable[[], bool]) -> bool:
    limit = time.monotonic() + 10
    while not holds() and time.monotonic() < limit:
        time.sleep(0.01)
    return holds()
