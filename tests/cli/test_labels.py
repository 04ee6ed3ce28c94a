"""A user's own labels are reported as they are, whatever this program calls its conclusions."""

import json
from typing import Any

import pytest

from tests.backends.server import answer, serve
from tests.cli.conftest import NOW, Program
from troubleshoot.model.store import Store

LABELS = {
    "service": "payment-service", "host": "node-7", "kind": "remote", "version": "2.15.0",
    "message": "timeout", "caller": "order-service", "party": "database", "instance": "pod-1",
}  # fmt: skip
TEXT = """\
format: 2
playbook: mine
title: Mine
symptom: lag
steps:
  - id: s
    guide: "1"
    title: S
    checks:
      - {id: lag, title: Lag, query: promql/lag.promql, judge: {kind: threshold, critical: "> 5"}}
diagnoses:
  - id: late
    title: It lags
    component: queue
    for:
      - {check: lag, where: {labels: LABELS}, strength: strong}
"""


def series(labels: dict[str, str]) -> dict[str, Any]:
    end = int(NOW.timestamp())
    points = [[time, "9" if time > end - 600 else "1"] for time in range(end - 7200, end + 1, 30)]
    return {"metric": labels, "values": points}


def report(program: Program, labels: dict[str, str]) -> Any:
    matrix = {"resultType": "matrix", "result": [series(LABELS), series({"queue": "other"})]}
    body = json.dumps({"status": "success", "data": matrix}).encode()
    file = program.write("own/mine.yaml", TEXT.replace("LABELS", json.dumps(labels)))
    program.write("own/queries/promql/lag.promql", "lag\n")
    with serve(answer(body)) as server:
        program.environ[f"TROUBLESHOOT_{Store.PROMETHEUS.upper()}_URL"] = server.url
        return program("run", str(file), "-o", "json").document


def test_they_are_reported_with_their_values_and_are_no_conclusions(program: Program) -> None:
    rows = report(program, LABELS)["findings"][0]["items"]
    (mine,) = [row for row in rows if row["labels"] == LABELS]
    assert mine["facts"] == {}
    assert (mine["outcome"], mine["value"], mine["normal"]) == ("critical", 9, 1)


@pytest.mark.parametrize("name", sorted(LABELS))
def test_evidence_picks_them_under_labels(program: Program, name: str) -> None:
    (cause,) = report(program, {name: LABELS[name]})["diagnoses"]
    assert (cause["verdict"], cause["arguments_for"][0]["item"]["labels"]) == ("likely", LABELS)
    (cause,) = report(program, {name: "another"})["diagnoses"]
    assert cause["verdict"] == "ruled_out"
