"""What is suggested of metrics in a real Prometheus, and that it answers in those words."""

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest

from tests.live.own_prometheus import started
from troubleshoot.load.playbook.loader import clock
from troubleshoot.load.playbook.vocabularies import read_vocabulary
from troubleshoot.load.text.templates import render
from troubleshoot.model.resolved_playbook import QueryFile
from troubleshoot.model.window import Window

pytestmark = pytest.mark.live
START, STEP, STEPS = 1_790_000_000, 30, 60
WINDOW = Window(datetime.fromtimestamp(START + STEP * STEPS, UTC))
GROWING = {
    'house_orders_total{app="cart",outcome="ok"}': 9,
    'house_orders_total{app="cart",outcome="failed"}': 1,
    'house_time_seconds_bucket{app="cart",le="0.5"}': 8,
    'house_time_seconds_bucket{app="cart",le="+Inf"}': 9,
    'house_time_seconds_sum{app="cart"}': 3,
    'house_time_seconds_count{app="cart"}': 9,
    'house_hits_total{app="cart"}': 3,
    'house_misses_total{app="cart"}': 1,
}
STEADY = {
    'house_pool_used{app="cart"}': 4,
    'house_pool_max{app="cart"}': 5,
    'house_jobs_pending{app="cart"}': 7,
    "cart_success_percent{}": 99,
}


def openmetrics() -> Iterator[str]:
    named: dict[str, list[tuple[str, int, bool]]] = {}
    for rows, grows in ((GROWING, True), (STEADY, False)):
        for series, value in rows.items():
            named.setdefault(series.partition("{")[0], []).append((series, value, grows))
    for name, found in named.items():
        yield f"# TYPE {name} unknown"
        for series, value, grows in found:
            for step in range(STEPS + 1):
                yield f"{series} {value * (step if grows else 1)} {START + step * STEP}"
    yield "# EOF"


def test_it_is_a_vocabulary_that_the_server_answers(tmp_path: Path) -> None:
    with started(tmp_path, openmetrics()) as url:
        environ = {**os.environ, "TROUBLESHOOT_PROMETHEUS_URL": url, "XDG_CONFIG_HOME": "/nowhere"}
        for store in ("JAEGER", "ELASTICSEARCH"):
            environ[f"TROUBLESHOOT_{store}_URL"] = "http://127.0.0.1:9"
        command = ["-m", "troubleshoot", "vocabulary", "suggest", "--at", WINDOW.at.isoformat()]
        ended = subprocess.run(
            [sys.executable, *command], env=environ, cwd=tmp_path, capture_output=True, text=True,
            timeout=60, check=True,
        )  # fmt: skip
        file = QueryFile("vocabulary/suggested.yaml", "suggested.yaml", ended.stdout)
        told = []
        for phrase in read_vocabulary(file).phrases:
            query = render(phrase.query, clock(WINDOW), language="promql", file="")
            asked = {"query": query, "time": str(WINDOW.at.timestamp())}
            (found,) = httpx.get(f"{url}/api/v1/query", params=asked).json()["data"]["result"]
            name = f"{phrase.means} {phrase.statistic or phrase.of}".strip()
            whom = phrase.about or next(iter(found["metric"].values()), "")
            told.append(f"{name} of {whom}: {float(found['value'][1]):.3g}")
    assert told == [
        "traffic of cart: 0.333",
        "errors of cart: 0.01",
        "errors of cart: 0.1",
        "latency p95 of cart: 0.5",
        "latency mean of cart: 0.333",
        "saturation house pool of cart: 0.8",
        "hits of cart: 0.75",
        "queue of cart: 7",
    ]
