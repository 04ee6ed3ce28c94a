"""What a seed draws: the same system each time, one in which the fault can be felt."""

from collections import Counter
from itertools import pairwise

import pytest

from tests.lab.generated import dialect
from tests.lab.generated.faults import FELT
from tests.lab.generated.story import MOST_SPANS, SCENARIOS, draw, simulate
from tests.lab.incident import Incident
from tests.lab.systems import SCENARIOS as ALL
from tests.lab.systems import SHOP, SYSTEMS

SEEDS = range(1, 13)
WHAT = {"failing", "slow", "unreachable", "saturated", "restarted", "changed"}
ILL = [name for name in SCENARIOS if "healthy" not in name]


def test_the_same_seed_gives_the_same_signals() -> None:
    once, again = (simulate("any-leak", 3, history=300.0) for _ in range(2))
    assert once.scrapes.series == again.scrapes.series
    assert (once.spans, once.logs, once.events) == (again.spans, again.logs, again.events)


def test_another_seed_gives_another_system_in_another_dialect() -> None:
    drawn = [draw("any-slow", seed) for seed in SEEDS]
    assert len({tuple(each.system.services) for each in drawn}) == len(SEEDS)
    assert len({str(each.dialect) for each in drawn}) > len(SEEDS) / 2


def test_every_convention_is_drawn_by_some_seed() -> None:
    told = [draw(name, seed).dialect for name in SCENARIOS for seed in SEEDS]
    assert {each.metrics for each in told} == {*dialect.METRICS}
    assert {each.traces for each in told} == {*dialect.TRACES}
    assert {each.logs for each in told} == {*dialect.LOGS}


@pytest.mark.parametrize("name", SCENARIOS)
def test_a_system_has_six_to_twelve_services_that_can_all_be_reached(name: str) -> None:
    for seed in SEEDS:
        system = draw(name, seed).system
        called = {edge.callee for _, edge in system.edges()}
        assert 6 <= len(system.services) <= 12
        assert {*system.services, *system.leaves} - called == {system.entry}
        assert system.spans(system.entry) <= MOST_SPANS


@pytest.mark.parametrize("name", ILL)
def test_enough_requests_meet_whoever_is_to_blame(name: str) -> None:
    for seed in SEEDS:
        system, culprit = draw(name, seed).system, Incident(name, seed).culprit
        guilty = culprit[0][0]
        assert guilty != system.entry
        assert system.reach(guilty) >= FELT
        assert {what for _, what in culprit} <= WHAT


def test_nobody_is_to_blame_for_a_healthy_evening() -> None:
    assert not Incident("any-healthy").culprit
    assert not Incident("any-healthy-noisy").culprit


def test_people_notice_it_where_requests_come_in() -> None:
    assert Incident("any-dns", 2).symptom == draw("any-dns", 2).system.entry


def test_its_incidents_share_no_name_and_no_time_with_others() -> None:
    names = Counter(name for system in SYSTEMS for name in system.scenarios)
    assert set(names.values()) == {1}
    times = sorted(Incident(name, seed).at for name in ALL for seed in range(1, 101))
    assert min(b - a for a, b in pairwise(times)).total_seconds() >= 13 * 3600


def test_each_has_log_indices_of_its_own() -> None:
    patterns = {Incident(name, seed).log_index for name in SCENARIOS for seed in SEEDS}
    assert len(patterns) == len(SCENARIOS) * len(SEEDS)
    assert {Incident(name).log_index for name in SHOP.scenarios} == {"*"}
