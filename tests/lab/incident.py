"""An incident: a scenario with a seed, at a time of its own."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from tests.lab.errors import LabError
from tests.lab.scenarios import SCENARIOS

FIRST = datetime(2025, 11, 7, 15, 30, tzinfo=UTC)
"""The guide's own time: the end of the first scenario with seed 1."""

APART = timedelta(hours=27)
"""From one incident to the next: neither the same hour yesterday nor last week is another one."""

PLACES = 16
"""Room for scenarios, so that a new one moves no incident."""

MOST_SEEDS = 200


@dataclass(frozen=True, order=True)
class Incident:
    """Two hours of the shop. `cause` is the right diagnosis, None when nothing is wrong."""

    scenario: str
    seed: int = 1
    at_the_guides_time: bool = False  # then it needs a lab of its own

    def __post_init__(self) -> None:
        """Refuse what cannot be simulated."""
        if self.scenario not in SCENARIOS:
            known = ", ".join(SCENARIOS)
            raise LabError(f"there is no scenario {self.scenario!r}; there are {known}")
        if not 1 <= self.seed <= MOST_SEEDS:
            raise LabError(f"seed {self.seed} is not between 1 and {MOST_SEEDS}")

    @property
    def at(self) -> datetime:
        """The end of the history, when the alert has just fired."""
        if self.at_the_guides_time:
            return FIRST
        place = list(SCENARIOS).index(self.scenario)
        return FIRST - APART * (place + PLACES * (self.seed - 1))

    @property
    def cause(self) -> str | None:
        """The diagnosis that is right."""
        return SCENARIOS[self.scenario].cause

    @property
    def name(self) -> str:
        """Scenario and seed, fit for a file name."""
        placed = "-guide" if self.at_the_guides_time else ""
        return f"{self.scenario}-{self.seed}{placed}"
