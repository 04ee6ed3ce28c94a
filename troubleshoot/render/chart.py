"""A small chart as SVG coordinates: lines between gaps, what is normal, and when it left that."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from math import isfinite

from troubleshoot.model.finding import Item
from troubleshoot.model.window import Interval
from troubleshoot.render.spark import height

WIDTH, HEIGHT = 160.0, 28.0


@dataclass(frozen=True, slots=True)
class Chart:
    """``lines`` are values for SVG's ``points``; ``normal`` a y and ``since`` an x, or None."""

    lines: tuple[str, ...]
    normal: float | None
    since: float | None


def chart(item: Item, looked: Interval) -> Chart | None:
    """None where there is nothing to draw."""
    finite = [point for point in item.spark if point is not None and isfinite(point)]
    if len(finite) < 2:
        return None
    usual = item.normal if item.normal is not None and isfinite(item.normal) else None
    low, high = min(0.0, *finite), max(*finite, usual or 0.0)
    normal = None if usual is None else _y(usual, low, high)
    return Chart(tuple(_lines(item, low, high)), normal, _since(item, looked))


def _lines(item: Item, low: float, high: float) -> Iterator[str]:
    last = max(1, len(item.spark) - 1)
    places = [
        None
        if point is None or not isfinite(point)
        else f"{WIDTH * index / last:.1f},{_y(point, low, high)}"
        for index, point in enumerate(item.spark)
    ]
    for gap, group in groupby(places, key=lambda place: place is None):
        if not gap:
            points = [place for place in group if place is not None]
            # a lone point would not be drawn: two of it are a dot
            yield " ".join(points if len(points) > 1 else points * 2)


def _y(value: float, low: float, high: float) -> float:
    return round(HEIGHT - 2 - height(value, low, high) * (HEIGHT - 4), 1)


def _since(item: Item, looked: Interval) -> float | None:
    if item.since is None or not looked.start <= item.since <= looked.end:
        return None
    return round(WIDTH * ((item.since - looked.start) / (looked.end - looked.start)), 1)
