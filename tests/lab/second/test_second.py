"""The box office: one seed gives one evening, its signals agree, and its faults can be seen."""

from collections import Counter
from functools import cache
from itertools import pairwise

import orjson
import pytest

from tests.lab.incident import Incident
from tests.lab.scenario import Scenario
from tests.lab.second import cache as redis
from tests.lab.second import ecs, partner, resource
from tests.lab.second.platform import SPECS, Platform
from tests.lab.second.queue import CONSUMER
from tests.lab.second.scenarios import SCENARIOS
from tests.lab.simulate import simulate
from tests.lab.systems import SHOP
from tests.lab.telemetry.metrics import Key, Scrapes
from tests.lab.telemetry.recording import Recording
from tests.lab.telemetry.spans import CLIENT, SERVER, Span

SHORT = 600.0
"""Ten minutes: every fault is there from the start."""

SAMPLED = 0.25
"""More traces than usual, for there is less time."""

SERVED = "http_server_request_duration_seconds"
FELT = [each for each in SCENARIOS.values() if each.culprit and each.symptom == "edge"]
UNFELT = [each for each in SCENARIOS.values() if each not in FELT]
WHAT = {"failing", "slow", "unreachable", "saturated", "restarted", "changed"}


@cache
def recorded(name: str) -> Recording:
    return simulate(SCENARIOS[name], seed=7, history=SHORT, sampled=SAMPLED)


def grown(scrapes: Scrapes, name: str, **labels: str) -> list[tuple[Key, float]]:
    """What each series with that name and those labels gained in the last five minutes."""
    return [
        (
            key,
            samples[-1][1] - max((value for at, value in samples if at <= SHORT - 300), default=0),
        )
        for key, samples in scrapes.series.items()
        if key.name == name and labels.items() <= dict(key.labels).items()
    ]


def failed_share(scrapes: Scrapes, service: str) -> float:
    counts: Counter[bool] = Counter()
    for key, count in grown(scrapes, f"{SERVED}_count", service_name=service):
        counts[dict(key.labels)["http_response_status_code"] >= "500"] += int(count)
    return counts[True] / counts.total()


def p95(scrapes: Scrapes, service: str) -> float:
    """The upper bound of the bucket that holds it."""
    cells: Counter[float] = Counter()
    for key, count in grown(scrapes, f"{SERVED}_bucket", service_name=service):
        cells[float(dict(key.labels)["le"])] += int(count)
    return min(bound for bound, count in cells.items() if count >= 0.95 * cells[float("inf")])


def spans(name: str, service: str, kind: int) -> list[Span]:
    found = [each for each in recorded(name).spans if (each.service, each.kind) == (service, kind)]
    assert found
    return found


def bodies(name: str) -> list[tuple[str, dict[str, object]]]:
    recording = recorded(name)
    lines = b"".join(ecs.lines(recording.logs, recording.events, 1_762_522_200.0)).splitlines()
    told = [orjson.loads(line) for line in lines]
    pairs = zip(told[::2], told[1::2], strict=True)
    return [(action["index"]["_index"], body) for action, body in pairs]


def test_the_same_seed_gives_the_same_signals() -> None:
    once = recorded("tickets-ledger-bug")
    again = simulate(SCENARIOS["tickets-ledger-bug"], seed=7, history=SHORT, sampled=SAMPLED)
    assert again.scrapes.series == once.scrapes.series
    assert (again.spans, again.logs, again.events) == (once.spans, once.logs, once.events)


def test_it_shares_no_name_with_the_shop() -> None:
    assert not SCENARIOS.keys() & SHOP.scenarios.keys()
    assert len(SPECS) == 7
    assert not any("-service" in spec.service for spec in SPECS)


def test_its_incidents_lie_at_least_half_a_day_from_those_of_the_shop() -> None:
    names = (*SHOP.scenarios, *SCENARIOS)
    times = sorted(Incident(name, seed).at for name in names for seed in range(1, 101))
    gaps = [(later - earlier).total_seconds() for earlier, later in pairwise(times)]
    assert min(gaps) >= 13 * 3600
    assert {Incident(name).system for name in SCENARIOS} == {"second"}
    assert Incident("tickets-healthy").at.year == 2025


@pytest.mark.parametrize("scenario", SCENARIOS.values(), ids=lambda scenario: scenario.name)
def test_every_true_answer_names_something_the_traces_know(scenario: Scenario) -> None:
    seen = {span.service for span in recorded("tickets-healthy").spans}
    for span in recorded("tickets-healthy").spans:
        seen |= {str(span.attributes.get(key)) for key in ("server.address", "db.namespace")}
    assert {service for service, _ in scenario.culprit} <= seen
    assert {what for _, what in scenario.culprit} <= WHAT
    assert not scenario.cause


@pytest.mark.parametrize("scenario", FELT, ids=lambda scenario: scenario.name)
def test_customers_notice_a_fault(scenario: Scenario) -> None:
    scrapes, well = recorded(scenario.name).scrapes, recorded("tickets-healthy").scrapes
    slow = p95(scrapes, "edge") >= 3 * p95(well, "edge")
    assert failed_share(scrapes, "edge") > 0.1 or slow


@pytest.mark.parametrize("scenario", UNFELT, ids=lambda scenario: scenario.name)
def test_customers_notice_nothing_when_all_is_well_or_only_mails_fail(scenario: Scenario) -> None:
    scrapes, well = recorded(scenario.name).scrapes, recorded("tickets-healthy").scrapes
    assert failed_share(scrapes, "edge") < 0.03
    assert p95(scrapes, "edge") <= p95(well, "edge")


@pytest.mark.parametrize("name", ["tickets-ledger-bug", "tickets-sessions-leak"])
def test_requests_counted_at_the_edge_are_the_root_spans(name: str) -> None:
    recording = simulate(SCENARIOS[name], seed=7, history=300.0, sampled=1.0)
    ends = {
        dict(key.labels)["service_instance_id"]: samples[-1][0]
        for key, samples in recording.scrapes.series.items()
        if key.name == "target_info"
    }
    roots: Counter[tuple[str, str]] = Counter()
    for span in recording.spans:
        instance = f"boxoffice.{span.instance}.edge"
        if span.parent_id is None and span.end <= ends[instance]:
            roots[instance, str(span.attributes["http.response.status_code"])] += 1
    assert len(roots) > 4
    for (instance, status), count in roots.items():
        labels = {"service_instance_id": instance, "http_response_status_code": status}
        assert recording.scrapes.last(f"{SERVED}_count", **labels) == count


def test_only_the_new_ledger_fails_and_only_for_foreign_currencies() -> None:
    served = spans("tickets-ledger-bug", "ledger", SERVER)
    failed = {span.version for span in served if span.failure}
    assert failed == {"3.9.0"}
    assert 0.25 < failed_share(recorded("tickets-ledger-bug").scrapes, "ledger") < 0.55


def test_the_ledger_bug_has_an_innocent_release_beside_it_in_the_deployments() -> None:
    told = [body for index, body in bodies("tickets-ledger-bug") if index == "deploys-2025"]
    released = {orjson.dumps([body["service"], body["event"]]) for body in told}
    assert len(told) == len(released) == 2
    assert b"".join(released).count(b'"action":"deployed"') == 2
    assert {span.version for span in spans("tickets-ledger-bug", "pricing", SERVER)} == {
        "2025.20",
        "2025.21",
    }


def test_a_release_has_pods_of_other_names_whose_predecessors_stop_being_scraped() -> None:
    change = 240.0, lambda platform: platform.deployments["ledger"].release("3.9.0")
    recording = simulate(Scenario("release", (change,), shop=Platform), 7, history=480.0)
    ended = {
        dict(key.labels)["instance"]: samples[-1][0] < 300
        for key, samples in recording.scrapes.series.items()
        if key.name == "up" and dict(key.labels)["job"] == "boxoffice/ledger"
    }
    assert sorted(ended.values()) == [False, False, True, True]
    assert [(event.service, event.version) for event in recording.events] == [("ledger", "3.9.0")]


def test_a_starved_service_uses_all_the_cpu_it_may() -> None:
    def usage(name: str) -> float:
        cpu = grown(
            recorded(name).scrapes, "container_cpu_usage_seconds_total", container="pricing"
        )
        return sum(seconds for _, seconds in cpu) / 300

    assert usage("tickets-pricing-starved") > 0.7  # of two pods with half a core each
    assert usage("tickets-healthy") < 0.2


def test_pods_of_a_lost_node_are_down_and_then_forgotten() -> None:
    scrapes = recorded("tickets-catalog-gone").scrapes
    up = [
        samples
        for key, samples in scrapes.series.items()
        if key.name == "up" and dict(key.labels)["job"] == "boxoffice/catalog"
    ]
    assert all(samples[-1][1] == 0 and samples[-1][0] < SHORT - 300 for samples in up)
    assert scrapes.last("kube_deployment_status_replicas_available", deployment="catalog") == 0
    assert scrapes.last("kube_deployment_spec_replicas", deployment="catalog") == 2


def test_the_partner_is_known_only_by_its_host_name() -> None:
    calls = spans("tickets-partner-timeouts", "booking", CLIENT)
    late = [span for span in calls if span.attributes.get("error.type") == "timeout"]
    assert {span.attributes["server.address"] for span in late} == {partner.HOST}
    assert partner.HOST not in {span.service for span in recorded("tickets-partner-timeouts").spans}
    assert all("peer.service" not in span.attributes for span in calls)


def test_without_its_cache_the_database_is_asked_far_more_often_and_slower() -> None:
    def reads(name: str) -> tuple[int, float]:
        asked = spans(name, "catalog", CLIENT)
        took = [span.end - span.start for span in asked if span.name == "SELECT events"]
        return len(took), sorted(took)[len(took) // 2]

    (many, slow), (few, quick) = reads("tickets-cache-down"), reads("tickets-healthy")
    assert many > 10 * few
    assert slow > 2 * quick
    refused = [span for span in spans("tickets-cache-down", "sessions", CLIENT) if span.failure]
    assert {redis.HOST} <= {span.attributes["server.address"] for span in refused}


def test_a_slow_network_is_in_the_callers_span_and_not_in_the_servers() -> None:
    recording = recorded("tickets-ledger-network")
    calls = {span.span_id: span for span in spans("tickets-ledger-network", "booking", CLIENT)}
    served = [span for span in recording.spans if span.service == "ledger" and span.kind == SERVER]
    lost = [
        (calls[span.parent_id].end - calls[span.parent_id].start) - (span.end - span.start)
        for span in served
        if span.parent_id in calls
    ]
    assert len(lost) > 50
    assert sorted(lost)[len(lost) // 2] > 1.2
    assert sorted(span.end - span.start for span in served)[len(served) // 2] < 0.1


def test_leaking_sessions_are_restarted_and_counted() -> None:
    scrapes = recorded("tickets-sessions-leak").scrapes
    assert scrapes.last("kube_pod_container_status_restarts_total", container="sessions") >= 2
    assert scrapes.last("kube_pod_container_status_restarts_total", container="catalog") == 0


def test_failed_mails_are_spans_that_nobody_waits_for() -> None:
    consumed = spans("tickets-mails-failing", "notifications", CONSUMER)
    failed = {span.trace_id for span in consumed if span.failure}
    roots = [span for span in recorded("tickets-mails-failing").spans if span.parent_id is None]
    outcome = [span.failure for span in roots if span.trace_id in failed]
    assert len(outcome) > 100
    assert not any(outcome)


def test_lines_are_in_the_elastic_common_schema() -> None:
    lines = [body for index, body in bodies("tickets-ledger-bug") if index == "app-2025.11.07"]
    stacks = [
        body for body in lines if b"Postings.convert(Postings.java:88)\\n" in orjson.dumps(body)
    ]
    assert stacks
    [levels, services] = [
        {value for body in lines if (value := str(dict(body[name]).get(key)))}  # type: ignore[call-overload]
        for name, key in (("log", "level"), ("service", "name"))
    ]
    assert {"ERROR", "error", "WARN", "warn"} <= levels
    assert {"edge", "booking", "ledger", "notifications"} <= services
    assert "level" not in lines[0]
    assert "trace" in stacks[0]


def test_notifications_hide_their_level_inside_the_message() -> None:
    hidden = [line for line in recorded("tickets-mails-failing").logs if not line.level]
    assert {line.service for line in hidden} == {"notifications"}
    told = [orjson.loads(line.message) for line in hidden]
    assert {"ERROR", "WARNING"} <= {each["severity"] for each in told}
    assert any("seat_row" in each.get("exception", "") for each in told)


def test_spans_tell_their_pod_and_the_newer_names() -> None:
    request = orjson.dumps(resource.export(recorded("tickets-healthy").spans[:500], 0.0))
    for name in ("k8s.pod.name", "service.version", "http.request.method", "server.address"):
        assert f'"{name}"'.encode() in request
    for name in ("db.system.name", "db.namespace", "http.response.status_code", "error.type"):
        assert f'"{name}"'.encode() in request
    for old in ("peer.service", "db.system", "db.name", "http.method", "shop"):
        assert f'"{old}"'.encode() not in request
