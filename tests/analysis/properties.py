"""Random signals, and what may be done to them without changing an answer."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from random import Random

from hypothesis import settings
from hypothesis import strategies as st

from tests.analysis.made import minute, span
from troubleshoot.model.signal import LogLine, Span, Trace

# few and always the same: they run with every change
QUICK = settings(derandomize=True, max_examples=60)
RANDOM = st.integers(0, 2**32).map(Random)  # quicker than one whose every number is recorded

Names = Mapping[str, str]
_CALLERS = ("alpha", "bravo", "charlie")
_CALLED = (*_CALLERS, "delta", "echo")  # the last two never send a span
SAME_ORDER: Names = {name: f"x-{name}" for name in _CALLED}
OTHER_ORDER: Names = dict(
    zip(_CALLED, ("zulu", "yankee", "xray", "whiskey", "victor"), strict=True)
)

_KINDS = ("server", "client", "client", "internal", "producer", "consumer", "")
_EIGHTH = 0.125  # a fraction that floats add and shift without an error
_Row = tuple[int, str, str, int, int, bool, str, str, bool]
_ROW = st.tuples(
    st.integers(0, 7),  # whose child it is: of an earlier one, of nobody, or of a lost one
    st.sampled_from(_CALLERS),
    st.sampled_from(_KINDS),
    st.integers(-8, 40),
    st.integers(0, 24),
    st.booleans(),
    st.sampled_from(("", "", *_CALLED)),  # whom its tags name
    st.sampled_from(("", "", "", "answer", "again", "itself")),
    st.booleans(),
)


def _spans(name: str, rows: Sequence[_Row]) -> Iterable[Span]:
    """Also orphans, circles, ids that a call and its answer share, clocks that are off."""
    for place, row in enumerate(rows):
        above, service, kind, start, length, failed, callee, oddity, new = row
        parent = "" if above == 7 or not place else "lost" if above == 6 else f"s{above % place}"
        tags = {"version": "2" if new else "1", "order.id": f"{name}{place}"}
        tags |= {"peer.service": callee} if callee else {}
        tags |= {"db.system": "mysql"} if callee == "echo" else {}
        one = span(
            f"s{place}", service, parent=f"s{place}" if oddity == "itself" else parent,
            start=1000 + start * _EIGHTH, duration=length * _EIGHTH, failed=failed, kind=kind,
            trace=name, message="refused" if failed else "", **dict[str, str](tags),
        )  # fmt: skip
        yield one
        if oddity == "again":
            yield one
        if oddity == "answer" and kind == "client":
            yield replace(one, service=callee or "bravo", kind="server", duration=one.duration / 2)


def _traces(several: Sequence[Sequence[_Row]], name: str) -> list[Trace]:
    ids = (f"{name}{number}" for number in range(len(several)))
    return [Trace(one, tuple(_spans(one, rows))) for one, rows in zip(ids, several, strict=True)]


_SHAPES = st.lists(st.lists(_ROW, min_size=1, max_size=6), max_size=5)
TRACES = _SHAPES.map(lambda shapes: _traces(shapes, "t"))
BEFORE = _SHAPES.map(lambda shapes: _traces(shapes, "b"))

_MESSAGES = ("order 1 failed", "order 2 failed", "disk full", "user ada is lost", "", "a\nat b")
_LINE = st.tuples(
    st.sampled_from(_CALLERS),
    st.sampled_from(_MESSAGES) | st.text(max_size=20),
    st.sampled_from(("ERROR", "FATAL", "error", "")),
    st.integers(0, 600),
    st.sampled_from(("", "KeyError")),
    st.sampled_from(("", "t1", "t2")),
)


def _line(row: tuple[str, str, str, int, str, str]) -> LogLine:
    service, message, level, second, exception, trace = row
    pairs = {
        "service": service, "message": message, "level": level, "trace_id": trace,
        "error.type": exception,
    }  # fmt: skip
    return LogLine(minute(0) - second, tuple(pairs.items()))


LINES = st.lists(_LINE.map(_line), max_size=10)


def shuffled(traces: Sequence[Trace], random: Random) -> list[Trace]:
    """Traces, their spans, and the tags of those."""
    return [
        replace(
            trace,
            spans=tuple(
                replace(one, tags=tuple(random.sample(one.tags, len(one.tags))))
                for one in random.sample(trace.spans, len(trace.spans))
            ),
        )
        for trace in random.sample(traces, len(traces))
    ]


def later(traces: Iterable[Trace], seconds: int) -> list[Trace]:
    return [
        replace(trace, spans=tuple(replace(one, start=one.start + seconds) for one in trace.spans))
        for trace in traces
    ]


def renamed(traces: Iterable[Trace], names: Names) -> list[Trace]:
    """Services, and where tags name them."""

    def other(one: Span) -> Span:
        tags = tuple((key, names.get(value, value)) for key, value in one.tags)
        return replace(one, service=names.get(one.service, one.service), tags=tags)

    return [replace(trace, spans=tuple(map(other, trace.spans))) for trace in traces]


def plain(
    answer: object, names: Names | None = None, without: frozenset[str] = frozenset()
) -> object:
    """By value: in the order given; renamed names are put back, fields ``without`` left out."""
    if is_dataclass(answer) and not isinstance(answer, type):
        return tuple(
            (one.name, plain(getattr(answer, one.name), names, without))
            for one in fields(answer)
            if one.name not in without
        )
    if isinstance(answer, tuple | list):
        return tuple(plain(one, names, without) for one in answer)
    if isinstance(answer, Mapping):
        pairs = [(plain(key, names), plain(one, names, without)) for key, one in answer.items()]
        return tuple(sorted(pairs, key=repr))
    if isinstance(answer, str):
        for name, other in (names or {}).items():
            answer = answer.replace(other, name)
        return str(answer)
    return round(answer, 9) if isinstance(answer, float) else answer
