"""What a backend answered, parsed: series, traces or a log page; or the problem in its place."""

from dataclasses import dataclass, field
from enum import StrEnum

Labels = tuple[tuple[str, str], ...]  # sorted pairs


class ProblemKind(StrEnum):
    """Why an answer cannot be trusted in full; also the outcome the finding gets."""

    ERROR = "error"  # no usable answer: backend down, refused, rubbish, over a limit
    PARTIAL = "partial"  # an answer with parts missing: shards, sub-queries, truncation
    NO_DATA = "no_data"  # a whole answer with nothing in it
    SKIPPED = "skipped"  # not asked: no such backend is configured, or not wanted


@dataclass(frozen=True, slots=True)
class Problem:
    """``reason`` is one sentence for a person; ``hint`` what to do about it."""

    trouble: ProblemKind
    reason: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Series:
    """``points`` are (Unix seconds, value) in order; stale, NaN and infinite ones are left out.

    ``not_finite`` counts the NaN and infinite points that were left out.
    """

    labels: Labels
    points: tuple[tuple[float, float], ...]
    not_finite: int = 0

    def label(self, name: str) -> str:
        return next((value for key, value in self.labels if key == name), "")


@dataclass(frozen=True, slots=True)
class Metrics:
    series: tuple[Series, ...]
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class Names:
    """Names that exist: metric names, services, or fields with ``aggregatable`` among them."""

    names: frozenset[str]
    aggregatable: frozenset[str] = frozenset()
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class MetricTypes:
    """``types``: (metric, what whoever exposes it calls it: counter, gauge, histogram, …)."""

    types: tuple[tuple[str, str], ...]
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class Calls:
    """``edges`` are (caller, callee, how often)."""

    edges: tuple[tuple[str, str, int], ...]
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """``start`` in Unix seconds, ``duration`` in seconds; ``kind`` is server, client, … or ''."""

    trace_id: str
    span_id: str
    parent_id: str
    service: str
    operation: str
    start: float
    duration: float
    failed: bool
    kind: str = ""
    tags: tuple[tuple[str, str], ...] = ()
    message: str = ""  # status description or exception message

    def tag(self, *names: str) -> str:
        """The first of these tags that is set, or ''."""
        values = dict(self.tags)
        for name in names:  # asked of every span several times: a plain loop is twice as fast
            if text := values.get(name):
                return text
        return ""


@dataclass(frozen=True, slots=True)
class Trace:
    trace_id: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Traces:
    """``truncated``: more traces matched than were asked for, so only shares mean anything."""

    traces: tuple[Trace, ...]
    truncated: bool = False
    problem: Problem | None = None


# the field of a line that stands for so many like it
STANDS_FOR = "_doc_count"


@dataclass(frozen=True, slots=True)
class LogLine:
    """``time`` in Unix seconds; ``fields`` are the flattened document, dotted keys."""

    time: float
    fields: tuple[tuple[str, str], ...]

    def first(self, names: tuple[str, ...]) -> str:
        """The first of these fields that is set, or ''."""
        values = dict(self.fields)
        return next((values[name] for name in names if values.get(name)), "")


@dataclass(frozen=True, slots=True)
class Logs:
    """A page of lines out of ``total``; ``at_least``: the store stopped counting there.

    ``counts`` are (aggregation, bucket key, documents) in the store's order.
    """

    lines: tuple[LogLine, ...]
    total: int
    at_least: bool = False
    counts: tuple[tuple[str, str, int], ...] = ()
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class Missing:
    """In the place of a signal that could not be had."""

    problem: Problem = field(default=Problem(ProblemKind.ERROR, "no answer"))


Signal = Metrics | Names | MetricTypes | Calls | Traces | Logs | Missing
