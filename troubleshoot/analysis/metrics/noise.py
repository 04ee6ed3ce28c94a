"""Whether a value is further from normal than the values of the baseline are from each other."""

from statistics import fmean, median

from troubleshoot.analysis.metrics.onset import MAD_TO_SIGMA, Points

# Iglewicz and Hoaglin, "How to Detect and Handle Outliers", 1993: the modified z-score, its limit,
# and what stands for the MAD where more than half of the values are the same
LIMIT = 3.5
MEAN_TO_SIGMA = 1.2533
LEAST_POINTS = 10


def deviation(values: list[float], middle: float) -> float:
    """The robust standard deviation of ``values`` around their own middle; 0 of equal ones."""
    away = [abs(one - middle) for one in values]
    return MAD_TO_SIGMA * median(away) or MEAN_TO_SIGMA * fmean(away)


def beyond(recent: Points, normal: float, before: Points, *, upwards: bool = True) -> bool | None:
    """Whether the middle of ``recent`` lies further from ``normal`` than chance takes it.

    ``before`` says how far that is. None below LEAST_POINTS of them: nobody knows.
    """
    if len(before) < LEAST_POINTS or not recent:
        return None
    values = [number for _, number in before]
    sigma = deviation(values, median(values))
    off = median(number for _, number in recent) - normal
    return (off if upwards else -off) > LIMIT * sigma
