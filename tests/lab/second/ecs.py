"""Log lines in the Elastic Common Schema, and deployments as events of a pipeline."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

import orjson

from tests.lab.telemetry.events import Event
from tests.lab.telemetry.logs import LogLine

_EXACT = {"type": "keyword"}
_SETTINGS = {"number_of_shards": 1, "number_of_replicas": 0}

TEMPLATES = {
    "app": {
        "index_patterns": ["app-*"],
        "template": {
            "settings": _SETTINGS,
            "mappings": {
                "properties": {
                    "@timestamp": {"type": "date"},
                    "log": {"properties": {"level": _EXACT, "logger": _EXACT}},
                    "service": {"properties": {"name": _EXACT, "version": _EXACT}},
                    "host": {"properties": {"name": _EXACT}},
                    "trace": {"properties": {"id": _EXACT}},
                    "error": {
                        "properties": {
                            "type": _EXACT,
                            "message": {"type": "text"},
                            "stack_trace": {"type": "text"},
                        }
                    },
                    "message": {"type": "text"},
                }
            },
        },
    },
    "deploys": {
        "index_patterns": ["deploys-*"],
        "template": {
            "settings": _SETTINGS,
            "mappings": {
                "properties": {
                    "@timestamp": {"type": "date"},
                    "event": {"properties": {"action": _EXACT, "outcome": _EXACT}},
                    "service": {"properties": {"name": _EXACT, "version": _EXACT}},
                    "user": {"properties": {"name": _EXACT}},
                }
            },
        },
    },
}
"""As the Elastic Common Schema maps them: `message` has no exact field beside it."""


@dataclass(frozen=True, slots=True)
class EcsLine(LogLine):
    """One line; `instance` is the pod. An empty level: it is inside the message."""

    version: str
    error_message: str | None = None
    stack_trace: str | None = None


def wrapped(line: EcsLine) -> EcsLine:
    """The line of a program whose JSON nobody parses: all it says is inside `message`."""
    told = {
        "severity": "WARNING" if line.level == "WARN" else line.level,
        "msg": line.message,
        "logger": line.logger,
        "traceId": line.trace_id,
        "exception": line.stack_trace,
    }
    inside = orjson.dumps({key: value for key, value in told.items() if value}).decode()
    return EcsLine(
        at=line.at,
        level="",
        service=line.service,
        instance=line.instance,
        logger="stdout",
        message=inside,
        trace_id=None,
        error_type=None,
        version=line.version,
    )


def lines(logs: Iterable[LogLine], events: Iterable[Event], start: float) -> Iterator[bytes]:
    """Action and document, two lines each. `start`: epoch seconds of the history's start."""
    for number, line in enumerate(logs):
        at = datetime.fromtimestamp(start + line.at, UTC)
        assert isinstance(line, EcsLine)
        yield _body(f"app-{at:%Y.%m.%d}", f"{start:.0f}-{number}", _line(line, at))
    for number, event in enumerate(events):
        at = datetime.fromtimestamp(start + event.at, UTC)
        yield _body(f"deploys-{at:%Y}", f"{start:.0f}-{number}", _deploy(event, at))


def _body(index: str, number: str, document: dict[str, object]) -> bytes:
    action = {"index": {"_index": index, "_id": number}}
    return orjson.dumps(action) + b"\n" + orjson.dumps(document) + b"\n"


def _line(line: EcsLine, at: datetime) -> dict[str, object]:
    log = {"logger": line.logger} | ({"level": line.level} if line.level else {})
    document: dict[str, object] = {
        "@timestamp": _iso(at),
        "log": log,
        "service": {"name": line.service, "version": line.version},
        "host": {"name": line.instance},
        "message": line.message,
        "ecs": {"version": "8.11.0"},
    }
    if line.trace_id:
        document["trace"] = {"id": line.trace_id}
    if line.error_type:
        told = {"type": line.error_type, "message": line.error_message}
        document["error"] = told | ({"stack_trace": line.stack_trace} if line.stack_trace else {})
    return document


def _deploy(event: Event, at: datetime) -> dict[str, object]:
    return {
        "@timestamp": _iso(at),
        "event": {"action": "deployed", "outcome": "success"},
        "service": {"name": event.service, "version": event.version},
        "user": {"name": "pipeline"},
        "message": event.message,
    }


def _iso(at: datetime) -> str:
    return at.isoformat(timespec="milliseconds").replace("+00:00", "Z")
