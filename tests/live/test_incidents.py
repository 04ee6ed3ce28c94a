"""Every incident of the lab gets the diagnosis that is right."""

import pytest

from tests.live.conftest import BY_SCENARIO, INCIDENTS, Run
from troubleshoot.model.exits import Exit

pytestmark = pytest.mark.live

FAULTY = [one for one in INCIDENTS if one.cause]
HEALTHY = [one for one in INCIDENTS if not one.cause]


@pytest.mark.parametrize("incident", FAULTY, ids=lambda one: one.scenario)
def test_the_true_cause_is_ranked_first(incident, run: Run) -> None:  # type: ignore[no-untyped-def]
    ran = run("high-error-rate", "--output", "json", at=incident.at)
    report = ran.document
    first = report["diagnoses"][0]
    assert (report["conclusion"], ran.code) == ("diagnosed", 1)
    assert first["id"] in incident.cause
    assert first["verdict"] in ("confirmed", "likely")
    # where nothing gets that far (no payment without inventory) there is nothing to measure
    assert {gap["outcome"] for gap in report["gaps"]} <= {"no_data"}
    sure = {one["id"] for one in report["diagnoses"] if one["verdict"] == "confirmed"}
    assert sure <= set(incident.cause)
    assert ran.err == ""


@pytest.mark.parametrize("incident", HEALTHY, ids=lambda one: one.scenario)
def test_a_healthy_shop_is_clear(incident, run: Run) -> None:  # type: ignore[no-untyped-def]
    ran = run("high-error-rate", "--output", "json", at=incident.at)
    report = ran.document
    assert (report["conclusion"], report["complete"], ran.code) == ("clear", True, Exit.CLEAR)
    assert {one["verdict"] for one in report["diagnoses"]} <= {"possible", "ruled_out"}


def test_the_onset_is_found_within_a_window_of_the_fault(run: Run) -> None:
    incident = BY_SCENARIO["payment-timeouts"]
    report = run("high-error-rate", "--output", "json", at=incident.at).document
    since = report["symptom"]["items"][0]["since"]
    began = incident.at.timestamp() - 20 * 60
    from datetime import datetime

    assert abs(datetime.fromisoformat(since).timestamp() - began) <= 300


def test_a_run_sends_at_most_25_requests(run: Run) -> None:
    incident = BY_SCENARIO["payment-timeouts"]
    report = run("high-error-rate", "--output", "json", at=incident.at).document
    assert sum(store["requests"] for store in report["stores"]) <= 25


def test_another_baseline_gives_the_same_diagnosis(run: Run) -> None:
    incident = BY_SCENARIO["inventory-failing"]
    words = ("high-error-rate", "--output", "json", "--baseline", "yesterday")
    report = run(*words, at=incident.at).document
    # yesterday the lab had no shop at all: what needs a baseline could not tell, the rest did
    assert report["diagnoses"][0]["id"] in incident.cause
    reasons = {gap["reason"] for gap in report["gaps"]}
    assert any("no baseline" in reason for reason in reasons)
