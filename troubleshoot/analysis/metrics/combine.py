"""Several series become one: sums and shares, point by point."""

from collections import defaultdict
from collections.abc import Iterable

from troubleshoot.model.signal import Labels, Series


def total(series: Iterable[Series], labels: Labels = ()) -> Series:
    """The sum at each time at which any of them has a point."""
    sums: dict[float, float] = defaultdict(float)
    for one in series:
        for time, number in one.points:
            sums[time] += number
    return Series(labels, tuple(sorted(sums.items())))


def by_label(series: Iterable[Series], label: str) -> dict[str, Series]:
    """One sum for each value of ``label``, in the order of the values."""
    groups: dict[str, list[Series]] = defaultdict(list)
    for one in series:
        groups[one.label(label)].append(one)
    return {value: total(groups[value], ((label, value),)) for value in sorted(groups)}


def share(part: Series, whole: Series, *, absent: float | None = 0.0) -> Series:
    """``part / whole`` wherever ``whole`` is above zero; a missing part counts as ``absent``."""
    parts = dict(part.points)
    points = []
    for time, number in whole.points:
        piece = parts.get(time, absent)
        if number > 0 and piece is not None:
            points.append((time, piece / number))
    return Series(part.labels, tuple(points))
