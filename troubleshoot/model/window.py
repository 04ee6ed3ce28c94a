"""The time a run is about: one window for every backend, link and header."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from troubleshoot.model.errors import UsageError

# twenty points of values that are told every five minutes: the coarsest that is usual, as with
# https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-metrics-basic-detailed.html
LEAST_NORMAL = timedelta(minutes=100)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)  # no backend has anything from before


class Baseline(StrEnum):
    """What normal looked like."""

    PREVIOUS = "previous"  # the time just before the lookback, as long as the lookback
    YESTERDAY = "yesterday"  # the lookback, 24 hours earlier
    LAST_WEEK = "last-week"  # the lookback, 7 days earlier
    RANGE = "range"  # a stretch of time that somebody named


@dataclass(frozen=True, slots=True)
class Interval:
    """Two instants in UTC; the end belongs to it."""

    start: datetime
    end: datetime

    @property
    def length(self) -> timedelta:
        return self.end - self.start

    def shifted(self, by: timedelta) -> "Interval":
        return Interval(self.start + by, self.end + by)


@dataclass(frozen=True, slots=True)
class Window:
    """``at`` in UTC; ``rate`` is "the last five minutes" of every rate; ``lookback`` the charts.

    ``named`` is the baseline that is a ``RANGE``. Raises UsageError when the window would begin
    before 1970, and for a range that is none or that reaches into the lookback.
    """

    at: datetime
    rate: timedelta = timedelta(minutes=5)
    lookback: timedelta = timedelta(hours=1)
    baseline: Baseline = Baseline.PREVIOUS
    named: Interval | None = None

    def __post_init__(self) -> None:
        try:
            begins = min(self.normal.start, self.recent.start)
        except OverflowError:
            begins = None
        if self.named and self.named.end > self.looked.start:
            raise UsageError(
                f"the baseline ends at {self.named.end:%Y-%m-%d %H:%M:%S}, within the lookback,"
                f" which begins at {self.looked.start:%Y-%m-%d %H:%M:%S}",
                "choose an earlier --baseline, or a shorter --lookback",
            )
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
        """What says what normal was, of metrics: before the lookback, at least LEAST_NORMAL.

        With fewer points than about twenty their spread says little.
        """
        found = self.before(self.looked)
        if self.baseline is Baseline.PREVIOUS:
            return Interval(min(found.start, found.end - LEAST_NORMAL), found.end)
        return found

    @property
    def varied(self) -> Interval:
        """What says how much values vary when all is well: `normal`, but never short of points."""
        normal = self.normal
        return Interval(min(normal.start, normal.end - LEAST_NORMAL), normal.end)

    def before(self, interval: Interval) -> Interval:
        """The same stretch of time when things were normal; all of a range that was named."""
        if self.named is not None:
            return self.named
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
