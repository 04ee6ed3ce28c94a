"""Which Pythons `make test-pythons` finds, and what it says of them."""

import sys
from pathlib import Path

import pytest

from tests.pythons import Outcome, outcome, table, usable

HERE = "{}.{}".format(*sys.version_info)


def put(file: Path, text: str) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
    file.chmod(0o755)
    return file


@pytest.fixture
def real() -> str:
    return f'exec "{sys.executable}" "$@"'


def test_a_python_on_the_path_is_taken(tmp_path: Path, real: str) -> None:
    python = put(tmp_path / "bin" / f"python{HERE}", real)
    assert usable(HERE, {"PATH": f"/nowhere:{python.parent}", "HOME": str(tmp_path)}) == python


def test_a_shim_that_refuses_is_passed_over_for_what_pyenv_keeps(tmp_path: Path, real: str) -> None:
    shim = put(tmp_path / "shims" / f"python{HERE}", "echo command not found >&2; exit 127")
    kept = tmp_path / ".pyenv" / "versions"
    put(kept / f"{HERE}.9" / "bin" / f"python{HERE}", real)
    newest = put(kept / f"{HERE}.10" / "bin" / f"python{HERE}", real)
    assert usable(HERE, {"PATH": str(shim.parent), "HOME": str(tmp_path)}) == newest
    named = {"PATH": "", "PYENV_ROOT": str(kept.parent), "HOME": "/nowhere"}
    assert usable(HERE, named) == newest


def test_a_python_that_is_another_version_or_makes_no_environment_is_not_taken(
    tmp_path: Path,
) -> None:
    put(tmp_path / "one" / f"python{HERE}", "echo 2.7")
    put(tmp_path / "two" / f"python{HERE}", "echo 'No module named ensurepip' >&2; exit 1")
    path = f"{tmp_path / 'one'}:{tmp_path / 'two'}"
    assert usable(HERE, {"PATH": path, "HOME": str(tmp_path)}) is None


@pytest.mark.parametrize(
    ("code", "counts", "passed", "failed"),
    [
        (0, 'tests="9" failures="0" errors="0" skipped="0"', 9, 0),
        (1, 'tests="9" failures="2" errors="1" skipped="0"', 6, 3),
        (1, 'tests="9" failures="0" errors="0" skipped="2"', 7, 1),
        (5, 'tests="0" failures="0" errors="0" skipped="0"', 0, 1),
    ],
)
def test_a_run_failed_when_a_test_did_or_pytest_says_so(
    code: int, counts: str, passed: int, failed: int
) -> None:
    junit = f"<testsuites><testsuite {counts}/></testsuites>"
    assert outcome("3.12", code, junit, 7.0) == Outcome("3.12", passed, failed, 7.0)


def test_the_table_names_what_ran_and_what_the_machine_lacks() -> None:
    assert table([Outcome("3.11", 3408, 0, 98.6)], ["3.14"]).splitlines() == [
        "Python  passed  failed  seconds",
        "3.11      3408       0       99",
        "3.14    is not on this machine",
    ]
