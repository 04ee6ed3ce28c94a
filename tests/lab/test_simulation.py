"""The simulated shop: one seed gives one day, and its three kinds of signals agree."""

from collections import Counter, defaultdict
from functools import cache
from itertools import pairwise

import pytest

from tests.lab.everyday import restart
from tests.lab.scenario import Scenario
from tests.lab.scenarios import SCENARIOS
from tests.lab.simulate import simulate
from tests.lab.telemetry.metrics import Scrapes
from tests.lab.telemetry.recording import Recording

SHORT = 450.0
"""A shorter history: every fault is there from the start."""

BRIEF = 150.0
"""Time enough for signals to agree, or not."""

SEEDS = (7,)  # the live tests and the scoreboard look at others

FAULTY = [scenario for scenario in SCENARIOS.values() if scenario.cause]
HEALTHY = [scenario for scenario in SCENARIOS.values() if not scenario.cause]


@cache
def recorded(name: str, sampled: float = 1.0) -> Recording:
    return simulate(SCENARIOS[name], seed=7, history=SHORT, sampled=sampled)


@cache
def briefly(name: str) -> Recording:
    return simulate(SCENARIOS[name], seed=7, history=BRIEF, sampled=1.0)


@cache
def counted(name: str, seed: int) -> Scrapes:
    return simulate(SCENARIOS[name], seed, history=SHORT, sampled=0.0).scrapes


def booted(recording: Recording) -> defaultdict[str, float]:
    """When each instance began to count anew, if ever."""
    lines = (line for line in recording.logs if "started, listening" in line.message)
    return defaultdict(float, {line.instance: line.at for line in lines})


def failed_share(scrapes: Scrapes, name: str) -> float:
    """The share of failures in the last five minutes, as `increase` would see it."""
    total: Counter[str] = Counter()
    for key, samples in scrapes.series.items():
        if key.name == name:
            before = max((value for at, value in samples if at <= SHORT - 300), default=0.0)
            total[dict(key.labels)["status"]] += int(samples[-1][1] - before)
    return (total["error"] + total["failed"]) / total.total()


def last_scrape(scrapes: Scrapes, instance: str) -> float:
    [samples] = [
        samples
        for key, samples in scrapes.series.items()
        if key.name == "up" and dict(key.labels)["instance"] == instance
    ]
    return samples[-1][0]


def test_the_same_seed_gives_the_same_signals() -> None:
    again = simulate(SCENARIOS["db-pool-exhaustion"], seed=7, history=SHORT, sampled=1.0)
    once = recorded("db-pool-exhaustion")
    assert again.scrapes.series == once.scrapes.series
    assert again.spans == once.spans
    assert again.logs == once.logs


def test_another_seed_gives_other_signals() -> None:
    other = simulate(SCENARIOS["db-pool-exhaustion"], seed=8, history=60.0)
    same = simulate(SCENARIOS["db-pool-exhaustion"], seed=7, history=60.0)
    assert other.scrapes.series != same.scrapes.series


def test_sampling_drops_whole_traces_and_changes_nothing_else() -> None:
    everything, sampled = recorded("payment-timeouts"), recorded("payment-timeouts", 0.1)
    kept = {span.trace_id for span in sampled.spans}
    assert sampled.spans == [span for span in everything.spans if span.trace_id in kept]
    assert sampled.scrapes.series == everything.scrapes.series
    assert sampled.logs == everything.logs
    assert 0.05 < len(sampled.spans) / len(everything.spans) < 0.15


@pytest.mark.parametrize("name", SCENARIOS)
def test_counted_orders_are_the_root_spans(name: str) -> None:
    recording = briefly(name)
    booted_at = booted(recording)
    roots: Counter[tuple[str, str]] = Counter()
    for span in recording.spans:
        last = last_scrape(recording.scrapes, span.instance)
        if span.parent_id is None and booted_at[span.instance] <= span.end <= last:
            roots[span.instance, "error" if span.failure else "success"] += 1
    assert roots
    for (instance, status), count in roots.items():
        assert recording.scrapes.last("orders_total", instance=instance, status=status) == count


@pytest.mark.parametrize(
    "name",
    [
        "payment-timeouts",
        "payment-refused",
        "payment-overloaded",
        "payment-canary-bad",
        "retry-storm",
    ],
)
def test_payment_errors_are_counted_under_the_kind_their_span_failed_with(name: str) -> None:
    recording = briefly(name)
    booted_at = booted(recording)
    kinds: Counter[str] = Counter()
    for span in recording.spans:
        served = span.service == "payment-service" and span.name == "POST /payments"
        last = last_scrape(recording.scrapes, span.instance)
        if served and span.failure and booted_at[span.instance] <= span.end <= last:
            kinds[span.failure.kind] += 1
    assert len(kinds) > 1
    for kind, count in kinds.items():
        assert recording.scrapes.last("payments_total", error_type=kind) == count


def test_failed_connections_are_the_failed_acquire_spans() -> None:
    recording = recorded("db-pool-exhaustion")
    failed = [
        span
        for span in recording.spans
        if span.name == "pool.acquire"
        and span.failure
        and span.end <= last_scrape(recording.scrapes, span.instance)
    ]
    assert failed
    assert recording.scrapes.last("db_connections_total", status="failed") == len(failed)


@pytest.mark.parametrize("name", SCENARIOS)
def test_each_failed_order_has_one_log_line_with_its_trace(name: str) -> None:
    recording = briefly(name)
    failed = {span.trace_id for span in recording.spans if not span.parent_id and span.failure}
    lines = [
        line.trace_id
        for line in recording.logs
        if " failed after " in line.message and line.logger == "shop.orders"
    ]
    assert sorted(filter(None, lines)) == sorted(failed)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("scenario", FAULTY, ids=lambda scenario: scenario.name)
def test_a_fault_makes_far_more_than_a_tenth_of_the_orders_fail(
    scenario: Scenario, seed: int
) -> None:
    assert failed_share(counted(scenario.name, seed), "orders_total") > 0.14


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("scenario", HEALTHY, ids=lambda scenario: scenario.name)
def test_a_healthy_shop_loses_few_orders(scenario: Scenario, seed: int) -> None:
    assert failed_share(counted(scenario.name, seed), "orders_total") < 0.02


@pytest.mark.parametrize(
    ("name", "metric"),
    [
        ("payment-timeouts", "payments_total"),
        ("inventory-failing", "inventory_checks_total"),
        ("db-pool-exhaustion", "db_connections_total"),
    ],
)
def test_a_fault_shows_where_it_is_and_not_in_a_healthy_shop(name: str, metric: str) -> None:
    assert failed_share(recorded(name).scrapes, metric) > 0.1
    assert failed_share(recorded("healthy").scrapes, metric) < 0.02


def test_a_killed_instance_stops_its_series_and_is_down() -> None:
    scrapes = recorded("payment-instances-down").scrapes
    assert scrapes.last("up", job="payment-service") == 1
    assert scrapes.last("up", job="order-service") == 3
    ended = [key for key, samples in scrapes.series.items() if samples[-1][0] < SHORT - 60]
    ended = [key for key in ended if key.name != "shop_build_info"]  # of a version that went
    assert {dict(key.labels)["job"] for key in ended} <= {"payment-service", "cadvisor"}


def test_a_restart_begins_the_counters_at_zero() -> None:
    story = Scenario("restart", ((300.0, restart("inventory-service", 1, seconds=40)),))
    scrapes = simulate(story, seed=1, history=SHORT).scrapes
    [values] = [
        [value for _, value in samples]
        for key, samples in scrapes.series.items()
        if key.name == "inventory_checks_total"
        and {("instance", "inventory-service-1:8080"), ("status", "success")} <= set(key.labels)
    ]
    assert any(later < earlier for earlier, later in pairwise(values))


def test_error_lines_hold_what_redaction_must_find() -> None:
    errors = [line.message for line in recorded("payment-timeouts").logs if line.level == "ERROR"]
    assert any("Authorization: Bearer sk_live_" in message for message in errors)
    assert any("@example.org" in message for message in errors)
