"""What each phrase of a public convention makes of the series that its documentation shows."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest

from tests.live.own_prometheus import started
from tests.load.documented import FILES, Sample, samples
from tests.load.test_documented import vocabulary
from troubleshoot.load.playbook.loader import clock
from troubleshoot.load.text.templates import render
from troubleshoot.model.vocabulary import MetricMapping
from troubleshoot.model.window import Window

pytestmark = pytest.mark.live
START, STEP, STEPS = 1_790_000_000, 30, 40
WINDOW = Window(datetime.fromtimestamp(START + STEP * STEPS, UTC))
ANSWERS = FILES["envoy"].parent / "answers.txt"


def openmetrics() -> Iterator[str]:
    """The samples of all files, each growing or steady, as `promtool` reads history."""
    every: dict[str, dict[str, Sample]] = {}
    for file in FILES.values():
        for one in samples(file):
            labels = ",".join(f'{name}="{value}"' for name, value in one.labels.items())
            if one.value is not None:
                every.setdefault(one.name, {}).setdefault(labels, one)
    for name, found in every.items():
        yield f"# TYPE {name} unknown"
        for labels, one in found.items():
            for step in range(STEPS + 1):
                value = (one.value or 0.0) * (step if one.grows else 1)
                yield f"{name}{{{labels}}} {value} {START + step * STEP}"
    yield "# EOF"


@pytest.fixture(scope="module")
def prometheus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with started(tmp_path_factory.mktemp("documented"), openmetrics()) as url:
        yield url


def test_each_phrase_says_whom_and_how_much(prometheus: str) -> None:
    told = "".join(
        f"{name} {phrase.means} {phrase.statistic or phrase.of}: {_rows(prometheus, phrase)}\n"
        for name in FILES
        for phrase in vocabulary(name).phrases
    )
    if os.environ.get("UPDATE_GOLDEN"):
        ANSWERS.write_text(told, encoding="utf-8")
    assert Path(ANSWERS).read_text(encoding="utf-8") == told


def _rows(url: str, phrase: MetricMapping) -> str:
    query = render(phrase.query, clock(WINDOW), language="promql", file="")
    params = {"query": query, "time": str(WINDOW.at.timestamp())}
    answer = httpx.get(f"{url}/api/v1/query", params=params).json()
    assert answer["status"] == "success", answer
    rows = [
        (*(one["metric"].get(label, "") for label in phrase.labels.values()), one["value"][1])
        for one in answer["data"]["result"]
    ]
    return ", ".join(" ".join((*whom, f"{float(value):.3g}")) for *whom, value in sorted(rows))
