"""Ctrl-C, a reader that goes away, a bug of ours: never a traceback."""

import os
import signal
import subprocess
import sys
import time
from datetime import datetime
from pathlib import Path

from tests.cli.conftest import Program, recorded
from tests.recorded import RecordedServers
from troubleshoot.backends.bundle import read_bundle

COMMAND = [sys.executable, "-m", "troubleshoot"]


def started(servers: RecordedServers, folder: Path, *words: str) -> "subprocess.Popen[str]":
    environ = {**os.environ, **servers.environ, "XDG_CONFIG_HOME": str(folder)}
    return subprocess.Popen(
        [*COMMAND, *words], env=environ, cwd=folder, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip


def test_an_interrupt_ends_it_at_once_and_keeps_what_was_recorded(tmp_path: Path) -> None:
    file = tmp_path / "i.zip"
    at = "2025-11-07T15:30Z"
    with recorded("payment-timeouts", delay=90) as servers:
        process = started(servers, tmp_path, "high-error-rate", "--at", at, "--record", str(file))
        deadline = time.monotonic() + 60  # a cold machine imports slowly
        while len(servers.seen) < 20 and time.monotonic() < deadline:
            time.sleep(0.05)
        began = time.monotonic()
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=20)
        took = time.monotonic() - began
    assert process.returncode == 130
    assert took < 1.5  # a second, and a little for a busy machine
    assert "Traceback" not in err
    assert "interrupted" in err
    assert read_bundle(file).complete is False


def test_a_reader_that_goes_away_changes_neither_verdict_nor_says_a_word(tmp_path: Path) -> None:
    with recorded("payment-timeouts") as servers:
        process = started(servers, tmp_path, "high-error-rate", "--at", "2025-11-07T15:30Z")
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        err = process.stderr.read()
        process.stderr.close()
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
