"""An incident: a scenario with a seed, at a time of its own."""

from dataclasses import dataclass
from datetime import datetime

from tests.lab.errors import LabError
from tests.lab.scenario import Culprit, Scenario
from tests.lab.systems import APART, FIRST, SCENARIOS, system_of

PLACES = 16
"""Room for scenarios beside each other, so that a new one moves no incident. Those that find no
room there lie as far back as if they were the first ones with `MOST_SEEDS` added to the seed."""

MOST_SEEDS = 100


@dataclass(frozen=True, order=True)
class Incident:
    """Two hours of a system. No `cause` and no `culprit` when nothing is wrong at its end."""

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
        system = system_of(self.scenario)
        row, place = divmod(list(system.scenarios).index(self.scenario), PLACES)
        return system.first - APART * (place + PLACES * (self.seed - 1 + MOST_SEEDS * row))

    @property
    def system(self) -> str:
        """What it happens to: `shop`, `second`, `generated` or `dirty`."""
        return system_of(self.scenario).name

    @property
    def playbook(self) -> str:
        """Which playbook is written for that system; `find-culprit` is for any."""
        return system_of(self.scenario).playbook

    @property
    def symptom(self) -> str:
        """The service people notice it at."""
        return self._story.symptom

    @property
    def cause(self) -> tuple[str, ...]:
        """The diagnoses of the shop's playbook that are right, the best first."""
        return self._story.cause

    @property
    def culprit(self) -> tuple[Culprit, ...]:
        """The services that are, each with what is wrong with it, the best first."""
        return self._story.culprit

    @property
    def log_index(self) -> str:
        """The pattern of the indices that hold its logs."""
        return system_of(self.scenario).log_index(self.scenario, self.seed)

    @property
    def _story(self) -> Scenario:
        return system_of(self.scenario).story(self.scenario, self.seed)

    @property
    def name(self) -> str:
        """Scenario and seed, fit for a file name."""
        placed = "-guide" if self.at_the_guides_time else ""
        return f"{self.scenario}-{self.seed}{placed}"
