"""Ctrl-C, a reader that goes away, a bug of ours: never a traceback."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from types import MappingProxyType

import pytest

from tests.cli.conftest import Program, recorded
from troubleshoot.backends.recording.bundle import read_bundle

COMMAND = [sys.executable, "-m", "troubleshoot"]

# Ctrl-C where Python swallows what is raised, as it does at times within imports
INTERRUPTED_IMPORT = """
import os, signal, time, weakref

class Thing: ...

thing = Thing()
ref = weakref.ref(thing, lambda _: os.kill(os.getpid(), signal.SIGINT))
del thing
time.sleep(60)
"""


@contextmanager
def started(
    folder: Path, *words: str, environ: Mapping[str, str] = MappingProxyType({}), deaf: bool = False
) -> "Iterator[subprocess.Popen[str]]":
    """A shell starts what it puts in the background deaf to Ctrl-C, and children inherit that.

    These tests may run in such a job themselves.
    """
    ours = signal.SIG_IGN if deaf else signal.default_int_handler
    before = signal.signal(signal.SIGINT, ours)
    process = subprocess.Popen(
        [*COMMAND, *words], env={**os.environ, **environ, "XDG_CONFIG_HOME": str(folder)},
        cwd=folder, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    signal.signal(signal.SIGINT, before)
    with process:
        try:
            yield process
        finally:
            process.kill()  # nothing where it has ended


def test_an_interrupt_ends_it_at_once_and_keeps_what_was_recorded(tmp_path: Path) -> None:
    file = tmp_path / "i.zip"
    words = ("high-error-rate", "--at", "2025-11-07T15:30Z", "--record", str(file))
    with (
        recorded("payment-timeouts", delay=90) as servers,
        started(tmp_path, *words, environ=servers.environ) as process,
    ):
        deadline = time.monotonic() + 60  # a cold machine imports slowly
        while len(servers.seen) < 20 and time.monotonic() < deadline:
            time.sleep(0.05)
        began = time.monotonic()
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=20)
        took = time.monotonic() - began
    assert process.returncode == 130
    assert took < 1.5  # a second, and a little for a busy machine
    said, interrupted = err.splitlines()
    assert said.startswith(f"written: {file}: ")
    assert said.endswith("answers, as far as it came")
    assert interrupted == "interrupted"
    assert read_bundle(file).complete is False


@pytest.mark.parametrize("module", ["typer", "pydantic"])  # before and after the words are read
def test_an_interrupt_while_modules_load_is_neither_lost_nor_a_traceback(
    module: str, tmp_path: Path
) -> None:
    (tmp_path / f"{module}.py").write_text(INTERRUPTED_IMPORT)  # -m looks here first
    with started(tmp_path, "high-error-rate", "--dry-run") as process:
        _, err = process.communicate(timeout=20)
    assert (process.returncode, err) == (130, "interrupted\n")


def test_a_job_in_the_background_does_not_heed_an_interrupt_meant_for_others(
    tmp_path: Path,
) -> None:
    lines = ("import os, signal, sys", "os.kill(os.getpid(), signal.SIGINT)", "sys.exit(7)")
    (tmp_path / "typer.py").write_text("\n".join(lines))
    with started(tmp_path, "list", deaf=True) as process:
        assert process.wait(20) == 7


def test_a_reader_that_goes_away_changes_neither_verdict_nor_says_a_word(tmp_path: Path) -> None:
    words = ("high-error-rate", "--at", "2025-11-07T15:30Z")
    with (
        recorded("payment-timeouts") as servers,
        started(tmp_path, *words, environ=servers.environ) as process,
    ):
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        err = process.stderr.read()
        assert (process.wait(30), err) == (1, "")


def test_a_bug_says_where_to_report_it_and_exits_with_70(program: Program) -> None:
    def broken() -> datetime:
        raise ZeroDivisionError("secret value")

    program.now = broken
    ran = program("high-error-rate", "-o", "json")
    assert (ran.code, ran.document["error"]["kind"]) == (70, "bug")
    assert "ZeroDivisionError" in ran.err
    assert "report" in ran.err
    assert "secret value" not in ran.err + ran.out
    assert "Traceback" not in ran.err
