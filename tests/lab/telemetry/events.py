"""What was done to the shop, as a deployment tool would have put it into Elasticsearch."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Event:
    """One event; `at` in seconds since the start of the history."""

    at: float
    kind: str
    """deployment or restart."""
    service: str
    version: str
    message: str
