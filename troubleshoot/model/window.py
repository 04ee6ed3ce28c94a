"""The time a run is about: one window for every backend, link and header."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from troubleshoot.model.errors import UsageError

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)  # no backend has anything from before


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


@dataclass(frozen=True, slots=True)
class Window:
    """``at`` in UTC; ``rate`` is "the last five minutes" of every rate; ``lookback`` the charts.

    Raises UsageError when the window would begin before 1970.
    """

    at: datetime
    rate: timedelta = timedelta(minutes=5)
    lookback: timedelta = timedelta(hours=1)
    baseline: Baseline = Baseline.PREVIOUS

    def __post_init__(self) -> None:
        try:
            begins = min(self.normal.start, self.recent.start)
        except OverflowError:
            begins = None
        if begins is None or begins < _EPOCH:
            raise UsageError(
                f"the window before {self.at:%Y-%m-%d %H:%M} begins before 1970",
                "choose a later --at, or a shorter --window or --lookback",
            )

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
        return self.before(self.looked)

    def before(self, interval: Interval) -> Interval:
        """The same stretch of time when things were normal."""
        back = {
            Baseline.PREVIOUS: self.lookback,
            Baseline.YESTERDAY: timedelta(days=1),
            Baseline.LAST_WEEK: timedelta(days=7),
        }[self.baseline]
        return interval.shifted(-back)

    @property
    def step(self) -> timedelta:
        """Distance between points: 120 over the lookback, never under 15 s (a usual scrape)."""
        return timedelta(seconds=max(15, round(self.lookback.total_seconds() / 120)))
