"""What a series is now, what it normally was, and since when it left that."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from statistics import median

from troubleshoot.analysis.metrics.noise import beyond
from troubleshoot.analysis.metrics.onset import Points, normal, onset
from troubleshoot.model.signal import Series
from troubleshoot.model.window import Baseline, Interval, Window

LASTING = timedelta(minutes=1)  # what is over sooner is a blip, and a trouble may be young
SPARK_POINTS = 30
STALE = timedelta(minutes=5)  # PromQL looks back so far for a point


@dataclass(frozen=True, slots=True)
class Course:
    """How a series ran through the window, next to its baseline.

    ``value`` is the point at the end of the window, None when the series had ended by then;
    ``normal`` the baseline's median; ``since`` the first point outside its normal range of all
    that are there at the end, ``not_before`` the earliest time at which that can have begun;
    ``recent`` the lowest and the highest value within the window. ``beyond`` chance, see `noise`.
    """

    value: float | None
    normal: float | None
    since: datetime | None
    not_before: datetime | None
    spark: tuple[float | None, ...]
    recent: tuple[float, float] | None
    beyond: bool | None = None


def course(
    series: Series, window: Window, *, upwards: bool = True, blur: timedelta = timedelta(0)
) -> Course:
    """``series`` over the baseline and the lookback; ``upwards``: high is bad.

    ``blur`` is the range that each point looks back over: ``5m`` of a rate.
    """
    looked = within(series.points, window.looked)
    before = within(series.points, window.normal)
    value = value_at_end(looked, window)
    usual = median([number for _, number in before]) if before else None
    began = None if value is None else _began(series, window, upwards=upwards)
    since = instant(began[1]) if began else None
    not_before = instant(began[0]) - blur if began else None
    last = [number for _, number in within(looked, window.recent)]
    recent = (min(last), max(last)) if last else None
    newest = tuple(one for one in looked if one[0] >= looked[-1][0] - LASTING.total_seconds())
    varied = within(series.points, window.varied)
    rare = None if usual is None else beyond(newest, usual, varied, upwards=upwards)
    return Course(value, usual, since, not_before, spark(looked, window.looked), recent, rare)


def _began(series: Series, window: Window, *, upwards: bool) -> tuple[float, float] | None:
    """Between which two times the series left its normal range for good."""
    looked = within(series.points, window.looked)
    before = within(series.points, window.normal)
    # of the same hour of another day the growth does not go on to this one
    touch = window.baseline in (Baseline.PREVIOUS, Baseline.RANGE)
    if not before:
        # a series born inside the lookback: its birth is the change
        first, step = looked[0][0], window.step.total_seconds()
        return (first - step, first) if first - step > window.looked.start.timestamp() else None
    shift = 0.0 if touch else (window.looked.end - window.normal.end).total_seconds()
    usual = normal(before, *looked[-1], upwards=upwards, shift=shift)
    # a trouble that is older than the lookback began in the baseline, where that comes before it
    seen = (*before, *looked) if touch else looked
    return onset(seen, usual) if usual else None


def within(points: Points, interval: Interval) -> Points:
    start, end = interval.start.timestamp(), interval.end.timestamp()
    return tuple(point for point in points if start <= point[0] <= end)


def value_at_end(points: Points, window: Window) -> float | None:
    """The last point, if it is no older than one step: some servers align steps to the clock."""
    if not points or points[-1][0] < window.at.timestamp() - window.step.total_seconds():
        return None
    return points[-1][1]


def vanished(points: Points, window: Window) -> tuple[datetime, datetime]:
    """Between which two times a series ended: without a mark of its end it is shown for STALE."""
    last = instant(points[-1][0])
    return last - STALE, last + window.step


def spark(points: Points, interval: Interval) -> tuple[float | None, ...]:
    """The course in at most SPARK_POINTS means over equal slices; None where nothing was."""
    start, end = interval.start.timestamp(), interval.end.timestamp()
    slices: list[list[float]] = [[] for _ in range(SPARK_POINTS)]
    for time, number in points:
        place = (time - start) / (end - start) * SPARK_POINTS
        slices[min(int(place), SPARK_POINTS - 1)].append(number)
    return tuple(sum(part) / len(part) if part else None for part in slices)


def instant(unix_seconds: float) -> datetime:
    return datetime.fromtimestamp(unix_seconds, UTC)
