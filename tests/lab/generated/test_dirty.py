"""A dirty system is large and restless, its fault is partial, and the fault is what people see."""

from collections import Counter
from functools import cache
from statistics import mean, median, pstdev

import pytest

from tests.lab.generated import weather
from tests.lab.generated.effects import Active, Fault
from tests.lab.generated.partial import SEEN
from tests.lab.generated.story import DIRTY, MOST_SPANS_DIRTY, Drawn, draw, simulate
from tests.lab.incident import Incident
from tests.lab.scenario import FAULT, MINUTE
from tests.lab.telemetry.recording import Recording
from tests.lab.telemetry.spans import CLIENT, INTERNAL, SERVER, Span

SEEDS = range(1, 13)
ILL = [name for name in DIRTY if "healthy" not in name]
FAILING = ["dirty-exception", "dirty-bad-version", "dirty-canary-bad", "dirty-some-gone",
           "dirty-partner-refuses"]  # fmt: skip
SLOW = ["dirty-slow", "dirty-slow-instance", "dirty-db-slow", "dirty-network"]

BEFORE, LONG = 360.0, 1560.0
"""The fault begins twenty minutes before the end."""


@cache
def recorded(name: str) -> Recording:
    return simulate(name, 1, history=LONG, sampled=0.2)


def roots(name: str) -> list[Span]:
    entry = draw(name, 1).system.entry
    return [each for each in recorded(name).spans if each.parent_id is None
            and each.service == entry]  # fmt: skip


def status(span: Span) -> int:
    """Mute services tell no more than this."""
    for key in ("http.response.status_code", "http.status_code"):
        if key in span.attributes:
            return int(span.attributes[key])
    code = span.attributes.get("rpc.grpc.status_code", span.attributes.get("grpc.status_code", 0))
    return 500 if code else 200


def failed(spans: list[Span]) -> float:
    return sum(status(span) >= 500 for span in spans) / len(spans)


def seconds(spans: list[Span]) -> float:
    return mean(span.end - span.start for span in spans)


def split(spans: list[Span]) -> tuple[list[Span], list[Span]]:
    return (
        [each for each in spans if each.start < BEFORE],
        [each for each in spans if each.start >= BEFORE],
    )


@cache
def _drawn() -> list[tuple[str, Drawn]]:
    return [(name, draw(name, seed)) for name in DIRTY for seed in SEEDS]


def test_the_same_seed_gives_the_same_signals() -> None:
    once, again = (simulate("dirty-network", 3, history=200.0) for _ in range(2))
    assert once.scrapes.series == again.scrapes.series
    assert (once.spans, once.logs, once.events) == (again.spans, again.logs, again.events)


def test_a_system_has_twenty_to_sixty_services_and_a_request_meets_few_of_them() -> None:
    sizes = [len(drawn.system.services) for _, drawn in _drawn()]
    assert min(sizes) >= 20
    assert max(sizes) <= 60
    assert pstdev(sizes) > 5
    assert all(drawn.system.spans(drawn.system.entry) <= MOST_SPANS_DIRTY for _, drawn in _drawn())


def test_every_system_has_rarely_asked_services_a_job_consumers_and_an_entry_told_twice() -> None:
    for _, drawn in _drawn():
        system = drawn.system
        assert sum(edge.share <= 0.01 for _, edge in system.edges()) >= 2
        assert len(system.jobs) == 1
        roles = Counter(each.role for each in system.services.values())
        assert roles["job"] == 1
        assert roles["consumer"] == 2
        assert system.services[system.entry].doubled
        assert all(each.tail > 0 for each in system.services.values())


def test_some_services_have_no_status_on_spans_some_hosts_a_wrong_clock_some_callers_retry() -> (
    None
):
    systems = [drawn.system for _, drawn in _drawn()]
    for what in ("mute", "clock"):
        found = [any(getattr(each, what) for each in one.services.values()) for one in systems]
        assert mean(found) > 0.9
    assert mean(any(edge.retry for _, edge in one.edges()) for one in systems) > 0.9


def test_few_traces_are_kept_and_metrics_are_asked_once_a_minute() -> None:
    assert all((one.sampled, one.dialect.interval) == (0.01, 60.0) for _, one in _drawn())
    for samples in recorded("dirty-slow").scrapes.series.values():
        assert {at % 60 for at, _ in samples} == {0}


def test_every_day_a_little_fails_and_less_of_it_reaches_those_who_ask() -> None:
    for _, drawn in _drawn():
        background = [
            (each.target, each.share)
            for each in drawn.fault.effects
            if each.what == "raises" and each.start == weather.ALWAYS
        ]
        assert background
        assert all(0.001 <= share <= 0.02 for _, share in background)
        felt = sum(drawn.system.failing(name, share) for name, share in background)
        assert felt <= weather.MOST_BACKGROUND


@pytest.mark.parametrize("name", ILL)
def test_a_fault_meets_a_part_and_enough_of_it_reaches_those_who_ask(name: str) -> None:
    for seed in SEEDS:
        drawn = draw(name, seed)
        system, effect, guilty = drawn.system, drawn.fault.effects[0], drawn.fault.culprit[0][0]
        assert guilty in {*system.services, *system.leaves} - {system.entry, *system.jobs}
        one_of_many = effect.instance is not None or name == "dirty-canary-bad"
        share = 1 / system.services[guilty].instances if one_of_many else effect.share
        assert 0.05 <= share <= 0.3
        if name in FAILING:
            assert system.failing(guilty, share) >= SEEN
        elif name != "dirty-network":
            assert system.reach(guilty) * share >= SEEN
        else:
            assert system.reach(effect.caller) * share >= SEEN


@pytest.mark.parametrize("name", [*ILL, "dirty-healthy-release"])
def test_two_to_five_releases_around_the_onset_are_innocent(name: str) -> None:
    for seed in SEEDS:
        fault = draw(name, seed).fault
        guilty = {service for service, _ in fault.culprit}
        innocent = [each for each in fault.releases if each.service not in guilty]
        assert 2 <= len({each.service for each in innocent}) == len(innocent) <= 5
        assert all(abs(each.start - FAULT) <= 12 * MINUTE for each in innocent)


@pytest.mark.parametrize("name", [*ILL, "dirty-healthy-elsewhere"])
def test_what_is_slow_elsewhere_at_that_time_is_on_no_path_of_a_request(name: str) -> None:
    for seed in SEEDS:
        drawn = draw(name, seed)
        guilty = {service for service, _ in drawn.fault.culprit}
        slow = [
            each
            for each in drawn.fault.effects
            if each.what == "works" and each.factor == 1 and each.target not in guilty
        ]
        assert len(slow) == 1
        assert drawn.system.reach(slow[0].target) == 0
        assert abs(slow[0].start - FAULT) <= 3 * MINUTE


def test_nobody_is_to_blame_for_a_healthy_evening() -> None:
    assert not any(Incident(name).culprit for name in DIRTY if name not in ILL)
    assert all(Incident(name).symptom == draw(name, 1).system.entry for name in DIRTY)


@pytest.mark.parametrize("name", FAILING)
def test_more_requests_fail_than_before(name: str) -> None:
    before, since = map(failed, split(roots(name)))
    assert since > before + 0.5 * SEEN


@pytest.mark.parametrize("name", SLOW)
def test_requests_take_longer_than_before_or_end_early_where_nobody_waits(name: str) -> None:
    before, since = split(roots(name))
    assert seconds(since) > seconds(before) + 0.025 or failed(since) > failed(before) + 0.03


@pytest.mark.parametrize("name", [name for name in DIRTY if name not in ILL])
def test_healthy_requests_fail_and_take_as_ever(name: str) -> None:
    before, since = split(roots(name))
    assert failed(since) < weather.MOST_BACKGROUND + 0.02
    assert seconds(since) < seconds(before) * 1.3


def test_whoever_is_to_blame_fails_itself_and_what_lies_beside_does_not() -> None:
    drawn = draw("dirty-exception", 1)
    guilty, share = drawn.fault.culprit[0][0], drawn.fault.effects[0].share
    served: dict[str, list[Span]] = {}
    for span in recorded("dirty-exception").spans:
        if span.kind == SERVER:
            served.setdefault(span.service, []).append(span)
    before, since = split(served[guilty])
    assert failed(since) - failed(before) == pytest.approx(share, abs=0.08)


def test_a_message_is_worked_on_after_the_caller_went_on() -> None:
    spans = recorded("dirty-slow").spans
    known = {span.span_id: span for span in spans}
    clocks = {name: each.clock for name, each in draw("dirty-slow", 1).system.services.items()}
    consumed = [span for span in spans if span.kind == 5]
    assert consumed
    for span in consumed:
        sent = known[span.parent_id or ""]
        assert sent.kind == 4
        assert span.start - clocks[span.service] >= sent.end - clocks[sent.service]


def test_the_entry_tells_its_time_twice_beside_its_calls() -> None:
    root = next(each for each in roots("dirty-slow"))
    below = [each for each in recorded("dirty-slow").spans if each.parent_id == root.span_id]
    (twice,) = (each for each in below if each.kind == INTERNAL)
    assert (twice.start, twice.end) == (root.start, root.end)
    assert any(each.kind == CLIENT for each in below)


def test_a_mute_service_fails_without_a_status_on_its_span() -> None:
    services = draw("dirty-exception", 1).system.services
    spans = [span for span in recorded("dirty-exception").spans if services[span.service].mute]
    assert any(status(span) >= 500 for span in spans)
    assert all(span.failure is None for span in spans)


def test_a_wrong_clock_shifts_what_its_hosts_write() -> None:
    """One that is behind seems to answer before it was asked."""
    early = []
    for name in ("dirty-exception", "dirty-slow", "dirty-network", "dirty-some-gone"):
        clocks = {key: each.clock for key, each in draw(name, 1).system.services.items()}
        known = {(span.span_id, span.service): span for span in recorded(name).spans}
        calls = {span.span_id: span for span in known.values() if span.kind == CLIENT}
        for span in known.values():
            above = calls.get(span.parent_id or "")
            behind = span.kind == SERVER and clocks[span.service] < -0.05
            if behind and above is not None and not clocks[above.service]:
                early.append(span.start < above.start)
    assert len(early) > 20
    assert mean(early) > 0.9


def test_traffic_has_bursts_and_follows_the_day() -> None:
    for seed in SEEDS:
        drawn = draw("dirty-healthy", seed)
        active = Active(drawn.fault, 7200.0)
        rates = [active.surge(drawn.system.entry, 10.0 * step) for step in range(720)]
        assert max(rates) > 1.25 * median(rates)
        (tide,) = (each for each in drawn.fault.effects if each.what == "tide")
        alone = Active(Fault(effects=(tide,)), 25 * 3600.0)
        day = [alone.surge(drawn.system.entry, 3600.0 * hour) for hour in range(24)]
        assert max(day) > 1.25
        assert min(day) < 0.75
