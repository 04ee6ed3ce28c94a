"""The systems the lab can simulate, and what is particular to each."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.lab.generated import documents, story
from tests.lab.generated.export import export as generated_export
from tests.lab.scenario import Scenario
from tests.lab.scenarios import SCENARIOS as SHOP_SCENARIOS
from tests.lab.second import ecs, resource
from tests.lab.second.scenarios import SCENARIOS as SECOND_SCENARIOS
from tests.lab.simulate import simulate
from tests.lab.telemetry import bulk, otlp
from tests.lab.telemetry.events import Event
from tests.lab.telemetry.logs import LogLine
from tests.lab.telemetry.recording import Recording
from tests.lab.telemetry.spans import Span

FIRST = datetime(2025, 11, 7, 15, 30, tzinfo=UTC)
"""The guide's own time: the end of the shop's first scenario with seed 1."""

APART = timedelta(hours=27)
"""From one incident to the next: neither the same hour yesterday nor last week is another one."""


@dataclass(frozen=True)
class System:
    """`first` is when its first incident ends; the others lie before. `playbook` is for it.

    `story` has the answers that are right for a seed, `record` is what happened then.
    """

    name: str
    scenarios: Mapping[str, Scenario]
    first: datetime
    playbook: str
    documents: Callable[[Iterable[LogLine], Iterable[Event], float], Iterator[bytes]]
    export: Callable[[Sequence[Span], float], dict[str, Any]]

    def story(self, scenario: str, seed: int) -> Scenario:  # noqa: ARG002
        """A designed system is the same with every seed."""
        return self.scenarios[scenario]

    def record(self, scenario: str, seed: int) -> Recording:
        """Two hours of it."""
        return simulate(self.scenarios[scenario], seed)

    def log_index(self, scenario: str, seed: int) -> str:  # noqa: ARG002
        """Where its logs are: the indices of a whole cluster."""
        return "*"


class Generated(System):
    """Another system with each seed, and other indices: each would have a cluster of its own."""

    def story(self, scenario: str, seed: int) -> Scenario:
        return story.story(scenario, seed)

    def record(self, scenario: str, seed: int) -> Recording:
        return story.simulate(scenario, seed)

    def log_index(self, scenario: str, seed: int) -> str:
        return story.log_index(scenario, seed)


SHOP = System("shop", SHOP_SCENARIOS, FIRST, "high-error-rate", bulk.lines, otlp.export)

SECOND = System(
    name="second",
    scenarios=SECOND_SCENARIOS,
    first=FIRST - 141.5 * APART,  # 2025-06-01: the half lies in the middle of the shop's gaps
    playbook="find-culprit",
    documents=ecs.lines,
    export=resource.export,
)

GENERATED = Generated(
    name="generated",
    scenarios=story.SCENARIOS,
    first=FIRST - 3700.5 * APART,  # 2014, where none of the others lies
    playbook="find-culprit",
    documents=documents.lines,
    export=generated_export,
)

DIRTY = Generated(
    name="dirty",
    scenarios=story.DIRTY,
    first=FIRST - 3701 * APART,  # in the middle of the gaps between those
    playbook="find-culprit",
    documents=documents.lines,
    export=generated_export,
)

SYSTEMS = (SHOP, SECOND, GENERATED, DIRTY)

SCENARIOS = {name: each for system in SYSTEMS for name, each in system.scenarios.items()}
"""All by their names, which are different."""

DESIGNED = (*SHOP.scenarios, *SECOND.scenarios)
"""The names of those whose systems are the same with every seed."""


def system_of(scenario: str) -> System:
    """The one it happens to."""
    return next(system for system in SYSTEMS if scenario in system.scenarios)
