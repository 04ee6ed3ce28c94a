"""Each way of going wrong shows where it is, and there only; each has an answer that is known."""

from collections.abc import Iterable
from functools import cache
from statistics import median

import pytest

from tests.lab.scenarios import SCENARIOS
from tests.lab.shop.instance import MEMORY_LIMIT
from tests.lab.simulate import simulate
from tests.lab.telemetry.metrics import Scrapes
from tests.lab.telemetry.recording import Recording
from tests.lab.telemetry.spans import CLIENT, SERVER, Span

SHORT = 240.0
WHAT = {"failing", "slow", "unreachable", "saturated", "restarted", "changed"}


@cache
def recorded(name: str) -> Recording:
    return simulate(SCENARIOS[name], seed=5, history=SHORT, sampled=0.5)


def of(name: str, service: str, kind: int) -> list[Span]:
    return [span for span in recorded(name).spans if (span.service, span.kind) == (service, kind)]


def seconds(spans: Iterable[Span]) -> float:
    return median(span.end - span.start for span in spans)


def versions(scrapes: Scrapes, service: str) -> set[str]:
    labels = [dict(key.labels) for key in scrapes.series if key.name == "shop_build_info"]
    return {each["version"] for each in labels if each["job"] == service}


@pytest.mark.parametrize("name", SCENARIOS)
def test_what_is_true_is_either_nothing_or_a_cause_and_a_culprit(name: str) -> None:
    scenario = SCENARIOS[name]
    assert bool(scenario.cause) == bool(scenario.culprit) == ("healthy" not in name)
    assert {what for _, what in scenario.culprit} <= WHAT


@pytest.mark.parametrize("name", [each for each in SCENARIOS if "healthy" not in each])
def test_a_culprit_is_a_name_that_the_traces_hold(name: str) -> None:
    named = {span.service for span in recorded(name).spans}
    for tag in ("peer.service", "server.address"):
        named |= {str(span.attributes.get(tag)) for span in recorded(name).spans}
    assert {service for service, _ in SCENARIOS[name].culprit} <= named


@pytest.mark.parametrize("name", [each for each in SCENARIOS if each != "healthy"])
def test_a_release_is_an_event_a_label_and_a_version_of_spans(name: str) -> None:
    recording = recorded(name)
    released = [event for event in recording.events if event.kind == "deployment"]
    assert released
    for event in released:
        assert event.version in versions(recording.scrapes, event.service)
        seen = {span.version for span in recording.spans if span.service == event.service}
        assert event.version in seen or not seen


@pytest.mark.parametrize(
    "name", [each for each in SCENARIOS if "healthy" not in each and "release-bad" not in each]
)
def test_a_release_beside_a_fault_is_of_another_service_than_the_culprit(name: str) -> None:
    guilty = {service for service, what in SCENARIOS[name].culprit if what == "changed"}
    others = {event.service for event in recorded(name).events if event.kind == "deployment"}
    assert others - guilty


def test_a_bad_release_fails_for_one_currency_and_on_the_new_version_only() -> None:
    failed = [
        span
        for span in of("payment-canary-bad", "payment-service", SERVER)
        if span.failure and span.failure.kind == "internal"
    ]
    assert {span.version for span in failed} == {"2.15.0"}
    assert len({span.attributes["payment.currency"] for span in failed}) == 1
    assert len({span.instance for span in failed}) == 2
    served = of("payment-canary-bad", "payment-service", SERVER)
    assert {span.version for span in served if span.end > SHORT - 60} == {"2.14.0", "2.15.0"}


def test_an_expired_certificate_fails_every_charge_at_once() -> None:
    charges = of("provider-certificate-expired", "payment-service", CLIENT)
    assert {span.failure.kind for span in charges if span.failure} == {"tls_error"}
    assert all(span.failure for span in charges)
    assert max(span.end - span.start for span in charges) < 0.2


def test_a_network_delay_lies_between_client_and_server_spans() -> None:
    calls = of("network-delay", "order-service", CLIENT)
    payments = [span for span in calls if span.attributes.get("peer.service") == "payment-service"]
    assert seconds(payments) > 4
    assert seconds(of("network-delay", "payment-service", SERVER)) < 0.6


def test_a_name_without_an_address_is_called_in_vain_while_its_instances_are_well() -> None:
    calls = of("dns-failure", "order-service", CLIENT)
    assert {span.failure.kind for span in calls if span.failure} == {"dns_error"}
    assert of("dns-failure", "inventory-service", SERVER) == []
    assert recorded("dns-failure").scrapes.last("up", job="inventory-service") == 2


def test_instances_that_are_gone_are_not_scraped_any_more() -> None:
    scrapes = recorded("inventory-gone").scrapes
    ends = [
        samples[-1][0]
        for key, samples in scrapes.series.items()
        if ("job", "inventory-service") in key.labels
    ]
    assert all(end < 60 for end in ends)


def test_a_database_that_is_down_is_named_by_the_calls_to_it() -> None:
    connects = [span for span in recorded("db-down").spans if span.name == "connect"]
    assert connects
    assert {span.attributes["peer.service"] for span in connects} == {"orders-db"}
    assert all(span.failure and span.failure.kind == "connection_refused" for span in connects)


def test_leaking_processes_grow_to_their_limit_and_are_started_again() -> None:
    recording = recorded("payment-memory-leak")
    most = max(
        value
        for key, samples in recording.scrapes.series.items()
        if key.name == "container_memory_usage_bytes"
        for _, value in samples
    )
    assert 0.8 * MEMORY_LIMIT < most <= MEMORY_LIMIT
    restarts = [event for event in recording.events if event.kind == "restart"]
    assert {event.service for event in restarts} == {"payment-service"}
    counted = recording.scrapes.last(
        "kube_pod_container_status_restarts_total", container="payment-service"
    )
    assert counted == len(restarts) >= 3


def test_a_slow_inventory_is_slow_inside_and_answers_well() -> None:
    served = of("inventory-slow", "inventory-service", SERVER)
    assert seconds(served) > 1.2
    assert not any(span.failure for span in served)


def test_a_storm_of_retries_goes_on_after_its_cause_is_over() -> None:
    after = 100.0  # the provider was slow for a minute and a half
    charges = of("retry-storm", "payment-service", CLIENT)
    assert seconds(span for span in charges if span.start > after) < 0.3
    calls = of("retry-storm", "order-service", CLIENT)
    payments = [span for span in calls if span.attributes.get("peer.service") == "payment-service"]
    late = [span for span in payments if span.start > after]
    assert sum(span.failure is not None for span in late) / len(late) > 0.9


def test_a_rush_of_customers_is_more_than_the_payment_instances_can_take() -> None:
    served = of("traffic-surge", "payment-service", SERVER)
    kinds = {span.failure.kind for span in served if span.failure}
    assert "overloaded" in kinds
