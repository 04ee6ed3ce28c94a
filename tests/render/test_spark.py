"""Sparklines and charts: shape, gaps, spikes."""

from dataclasses import replace
from xml.etree.ElementTree import fromstring

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.render import sample
from tests.render.reports import TIMEOUTS
from troubleshoot.model.finding import Item, Outcome
from troubleshoot.render import chart
from troubleshoot.render.formats import FORMATS, Style
from troubleshoot.render.spark import sparkline

POINTS = st.lists(st.none() | st.floats(), max_size=300).map(tuple)


@pytest.mark.parametrize(
    ("points", "line"),
    [
        ((), ""),
        ((None, None), ""),
        ((0.0, 0.0), "▁▁"),
        ((0.0, 1.0), "▁█"),
        ((5.0, 5.0, 5.0), "███"),
        ((1.0, None, 7.0), "▂·█"),
        ((-1.0, 0.0), "▁█"),
        ((float("nan"), float("inf"), 1.0), "··█"),
    ],
)
def test_a_line_shows_shape_and_gaps(points: tuple[float | None, ...], line: str) -> None:
    assert sparkline(points) == line


def test_a_spike_of_one_point_survives_squeezing() -> None:
    points = tuple(9.0 if index == 50 else 1.0 for index in range(120))
    assert "█" in sparkline(points, 12)


@given(POINTS, st.integers(1, 80))
def test_a_line_is_never_longer_than_asked(points: tuple[float | None, ...], width: int) -> None:
    assert len(sparkline(points, width)) <= width


@given(POINTS)
def test_a_chart_stays_inside_its_box(points: tuple[float | None, ...]) -> None:
    drawn = chart.chart(Item((), Outcome.OK, spark=points), TIMEOUTS.window.looked)
    for line in drawn.lines if drawn else ():
        for place in line.split():
            x, y = map(float, place.split(","))
            assert 0 <= x <= chart.WIDTH
            assert 0 <= y <= chart.HEIGHT


def test_a_chart_breaks_its_line_at_a_gap_and_marks_normal_and_since() -> None:
    drawn = chart.chart(sample.PATTERNS.items[0], TIMEOUTS.window.looked)
    assert drawn is not None
    assert len(drawn.lines) == 2
    assert drawn.normal is not None
    assert drawn.since == pytest.approx(chart.WIDTH * 42 / 60)


def test_a_move_outside_the_chart_is_not_marked() -> None:
    item = replace(sample.PATTERNS.items[0], since=TIMEOUTS.window.normal.start)
    drawn = chart.chart(item, TIMEOUTS.window.looked)
    assert drawn is not None
    assert drawn.since is None


def test_the_drawing_in_the_page_is_well_formed() -> None:
    page = FORMATS["html"](TIMEOUTS, Style())
    first = page[page.index("<svg") : page.index("</svg>") + 6]
    assert fromstring(first).get("role") == "img"  # noqa: S314 - our own text
