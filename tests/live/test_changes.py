"""Changes of the lab's two systems, written down in two ways, found in both."""

from typing import Any

import pytest

from tests.lab.incident import Incident
from tests.live.conftest import BY_SCENARIO, SECOND, Run

pytestmark = pytest.mark.live
Document = dict[str, Any]


def changes(run: Run, playbook: str, incident: Incident) -> tuple[Document, Document]:
    report = run(playbook, "--output", "json", at=incident.at).document
    return report, next(one for one in report["findings"] if one["check"] == "changes")


@pytest.mark.parametrize(
    ("playbook", "incident", "service"),
    [
        ("high-error-rate", BY_SCENARIO["payment-release-bad"], "payment-service"),
        ("find-culprit", SECOND[0], "ledger"),
    ],
    ids=["flat", "ecs"],
)
def test_the_release_is_told_with_its_time(
    playbook: str, incident: Incident, service: str, run: Run
) -> None:
    _, found = changes(run, playbook, incident)
    assert found["outcome"] == "warning"
    told = {item["facts"]["service"]: item for item in found["items"]}
    assert told[service]["since"]
    assert told[service]["facts"]["version"]


def test_innocent_changes_do_not_disturb_a_healthy_shop(run: Run) -> None:
    report, found = changes(run, "high-error-rate", BY_SCENARIO["healthy-noisy"])
    assert [item for item in found["items"] if item["facts"]["correlates"]] == []
    assert (report["conclusion"], report["complete"]) == ("clear", True)
    assert sum(store["requests"] for store in report["stores"]) <= 25
