"""Small hand-made signals."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from troubleshoot.analysis.traces.tree import Tree, tree
from troubleshoot.model.signal import LogLine, Series, Span, Trace
from troubleshoot.model.window import Window

AT = datetime(2025, 11, 7, 15, 30, tzinfo=UTC)
WINDOW = Window(AT)
STEP = int(WINDOW.step.total_seconds())


def minute(count: float) -> float:
    """Unix seconds, counted in minutes before the end of the window."""
    return AT.timestamp() - count * 60


def series(value: Callable[[float], float | None], **labels: str) -> Series:
    """A point every step over baseline and lookback; ``value`` of minutes before the end."""
    points = []
    for index in range(2 * 3600 // STEP, -1, -1):
        before = index * STEP / 60
        number = value(before)
        if number is not None:
            points.append((minute(before), number))
    return Series(tuple(sorted(labels.items())), tuple(points))


def span(
    name: str,
    service: str = "shop",
    *,
    parent: str = "",
    start: float = 0.0,
    duration: float = 1.0,
    failed: bool = False,
    kind: str = "server",
    message: str = "",
    trace: str = "t1",
    **tags: str,
) -> Span:
    """``name`` is both id and operation; tags with ``__`` for a dot."""
    pairs = tuple((key.replace("__", "."), value) for key, value in tags.items())
    return Span(
        trace, name, parent, service, name, start, duration, failed, kind, pairs, message
    )  # fmt: skip


def trace(*spans: Span) -> Trace:
    return Trace(spans[0].trace_id, spans)


def grown(*spans: Span) -> Tree:
    return tree(trace(*spans))


def lines(
    messages: Sequence[str], service: str = "shop", trace_id: str = "", **more: str
) -> list[LogLine]:
    """A minute apart, the newest first; more fields with ``__`` for a dot."""
    fields = {"level": "ERROR", "service": service, "trace_id": trace_id} | more
    pairs = tuple((name.replace("__", "."), text) for name, text in fields.items())
    return [
        LogLine(minute(number), (("message", text), *pairs)) for number, text in enumerate(messages)
    ]
