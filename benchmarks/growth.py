"""Time and memory against the number of series, spans and log lines, with the exponent."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import log
from statistics import linear_regression, median

from benchmarks import lines, series, spans
from benchmarks.timing import peak, seconds

TIMES = 3
Work = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Course:
    """Median seconds and peak bytes at each of ``sizes``."""

    what: str
    sizes: Sequence[int]
    took: Sequence[float]
    held: Sequence[int]


def measured() -> list[Course]:
    return [
        _course("series", series.judged, (10, 100, 1_000, 10_000)),
        _course("spans", _spans, (1_000, 10_000, 100_000)),
        _course("log lines", lines.found, (100, 1_000, 10_000, 100_000)),
    ]


def _spans(size: int) -> Work:
    given = spans.traces(size)
    return lambda: given.analysed(given.decoded())


def _course(what: str, made: Callable[[int], Work], sizes: Sequence[int]) -> Course:
    """In turns, so that a machine that slows down hits all sizes alike."""
    works = [made(size) for size in sizes]
    turns = [[seconds(work) for work in works] for _ in range(TIMES)]
    return Course(
        what, sizes, [median(one) for one in zip(*turns, strict=True)], [*map(peak, works)]
    )


def exponent(sizes: Sequence[int], values: Sequence[float]) -> float:
    """The slope of the straight line through the logarithms: 1 is proportional."""
    return linear_regression([log(one) for one in sizes], [log(one) for one in values]).slope


def markdown(courses: Sequence[Course]) -> str:
    return "\n\n".join("\n".join(_table(one)) for one in courses)


def _table(one: Course) -> Iterator[str]:
    yield f"| {one.what} | {' | '.join(f'{size:,}' for size in one.sizes)} | exponent |"
    yield "| --- " * (len(one.sizes) + 2) + "|"
    for name, values, form in (
        ("time", one.took, "{:.4f} s"),
        ("peak memory", [held / 1e6 for held in one.held], "{:.2f} MB"),
    ):
        cells = " | ".join(map(form.format, values))
        yield f"| {name} | {cells} | {exponent(one.sizes, values):.2f} |"
