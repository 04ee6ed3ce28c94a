"""Log lines as the bodies of Elasticsearch's `_bulk`, one index a day."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

import orjson

from tests.lab.telemetry.logs import LogLine

INDEX_PATTERN = "shop-logs-*"

TEMPLATE = {
    "index_patterns": [INDEX_PATTERN],
    "template": {
        "settings": {"number_of_shards": 1, "number_of_replicas": 0},
        "mappings": {
            "properties": {
                "@timestamp": {"type": "date"},
                "level": {"type": "keyword"},
                "service": {"type": "keyword"},
                "instance": {"type": "keyword"},
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


def lines(logs: Iterable[LogLine], start: float) -> Iterator[bytes]:
    """Action and document, two lines each. `start`: epoch seconds of the history's start."""
    for number, line in enumerate(logs):
        at = datetime.fromtimestamp(start + line.at, UTC)
        action = {"index": {"_index": f"shop-logs-{at:%Y.%m.%d}", "_id": f"{start:.0f}-{number}"}}
        yield orjson.dumps(action) + b"\n" + orjson.dumps(_document(line, at)) + b"\n"


def _document(line: LogLine, at: datetime) -> dict[str, object]:
    document: dict[str, object] = {
        "@timestamp": at.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
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
    return document
