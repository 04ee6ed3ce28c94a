"""The time a run is about: one window for every backend, link and header."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class Baseline(StrEnum):
    """What normal looked like."""

    PREVIOUS = "previous"  # the time just before the lookback, as long as the lookback
    YESTERDAY = "yesterday"  # the lookback, 24 hours earlier
    LAST_WEEK = "last-week"  # the lookback, 7 days earlier


@dataclass(frozen=True, slots=True)
class Interval:
    """Two instants in UTC; the end belongs to it."""

    start: datetime
    end: datetime

    def shifted(self, by: timedelta) -> "Interval":
        return Interval(self.start + by, self.end + by)

    def contains(self, unix_seconds: float) -> bool:
        return self.start.timestamp() <= unix_seconds <= self.end.timestamp()


@dataclass(frozen=True, slots=True)
class Window:
    """``at`` in UTC; ``rate`` is "the last five minutes" of every rate; ``lookback`` the charts."""

    at: datetime
    rate: timedelta = timedelta(minutes=5)
    lookback: timedelta = timedelta(hours=1)
    baseline: Baseline = Baseline.PREVIOUS

    @property
    def recent(self) -> Interval:
        """The last ``rate`` before ``at``."""
        return Interval(self.at - self.rate, self.at)

    @property
    def looked(self) -> Interval:
        """The lookback: what charts, logs and traces cover."""
        return Interval(self.at - self.lookback, self.at)

    @property
    def normal(self) -> Interval:
        """The interval that says what normal looked like."""
        back = {
            Baseline.PREVIOUS: self.lookback,
            Baseline.YESTERDAY: timedelta(days=1),
            Baseline.LAST_WEEK: timedelta(days=7),
        }[self.baseline]
        return self.looked.shifted(-back)

    @property
    def step(self) -> timedelta:
        """Distance between points: 120 over the lookback, never under 15 s (a usual scrape)."""
        return timedelta(seconds=max(15, round(self.lookback.total_seconds() / 120)))
