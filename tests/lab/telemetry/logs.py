"""Log lines, as a shipper would have put them into Elasticsearch."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LogLine:
    """One line; `at` in seconds since the start of the history."""

    at: float
    level: str
    service: str
    instance: str
    logger: str
    message: str
    trace_id: str | None
    error_type: str | None
