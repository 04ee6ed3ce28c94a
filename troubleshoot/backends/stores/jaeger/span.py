"""One span of Jaeger's query API. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from troubleshoot.backends.parse.shapes import as_list, as_text
from troubleshoot.backends.stores.jaeger import shapes as told
from troubleshoot.backends.stores.jaeger.failure import FALSE, failed, words
from troubleshoot.model.signal import Span

UNKNOWN_SERVICE = "unknown"
_MICROSECONDS = 1_000_000

Pair = tuple[str, str]
Pairs = dict[Pair, Pair]  # those read so far, by themselves: thousands of spans share a few
Tags = dict[str, str]


@dataclass(frozen=True, slots=True)
class Process:
    service: str = UNKNOWN_SERVICE
    tags: tuple[Pair, ...] = ()


def read_processes(entries: object, pairs: Pairs) -> Mapping[str, Process]:
    by_id = entries if isinstance(entries, dict) else {}
    return {key: _process(entry, pairs) for key, entry in by_id.items()}


def _process(entry: object, pairs: Pairs) -> Process:
    if not isinstance(entry, told.Process):
        return Process()
    return Process(as_text(entry.serviceName) or UNKNOWN_SERVICE, _shared(_tags(entry.tags), pairs))


def read_span(
    entry: object, trace_id: str, processes: Mapping[str, Process], pairs: Pairs
) -> Span | None:
    """None where there is no id or no time: nothing can be said about such a span."""
    if not isinstance(entry, told.Span):
        return None
    span_id, trace_id = as_text(entry.spanID), as_text(entry.traceID) or trace_id
    start, duration = entry.startTime, entry.duration
    if not (span_id and trace_id and isinstance(start, float) and isinstance(duration, float)):
        return None
    process = processes.get(as_text(entry.processID)) or _process(entry.process, pairs)
    tags = _tags(entry.tags)
    kind = tags.get("span.kind", "").lower()
    events = [_tags(one.fields) for one in as_list(entry.logs) if isinstance(one, told.Event)]
    broke = failed(tags, kind, events)
    return Span(
        trace_id=trace_id,
        span_id=span_id,
        parent_id=_parent(entry, trace_id),
        service=process.service,
        operation=as_text(entry.operationName),
        start=start / _MICROSECONDS,
        duration=max(0.0, duration / _MICROSECONDS),
        failed=broke,
        kind=kind,
        tags=_shared(tags, pairs) + tuple([pair for pair in process.tags if pair[0] not in tags]),
        message=next(_messages(tags, events), "") or (words(tags) if broke else ""),
    )


def _tags(entries: object) -> Tags:
    """The first of two with one key counts. The inner loop of every trace: kept flat."""
    found: Tags = {}
    for tag in as_list(entries):
        if isinstance(tag, told.Tag):
            key, text = tag.key, tag.value
            if isinstance(key, str) and key and key not in found:
                found[key] = text if isinstance(text, str) else as_text(text)
    return found


def _shared(tags: Tags, pairs: Pairs) -> tuple[Pair, ...]:
    """Each pair is kept once: a quarter of the memory, and as much less for the collector."""
    return tuple([pairs.setdefault(pair, pair) for pair in tags.items()])


def _parent(entry: told.Span, trace_id: str) -> str:
    """CHILD_OF before FOLLOWS_FROM; a reference into another trace is no parent."""
    follows = ""
    for one in as_list(entry.references):
        if isinstance(one, told.Reference) and as_text(one.traceID) in ("", trace_id):
            if one.refType == "CHILD_OF" and as_text(one.spanID):
                return as_text(one.spanID)
            if one.refType == "FOLLOWS_FROM":
                follows = follows or as_text(one.spanID)
    return follows or as_text(entry.parentSpanID)


def _messages(tags: Tags, events: Sequence[Tags]) -> Iterator[str]:
    """What the span says about its failure, the most direct words first."""
    yield from filter(None, (tags.get("otel.status_description"), tags.get("exception.message")))
    for event in events:
        if event.get("exception.message"):
            yield event["exception.message"]
    for event in events:
        if event.get("event") in ("error", "exception") or "error" in event.get("level", ""):
            yield from filter(None, map(event.get, ("message", "error.object", "error")))
    if tags.get("error", "").lower() not in (*FALSE, "true", "1"):
        yield tags["error"]
