"""Everything one simulated incident left behind."""

from dataclasses import dataclass, field

from tests.lab.telemetry.events import Event
from tests.lab.telemetry.logs import LogLine
from tests.lab.telemetry.metrics import Scrapes
from tests.lab.telemetry.spans import Span


@dataclass(frozen=True)
class Recording:
    """Metrics, sampled spans and log lines of the same simulated requests, and what was done."""

    scrapes: Scrapes = field(default_factory=Scrapes)
    spans: list[Span] = field(default_factory=list)
    logs: list[LogLine] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
