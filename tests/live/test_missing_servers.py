"""One server stopped: what could not be checked is said, and nothing is called clear."""

import pytest

from tests.lab.api import Lab
from tests.live.conftest import BY_SCENARIO, Run

pytestmark = pytest.mark.live

SERVERS = ("prometheus", "jaeger", "elasticsearch")


@pytest.mark.parametrize("server", SERVERS)
def test_a_healthy_shop_is_not_called_clear_without_a_server(
    server: str, lab: Lab, run: Run
) -> None:
    with lab.without(server):
        ran = run("high-error-rate", "--output", "json", at=BY_SCENARIO["healthy"].at)
    report = ran.document
    assert report["conclusion"] in ("inconclusive", "failed")
    assert (report["complete"], ran.code) == (False, 3)
    assert all(gap["outcome"] == "error" and gap["reason"] for gap in report["gaps"])
    (down,) = [store for store in report["stores"] if store["failed"]]
    assert down["store"] == server
    assert f"TROUBLESHOOT_{server.upper()}_URL" in down["hint"]


@pytest.mark.parametrize("server", SERVERS)
def test_an_incident_without_a_server_says_what_could_change_the_answer(
    server: str, lab: Lab, run: Run
) -> None:
    incident = BY_SCENARIO["payment-timeouts"]
    with lab.without(server):
        ran = run("high-error-rate", "--output", "json", at=incident.at)
    report = ran.document
    assert report["complete"] is False
    assert ran.code in (1, 3)
    assert report["conclusion"] != "clear"
    if ran.code == 1:
        assert report["diagnoses"][0]["id"] in incident.cause
    assert {gap["check"] for gap in report["gaps"]}


def test_with_nothing_listening_every_url_is_named_with_what_to_set(lab: Lab, run: Run) -> None:
    with lab.without("prometheus"), lab.without("jaeger"), lab.without("elasticsearch"):
        ran = run("high-error-rate", at=BY_SCENARIO["healthy"].at)
    assert ran.code == 3
    flat = "".join(ran.out.split())
    for name, url in lab.urls.items():
        assert url in flat
        assert f"TROUBLESHOOT_{name.upper()}_URL" in flat
