"""`find-culprit` names the service on a system it has never seen, and on the shop."""

import pytest

from tests.lab.incident import Incident
from tests.live.conftest import BY_SCENARIO, SECOND, Run
from troubleshoot.model.exits import Exit

pytestmark = pytest.mark.live

SHOP = tuple(BY_SCENARIO[name] for name in ("payment-refused", "inventory-failing", "order-bug"))
FAULTY = [one for one in (*SECOND, *SHOP) if one.culprit]
HEALTHY = [one for one in (*SECOND, BY_SCENARIO["healthy"]) if not one.culprit]


@pytest.mark.parametrize("incident", FAULTY, ids=lambda one: one.scenario)
def test_the_service_at_fault_is_ranked_first(incident: Incident, run: Run) -> None:
    ran = run("find-culprit", "--output", "json", at=incident.at)
    first = ran.document["diagnoses"][0]
    assert first["component"] in {service for service, _ in incident.culprit}
    assert (first["verdict"] in ("confirmed", "likely"), ran.code) == (True, Exit.FOUND)


@pytest.mark.parametrize("incident", HEALTHY, ids=lambda one: one.scenario)
def test_a_healthy_system_is_clear(incident: Incident, run: Run) -> None:
    ran = run("find-culprit", "--output", "json", at=incident.at)
    assert (ran.document["conclusion"], ran.code) == ("clear", Exit.CLEAR)


def test_where_requests_come_in_is_found_without_being_told(run: Run) -> None:
    incident = SECOND[0]
    found = run("find-culprit", "--output", "json", at=incident.at).document
    told = run("find-culprit", "--set", "service=edge", "--output", "json", at=incident.at).document
    assert found["diagnoses"][0]["id"] == told["diagnoses"][0]["id"]
