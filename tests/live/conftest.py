"""The lab, with incidents whose seeds nothing else uses, brought up once for all tests."""

import os
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from tests.lab.api import Lab, ensure
from tests.lab.incident import Incident
from tests.lab.scenarios import SCENARIOS
from tests.ran import Ran

SEED = 41  # development looks at seed 1
INCIDENTS = tuple(Incident(scenario, SEED) for scenario in SCENARIOS)
SECOND = tuple(
    Incident(scenario, SEED)
    for scenario in ("tickets-ledger-bug", "tickets-catalog-gone", "tickets-healthy")
)
BY_SCENARIO = {one.scenario: one for one in INCIDENTS}

Run = Callable[..., Ran]


@pytest.fixture(scope="session")
def lab() -> Lab:
    return ensure((*INCIDENTS, *SECOND))


@pytest.fixture
def run(lab: Lab, tmp_path: Path) -> Run:
    """The program as a process, in an empty folder, pointed at the lab."""

    def run(*words: str, at: datetime | None = None) -> Ran:
        time = ["--at", at.isoformat()] if at else []
        plain = {name: value for name, value in os.environ.items() if "TROUBLESHOOT" not in name}
        environ = {**plain, **lab.env, "XDG_CONFIG_HOME": str(tmp_path), "COLUMNS": "80"}
        ended = subprocess.run(
            [sys.executable, "-m", "troubleshoot", *words, *time],
            env=environ, cwd=tmp_path, capture_output=True, text=True, timeout=120, check=False,
        )  # fmt: skip
        return Ran(ended.returncode, ended.stdout, ended.stderr)

    return run
