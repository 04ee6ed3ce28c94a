"""One span of Jaeger's query API. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass

from troubleshoot.backends.shapes import Object, as_list, as_number, as_object, as_text
from troubleshoot.model.signal import Span

UNKNOWN_SERVICE = "unknown"
_MICROSECONDS = 1_000_000
_FALSE = ("", "false", "0")

Tags = dict[str, str]


@dataclass(frozen=True, slots=True)
class Process:
    service: str = UNKNOWN_SERVICE
    tags: tuple[tuple[str, str], ...] = ()


def read_processes(value: object) -> dict[str, Process]:
    return {key: _process(as_object(entry)) for key, entry in as_object(value).items()}


def _process(entry: Object) -> Process:
    service = as_text(entry.get("serviceName")) or UNKNOWN_SERVICE
    return Process(service, tuple(_tags(entry.get("tags")).items()))


def read_span(entry: Object, trace_id: str, processes: dict[str, Process]) -> Span | None:
    """None where there is no id or no time: nothing can be said about such a span."""
    span_id = as_text(entry.get("spanID"))
    trace_id = as_text(entry.get("traceID")) or trace_id
    start, duration = as_number(entry.get("startTime")), as_number(entry.get("duration"))
    if not span_id or not trace_id or start is None or duration is None:
        return None
    process = processes.get(as_text(entry.get("processID")))
    if process is None:
        process = _process(as_object(entry.get("process")))
    tags = _tags(entry.get("tags"))
    events = [_tags(as_object(log).get("fields")) for log in as_list(entry.get("logs"))]
    return Span(
        trace_id=trace_id,
        span_id=span_id,
        parent_id=_parent(entry, trace_id),
        service=process.service,
        operation=as_text(entry.get("operationName")),
        start=start / _MICROSECONDS,
        duration=max(0.0, duration / _MICROSECONDS),
        failed=_failed(tags),
        kind=tags.get("span.kind", "").lower(),
        tags=(*tags.items(), *(pair for pair in process.tags if pair[0] not in tags)),
        message=next(_messages(tags, events), ""),
    )


def _tags(value: object) -> Tags:
    """The first of two with one key counts. The inner loop of every trace: kept flat."""
    found: Tags = {}
    for tag in as_list(value):
        if isinstance(tag, dict):
            key, text = tag.get("key"), tag.get("value")
            if isinstance(key, str) and key and key not in found:
                found[key] = text if isinstance(text, str) else as_text(text)
    return found


def _failed(tags: Tags) -> bool:
    return (
        tags.get("error", "").lower() not in _FALSE
        or tags.get("otel.status_code", "").upper() == "ERROR"
    )


def _parent(entry: Object, trace_id: str) -> str:
    """CHILD_OF before FOLLOWS_FROM; a reference into another trace is no parent."""
    references = [as_object(reference) for reference in as_list(entry.get("references"))]
    inside = [one for one in references if as_text(one.get("traceID")) in ("", trace_id)]
    for kind in ("CHILD_OF", "FOLLOWS_FROM"):
        for reference in inside:
            if reference.get("refType") == kind and as_text(reference.get("spanID")):
                return as_text(reference.get("spanID"))
    return as_text(entry.get("parentSpanID"))


def _messages(tags: Tags, events: list[Tags]) -> Iterator[str]:
    """What the span says about its failure, the most direct words first."""
    yield from filter(None, (tags.get("otel.status_description"), tags.get("exception.message")))
    for event in events:
        if event.get("exception.message"):
            yield event["exception.message"]
    for event in events:
        if event.get("event") in ("error", "exception") or "error" in event.get("level", ""):
            yield from filter(None, map(event.get, ("message", "error.object", "error")))
    if tags.get("error", "").lower() not in (*_FALSE, "true", "1"):
        yield tags["error"]
