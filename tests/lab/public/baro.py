"""BARO on the same windows: a published method, in an environment of its own.

Pham, Ha and Zhang, "BARO: Robust Root Cause Analysis for Microservices via Multivariate Bayesian
Online Change Point Detection", FSE 2024; `fse-baro` on PyPI. It is told the onset.
"""

import json
import subprocess
import sys
from pathlib import Path

from tests.lab.public.cases import Case
from tests.lab.public.floors import columns
from tests.lab.servers import folders

WANTED = "fse-baro==0.2.2"
STEP = 60.0
PROGRAM = """\
import json, sys
import pandas
from baro.root_cause_analysis import robust_scorer
for line in sys.stdin:
    case = json.loads(line)
    table = pandas.DataFrame(case["columns"]).ffill().bfill().fillna(0.0)
    ranks = robust_scorer(table, inject_time=case["onset"])["ranks"]
    print(json.dumps(ranks), flush=True)
"""


def ranked(cases: list[Case]) -> dict[str, tuple[str, ...]]:
    """By name of the case: services, best first. The environment is made the first time."""
    tables = [_table(one) for one in cases]
    said = subprocess.run(
        [str(_python()), "-c", PROGRAM], input="\n".join(map(json.dumps, tables)),
        capture_output=True, check=True, text=True,
    )  # fmt: skip
    found = {}
    for case, table, line in zip(cases, tables, said.stdout.splitlines(), strict=True):
        services = table["services"]
        assert isinstance(services, dict)
        found[case.name] = tuple(dict.fromkeys(services[name] for name in json.loads(line)))
    return found


def _table(case: Case) -> dict[str, object]:
    """A row a minute over baseline and lookback; None where a series has no value then."""
    times = [case.baseline[0] + STEP * n for n in range(_rows(case))]
    every = columns(case)
    table = {one.name: [_at(one.points, time) for time in times] for one in every}
    return {
        "columns": {"time": times, **table},
        "services": {one.name: one.service for one in every},
        "onset": case.at - case.lookback,
    }


def _rows(case: Case) -> int:
    return int((case.at - case.baseline[0]) // STEP) + 1


def _at(points: list[tuple[float, float]], time: float) -> float | None:
    return next((value for then, value in points if time - STEP < then <= time), None)


def _python() -> Path:
    folder = folders.built() / "baro"
    python = folder / "bin" / "python"
    if not (folder / "ready").exists():
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(folder)], check=True)
        install = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*install, WANTED], check=True)
        (folder / "ready").touch()
    return python
