"""What a series is now, what it normally was, and since when it left that."""

from dataclasses import dataclass
from datetime import UTC, datetime
from statistics import median

from troubleshoot.model.signal import Series
from troubleshoot.model.window import Interval, Window

MAD_TO_SIGMA = 1.4826  # for a normal distribution; Rousseeuw & Croux 1993
SIGMAS = 3.0  # the usual control limit, Shewhart 1931
RISE = 0.1  # a rate over a window smears an onset; its first tenth is the earliest sign
MAY_MISS = 2  # points of a run that may be missing or back to normal: one noisy scrape
SPARK_POINTS = 30

Points = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Course:
    """``value`` is the point at the end of the window, None when the series had ended by then;

    ``normal`` the baseline's median; ``since`` when it left its normal range for the last time;
    ``recent`` the lowest and the highest value within the window.
    """

    value: float | None
    normal: float | None
    since: datetime | None
    spark: tuple[float | None, ...]
    recent: tuple[float, float] | None


def course(series: Series, window: Window, *, upwards: bool = True) -> Course:
    """``series`` over the baseline and the lookback; ``upwards``: high is bad."""
    looked = within(series.points, window.looked)
    before = within(series.points, window.normal)
    value = value_at_end(looked, window)
    usual = median([number for _, number in before]) if before else None
    since = None if value is None else _onset(looked, before, value, upwards=upwards)
    last = [number for _, number in within(looked, window.recent)]
    recent = (min(last), max(last)) if last else None
    return Course(value, usual, since, spark(looked, window.looked), recent)


def within(points: Points, interval: Interval) -> Points:
    start, end = interval.start.timestamp(), interval.end.timestamp()
    return tuple(point for point in points if start <= point[0] <= end)


def value_at_end(points: Points, window: Window) -> float | None:
    """The last point, if it is no older than one step: some servers align steps to the clock."""
    if not points or points[-1][0] < window.at.timestamp() - window.step.total_seconds():
        return None
    return points[-1][1]


def normal_limit(before: Points, value: float) -> float | None:
    """Where normal ends, seen from the baseline towards ``value``; None without a baseline."""
    if len(before) < 3:
        return None
    numbers = [number for _, number in before]
    middle = median(numbers)
    spread = MAD_TO_SIGMA * median([abs(number - middle) for number in numbers])
    reach = max(SIGMAS * spread, RISE * abs(value - middle))
    return middle + reach if value >= middle else middle - reach


def _onset(looked: Points, before: Points, value: float, *, upwards: bool) -> datetime | None:
    """The first point of the last run outside the normal range; None when ``value`` is inside."""
    limit = normal_limit(before, value)
    if limit is None:
        # a series born inside the lookback: its birth is the change
        return instant(looked[0][0]) if not before and len(looked) > 1 else None
    sign = 1.0 if upwards else -1.0
    if sign * (value - limit) <= 0:
        return None
    first, missed = looked[-1][0], 0
    for time, number in reversed(looked):
        if sign * (number - limit) > 0:
            first, missed = time, 0
        else:
            missed += 1
            if missed > MAY_MISS:
                break
    return instant(first)


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
