"""Each incident lies at a time of its own, the first at the guide's."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from tests.lab.errors import LabError
from tests.lab.incident import MOST_SEEDS, Incident
from tests.lab.scenarios import SCENARIOS


def test_the_first_incident_ends_when_the_guides_alert_fired() -> None:
    assert Incident("payment-timeouts", 1).at == datetime(2025, 11, 7, 15, 30, tzinfo=UTC)


def test_no_incident_touches_another_or_the_same_hours_of_the_day_before() -> None:
    seeds = range(1, MOST_SEEDS + 1)
    times = sorted(Incident(name, seed).at for name in SCENARIOS for seed in seeds)
    assert all(later - earlier >= timedelta(hours=27) for earlier, later in pairwise(times))


def test_scenarios_that_were_added_later_moved_no_incident() -> None:
    assert Incident("healthy-noisy", 2).at == datetime(2025, 10, 10, 12, 30, tzinfo=UTC)


def test_an_unknown_scenario_names_the_known_ones() -> None:
    with pytest.raises(LabError, match="no scenario 'payment-timeout'; there are payment-timeouts"):
        Incident("payment-timeout")


@pytest.mark.parametrize("seed", [0, 101])
def test_a_seed_out_of_range_is_refused(seed: int) -> None:
    with pytest.raises(LabError, match="not between 1 and 100"):
        Incident("healthy", seed)
