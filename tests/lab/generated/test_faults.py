"""A mechanism shows in the signals it should, in whichever words the system speaks."""

from collections.abc import Iterable
from functools import cache
from statistics import median

import pytest

from tests.lab.generated.dialect import Dialect
from tests.lab.generated.story import draw, simulate
from tests.lab.generated.tags import leaf
from tests.lab.generated.topology import Leaf
from tests.lab.telemetry.recording import Recording
from tests.lab.telemetry.spans import CLIENT, SERVER, Span

SHORT = 600.0
"""Ten minutes: every fault is there from the start."""

SEEDS = (1, 2, 3)

NOTICED = 0.05
"""Share of failed requests that find-culprit takes for a symptom."""


@cache
def recorded(name: str, seed: int) -> Recording:
    return simulate(name, seed, history=SHORT, sampled=0.3)


def guilty(name: str, seed: int) -> str:
    return draw(name, seed).fault.culprit[0][0]


def roots(name: str, seed: int) -> list[Span]:
    return [span for span in recorded(name, seed).spans if span.parent_id is None]


def seconds(spans: Iterable[Span]) -> list[float]:
    return [span.end - span.start for span in spans]


def served(name: str, seed: int, service: str) -> list[Span]:
    return [
        span
        for span in recorded(name, seed).spans
        if (span.service, span.kind) == (service, SERVER)
    ]


def failed(spans: list[Span]) -> float:
    return sum(span.failure is not None for span in spans) / len(spans)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(
    "name",
    ["any-exception", "any-bad-version", "any-gone", "any-db-down", "any-dns",
     "any-partner-refuses"],
)  # fmt: skip
def test_a_failure_reaches_those_who_ask(name: str, seed: int) -> None:
    assert failed(roots(name, seed)) > NOTICED


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("name", ["any-slow", "any-starved", "any-db-slow", "any-network"])
def test_a_delay_reaches_those_who_ask(name: str, seed: int) -> None:
    """As time, or as failures of those who do not wait so long."""
    asked, well = roots(name, seed), roots("any-healthy", seed)
    longest = sorted(seconds(asked))[int(len(asked) * 0.8)]
    assert longest > sorted(seconds(well))[len(well) // 2] or failed(asked) > 0.1
    assert longest > 0.4


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("name", ["any-healthy", "any-healthy-noisy"])
def test_when_all_is_well_nearly_nothing_fails(name: str, seed: int) -> None:
    assert failed(roots(name, seed)) < 0.03


@pytest.mark.parametrize("seed", SEEDS)
def test_only_the_instance_with_the_bad_version_fails(seed: int) -> None:
    name = "any-canary-bad"
    by_instance: dict[str, list[Span]] = {}
    for span in served(name, seed, guilty(name, seed)):
        by_instance.setdefault(span.instance, []).append(span)
    shares = sorted(failed(spans) for spans in by_instance.values() if len(spans) > 20)
    assert len(shares) > 1
    assert shares[-1] > 0.5
    assert shares[-2] < 0.1


@pytest.mark.parametrize("seed", SEEDS)
def test_a_service_that_is_gone_leaves_no_span_of_its_own(seed: int) -> None:
    assert not served("any-gone", seed, guilty("any-gone", seed))


@pytest.mark.parametrize("seed", SEEDS)
def test_one_dead_instance_of_several_fails_some_calls_only(seed: int) -> None:
    service = guilty("any-some-gone", seed)
    alive = {span.instance for span in served("any-some-gone", seed, service)}
    assert 0 < len(alive) < draw("any-some-gone", seed).system.services[service].instances


@pytest.mark.parametrize("seed", SEEDS)
def test_a_slow_network_is_in_the_callers_span_and_not_in_the_servers(seed: int) -> None:
    drawn = draw("any-network", seed)
    effect = drawn.fault.effects[0]
    told = recorded("any-network", seed).spans
    parents = {span.span_id: span for span in told if span.kind == CLIENT}
    lost = [
        (call.end - call.start) - (span.end - span.start)
        for span in served("any-network", seed, effect.target)
        if not drawn.dialect.shared
        and (call := parents.get(span.parent_id or "")) is not None
        and call.service == effect.caller
    ]
    assert drawn.dialect.shared or median(lost) > 0.3


@pytest.mark.parametrize("name", ["any-starved", "any-surge"])
def test_a_starved_service_uses_all_the_cpu_it_may(name: str) -> None:
    seed = next(each for each in range(1, 30) if draw(name, each).dialect.kubernetes)
    service = draw(name, seed).system.services[guilty(name, seed)]
    for key, samples in recorded(name, seed).scrapes.series.items():
        labels = dict(key.labels)
        if key.name == "container_cpu_usage_seconds_total" and labels["container"] == service.name:
            (start, first), (end, last) = samples[2], samples[-1]
            assert (last - first) / (end - start) > 0.9 * service.cores


def test_a_leak_is_restarts_and_memory_that_grows_to_its_limit() -> None:
    seed = next(each for each in range(1, 30) if draw("any-leak", each).dialect.kubernetes)
    told = simulate("any-leak", seed, history=1500.0, sampled=0.0)
    service = draw("any-leak", seed).system.services[guilty("any-leak", seed)]
    restarts = told.scrapes.last("kube_pod_container_status_restarts_total", container=service.name)
    used = [
        value
        for key, samples in told.scrapes.series.items()
        if key.name == "container_memory_working_set_bytes"
        and dict(key.labels)["container"] == service.name
        for _, value in samples
    ]
    assert restarts >= 3
    assert max(used) > 0.8 * service.mebibytes * 2**20


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("name", ["any-leak", "any-canary-bad", "any-surge", "any-db-slow"])
def test_samples_of_a_series_are_in_order_of_time(name: str, seed: int) -> None:
    series = recorded(name, seed).scrapes.series
    assert series
    for samples in series.values():
        times = [at for at, _ in samples]
        assert times == sorted(set(times))


def test_a_surge_is_more_requests() -> None:
    assert len(roots("any-surge", 1)) > 1.5 * draw("any-surge", 1).system.rate * SHORT * 0.3


def test_a_database_is_named_in_the_words_of_each_convention() -> None:
    one = Leaf("orders-db", "database", "postgresql", 5432, 0.004, "orders")

    def told(traces: str) -> dict[str, str | int]:
        spoken = Dialect("otel-http", traces, "flat", True, "cadvisor", "{service}", "",
                         versions=True, shared=False, events=False)  # fmt: skip
        return leaf(spoken, one, 200, "")

    assert told("stable")["server.address"] == "orders-db"
    assert told("older")["net.peer.name"] == "orders-db"
    assert told("opentracing")["peer.service"] == "orders-db"
