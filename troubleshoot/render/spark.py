"""A line of block characters that shows how a value moved, gaps included."""

from itertools import pairwise
from math import isfinite

_BARS = "▁▂▃▄▅▆▇█"
_GAP = "·"

Points = tuple[float | None, ...]


def sparkline(points: Points, width: int = 24) -> str:
    """At most ``width`` characters, from zero to the highest point; empty without any value.

    Several points under one character show the highest, so that no spike is lost.
    """
    cells = squeeze(points, width)
    values = [value for value in cells if value is not None]
    if not values:
        return ""
    low, high = min(0.0, *values), max(0.0, *values)
    return "".join(_GAP if value is None else _bar(value, low, high) for value in cells)


def squeeze(points: Points, width: int) -> Points:
    """``width`` cells or fewer, each the highest of its points, None where none is finite."""
    cells = min(width, len(points))
    edges = [len(points) * cell // cells for cell in range(cells + 1)] if cells else []
    return tuple(_highest(points[start:end]) for start, end in pairwise(edges))


def _highest(points: Points) -> float | None:
    return max((each for each in points if each is not None and isfinite(each)), default=None)


def _bar(value: float, low: float, high: float) -> str:
    return _BARS[round(height(value, low, high) * (len(_BARS) - 1))]


def height(value: float, low: float, high: float) -> float:
    """Where ``value`` lies from ``low`` (0) to ``high`` (1); halves, so that nothing overflows."""
    span = high / 2 - low / 2
    return (value / 2 - low / 2) / span if span else 0.0
