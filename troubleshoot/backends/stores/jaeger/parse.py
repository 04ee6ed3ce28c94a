"""Jaeger answers to traces and service names. Pure."""

from collections.abc import Callable
from typing import Any

import orjson
from msgspec import Raw

from troubleshoot.backends.parse.problems import document, wrong_shape
from troubleshoot.backends.parse.shapes import as_count, as_list, as_object, as_text
from troubleshoot.backends.stores.jaeger.shapes import read_answer, read_trace
from troubleshoot.backends.stores.jaeger.span import Pairs, read_processes, read_span
from troubleshoot.model.query import QueryKind, RawResponse, Request
from troubleshoot.model.signal import (
    Calls,
    Missing,
    Names,
    Problem,
    ProblemKind,
    Signal,
    Span,
    Trace,
    Traces,
)
from troubleshoot.model.store import Store


def parse_services(request: Request, raw: RawResponse) -> Signal:  # noqa: ARG001
    """SERVICES: which services ever sent a span."""
    answer = _data(raw)
    if isinstance(answer, Problem):
        return Missing(answer)
    data, errors = answer
    if errors:
        return Missing(errors)
    return Names(frozenset(name for name in data if isinstance(name, str)))


def parse_calls(request: Request, raw: RawResponse) -> Signal:  # noqa: ARG001
    """CALLS: the edges of the call graph, sorted."""
    answer = _data(raw)
    if isinstance(answer, Problem):
        return Missing(answer)
    data, errors = answer
    edges = {
        (as_text(one.get("parent")), as_text(one.get("child")), as_count(one.get("callCount")))
        for one in map(as_object, data)
    }
    return Calls(tuple(sorted(edge for edge in edges if edge[0] and edge[1])), errors)


def parse_traces(request: Request, raw: RawResponse) -> Signal:
    """TRACES: the newest ``request.limit`` traces, oldest first; what cannot be read is counted."""
    answer = _data(raw, read_answer)
    if isinstance(answer, Problem):
        return Missing(answer)
    data, errors = answer
    pairs = Pairs()
    read = [_trace(entry, pairs) for entry in data]
    traces = sorted((trace for trace, _ in read if trace), key=_age)
    lost = sum(unreadable for _, unreadable in read)
    if not traces and (lost or errors):
        return Missing(
            errors or Problem(ProblemKind.ERROR, f"no span that {raw.url} answered can be read")
        )
    truncated = bool(request.limit) and len(traces) > request.limit
    if truncated:
        traces = traces[-request.limit :]
    if lost and not errors:
        errors = Problem(
            ProblemKind.PARTIAL, f"{lost} spans or traces from Jaeger could not be read"
        )
    return Traces(tuple(traces), truncated, errors)


def _position(span: Span) -> tuple[float, float, str]:
    return span.start, -span.duration, span.span_id  # of two that start together, the outer one


def _age(trace: Trace) -> tuple[float, str]:
    return trace.spans[0].start, trace.trace_id


def _data(
    raw: RawResponse, read: Callable[[bytes], object] = orjson.loads
) -> "tuple[list[Any], Problem | None] | Problem":
    answer = document(Store.JAEGER, raw, _explain, read)
    if isinstance(answer, Problem):
        return answer
    body = as_object(answer)
    words, data = _explain(answer), body.get("data", False)
    if isinstance(data, list) and data:
        problem = (
            Problem(ProblemKind.PARTIAL, f"Jaeger answered in part: {words}") if words else None
        )
        return data, problem
    if words:
        return Problem(ProblemKind.ERROR, f"Jaeger could not answer {raw.url}: {words}")
    return ([], None) if data is None or data == [] else wrong_shape(Store.JAEGER, raw)


def _explain(answer: object) -> str:
    errors = [as_object(error) for error in as_list(as_object(answer).get("errors"))]
    return "; ".join(" ".join(as_text(error.get("msg")).split()) or "an error" for error in errors)


def _trace(entry: Raw, pairs: Pairs) -> tuple[Trace | None, int]:
    """A trace with its spans in order of time, and how many of them could not be read."""
    told = read_trace(entry)
    if told is None:
        return None, 1
    processes, trace_id = read_processes(told.processes, pairs), as_text(told.traceID)
    spans: dict[tuple[str, str, str], Span] = {}  # Zipkin gives a call and its answer one id
    lost = 0
    for one in as_list(told.spans):
        span = read_span(one, trace_id, processes, pairs)
        if span is None:
            lost += 1
            continue
        key = (span.span_id, span.kind, span.service)
        if key not in spans or (span.failed and not spans[key].failed):
            spans[key] = span  # of one that is there twice, the failed one tells more
    if not spans:
        return None, lost or 1
    ordered = tuple(sorted(spans.values(), key=_position))
    return Trace(ordered[0].trace_id, ordered), lost


PARSERS = {
    QueryKind.SERVICES: parse_services,
    QueryKind.CALLS: parse_calls,
    QueryKind.TRACES: parse_traces,
}
