"""Where normal ends, and when a series left it: robust, so that noise, gaps and slow growth do not.

The rule: a point is abnormal when it is further from the baseline's median than ``reach`` allows.
The onset lies after the last normal point, less the range that a rate looks back over (were all
of that range bad, so would the point be), and not later than the first abnormal point.
"""

from dataclasses import dataclass
from statistics import median

MAD_TO_SIGMA = 1.4826  # for a normal distribution; Rousseeuw & Croux 1993
SIGMAS = 3.0  # the usual control limit, Shewhart 1931
RISE = 0.1  # a rate over a window smears an onset; its first tenth is the earliest sign
LEAST = 0.1  # of normal: what a line through an hour of a day (sine, 0.55 to 1.45) errs in the next
BENT = 0.25  # of the rise: a middle further off its line is a step or a bend, and no trend
MAY_MISS = 2  # points of a run that may be missing or back to normal: one noisy scrape

Points = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Normal:
    """What is normal for a series, and up to where.

    ``growth`` per second is what went on through the baseline towards the bad side, from
    ``began``, the baseline's middle: daily shape, a leak; it is expected to go on. ``sign`` is -1
    where low is bad.
    """

    middle: float
    reach: float
    growth: float
    began: float
    sign: float

    def left(self, time: float, number: float) -> bool:
        """Whether a point is abnormal."""
        expected = self.middle + self.sign * self.growth * max(0.0, time - self.began)
        return self.sign * (number - expected) > self.reach


def normal(
    before: Points, time: float, value: float, *, upwards: bool, shift: float = 0.0
) -> Normal | None:
    """What the baseline ``before`` says is normal for ``value`` at ``time``; None below 3 points.

    ``shift`` seconds later than the baseline the same hour is looked at: a day, a week, or 0.
    """
    if len(before) < 3:
        return None
    sign = 1.0 if upwards else -1.0
    middle = median(number for _, number in before)
    began = before[len(before) // 2][0]
    growth = max(0.0, sign * trend(before))
    rests = [number - sign * growth * (then - began) for then, number in before]
    centre = median(rests)
    spread = MAD_TO_SIGMA * median(abs(rest - centre) for rest in rests)
    expected = middle + sign * growth * max(0.0, time - shift - began)
    reach = max(SIGMAS * spread, RISE * abs(value - expected), LEAST * abs(middle))
    return Normal(middle, reach, growth, began + shift, sign)


def trend(points: Points) -> float:
    """Change per second, 0 where there is no steady one: Tukey's resistant line (1977)."""
    third = len(points) // 3
    if third < 3:
        return 0.0
    parts = (points[:third], points[third:-third], points[-third:])
    first, middle, last = (median(number for _, number in part) for part in parts)
    if abs(middle - (first + last) / 2) > BENT * abs(last - first):
        return 0.0
    times = [median(time for time, _ in part) for part in (parts[0], parts[2])]
    return (last - first) / (times[1] - times[0]) if times[1] > times[0] else 0.0


def onset(points: Points, usual: Normal) -> tuple[float, float] | None:
    """The last normal and the first abnormal time of the run of abnormal points at the end.

    None when the last point is normal, or when no normal one stands before the run: then nothing
    says when it began.
    """
    if not points or not usual.left(*points[-1]):
        return None
    first, missed = len(points) - 1, 0
    for place in range(len(points) - 1, -1, -1):
        if usual.left(*points[place]):
            first, missed = place, 0
        else:
            missed += 1
            if missed > MAY_MISS:
                break
    return (points[first - 1][0], points[first][0]) if first else None
