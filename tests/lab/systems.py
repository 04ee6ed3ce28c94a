"""The systems the lab can simulate, and what is particular to each."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.lab.scenario import Scenario
from tests.lab.scenarios import SCENARIOS as SHOP_SCENARIOS
from tests.lab.second import ecs, resource
from tests.lab.second.scenarios import SCENARIOS as SECOND_SCENARIOS
from tests.lab.telemetry import bulk, otlp
from tests.lab.telemetry.events import Event
from tests.lab.telemetry.logs import LogLine
from tests.lab.telemetry.spans import Span

FIRST = datetime(2025, 11, 7, 15, 30, tzinfo=UTC)
"""The guide's own time: the end of the shop's first scenario with seed 1."""

APART = timedelta(hours=27)
"""From one incident to the next: neither the same hour yesterday nor last week is another one."""


@dataclass(frozen=True)
class System:
    """`first` is when its first incident ends; the others lie before. `playbook` is for it."""

    name: str
    scenarios: Mapping[str, Scenario]
    first: datetime
    playbook: str
    documents: Callable[[Iterable[LogLine], Iterable[Event], float], Iterator[bytes]]
    export: Callable[[Sequence[Span], float], dict[str, Any]]


SHOP = System("shop", SHOP_SCENARIOS, FIRST, "high-error-rate", bulk.lines, otlp.export)

SECOND = System(
    name="second",
    scenarios=SECOND_SCENARIOS,
    first=FIRST - 141.5 * APART,  # 2025-06-01: the half lies in the middle of the shop's gaps
    playbook="find-culprit",
    documents=ecs.lines,
    export=resource.export,
)

SCENARIOS = {**SHOP.scenarios, **SECOND.scenarios}
"""All by their names, which are different."""


def system_of(scenario: str) -> System:
    """The one it happens to."""
    return SECOND if scenario in SECOND.scenarios else SHOP
