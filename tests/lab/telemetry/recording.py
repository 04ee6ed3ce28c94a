"""Everything one simulated incident left behind."""

from dataclasses import dataclass, field

from tests.lab.telemetry.logs import LogLine
from tests.lab.telemetry.metrics import Scrapes
from tests.lab.telemetry.spans import Span


@dataclass(frozen=True)
class Recording:
    """Metrics, sampled spans and log lines made from the same simulated requests."""

    scrapes: Scrapes = field(default_factory=Scrapes)
    spans: list[Span] = field(default_factory=list)
    logs: list[LogLine] = field(default_factory=list)
