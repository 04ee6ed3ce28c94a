"""Log lines and events as bodies of Elasticsearch's `_bulk`: an index a day, and one a month."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

import orjson

from tests.lab.telemetry.events import Event
from tests.lab.telemetry.logs import LogLine

INDEX_PATTERNS = ["shop-logs-*", "shop-events-*"]

TEMPLATE = {
    "index_patterns": INDEX_PATTERNS,
    "template": {
        "settings": {"number_of_shards": 1, "number_of_replicas": 0},
        "mappings": {
            "properties": {
                "@timestamp": {"type": "date"},
                "level": {"type": "keyword"},
                "service": {"type": "keyword"},
                "instance": {"type": "keyword"},
                "kind": {"type": "keyword"},
                "version": {"type": "keyword"},
                "logger": {"type": "keyword"},
                "trace_id": {"type": "keyword"},
                "error": {"properties": {"type": {"type": "keyword"}}},
                "message": {
                    "type": "text",
                    "fields": {"keyword": {"type": "keyword", "ignore_above": 1024}},
                },
            }
        },
    },
}
"""The index template: exact fields as keywords, the message searchable as text too."""


def lines(logs: Iterable[LogLine], events: Iterable[Event], start: float) -> Iterator[bytes]:
    """Action and document, two lines each. `start`: epoch seconds of the history's start."""
    for number, line in enumerate(logs):
        at = datetime.fromtimestamp(start + line.at, UTC)
        yield _action(f"shop-logs-{at:%Y.%m.%d}", start, number) + _line(line, at)
    for number, event in enumerate(events):
        at = datetime.fromtimestamp(start + event.at, UTC)
        yield _action(f"shop-events-{at:%Y.%m}", start, number) + _event(event, at)


def _action(index: str, start: float, number: int) -> bytes:
    return orjson.dumps({"index": {"_index": index, "_id": f"{start:.0f}-{number}"}}) + b"\n"


def _line(line: LogLine, at: datetime) -> bytes:
    document: dict[str, object] = {
        "@timestamp": _timestamp(at),
        "level": line.level,
        "service": line.service,
        "instance": line.instance,
        "logger": line.logger,
        "message": line.message,
    }
    if line.trace_id is not None:
        document["trace_id"] = line.trace_id
    if line.error_type is not None:
        document["error"] = {"type": line.error_type}
    return orjson.dumps(document) + b"\n"


def _event(event: Event, at: datetime) -> bytes:
    document = {
        "@timestamp": _timestamp(at),
        "kind": event.kind,
        "service": event.service,
        "version": event.version,
        "message": event.message,
    }
    return orjson.dumps(document) + b"\n"


def _timestamp(at: datetime) -> str:
    return at.isoformat(timespec="milliseconds").replace("+00:00", "Z")
