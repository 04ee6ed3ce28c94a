"""What was wrong within the lookback and is over: who arrives late must see that it was there."""

from collections.abc import Callable

from troubleshoot.analysis.metrics.baseline import instant
from troubleshoot.analysis.metrics.onset import MAY_MISS, Points
from troubleshoot.model.finding import Episode


def episode(points: Points, bad: Callable[[float], bool], *, upwards: bool) -> Episode | None:
    """The last stretch of bad points that is over; None while it lasts, or without one.

    Fewer bad points than a run may miss are noise, as in an onset. It is over at the first good
    point: of a rate that is up to its range later than the trouble itself.
    """
    if not points or bad(points[-1][1]):
        return None
    runs = [run for run in _runs(points, bad) if len(run) > MAY_MISS]
    if not runs:
        return None
    first, last = runs[-1][0], runs[-1][-1]
    values = [points[place][1] for place in runs[-1]]
    return Episode(
        instant(points[first][0]) if first else None,
        instant(points[last + 1][0]),
        max(values) if upwards else min(values),
    )


def _runs(points: Points, bad: Callable[[float], bool]) -> list[list[int]]:
    """The places of bad points; one noisy scrape does not end a run."""
    runs: list[list[int]] = []
    for place, (_, number) in enumerate(points):
        if not bad(number):
            continue
        if runs and place - runs[-1][-1] <= MAY_MISS + 1:
            runs[-1].append(place)
        else:
            runs.append([place])
    return runs
