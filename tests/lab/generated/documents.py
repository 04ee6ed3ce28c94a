"""Log lines and releases as documents of Elasticsearch, in the shape of a dialect."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import orjson

from tests.lab.generated.dialect import Dialect
from tests.lab.generated.journal import Line
from tests.lab.telemetry.events import Event
from tests.lab.telemetry.logs import LogLine

Document = dict[str, Any]

_EXACT = {"type": "keyword"}

TEMPLATES: dict[str, dict[str, Any]] = {
    "any-ecs": {
        "index_patterns": ["any-ecs-*"],
        "template": {
            "settings": {"number_of_shards": 1, "number_of_replicas": 0},
            "mappings": {
                "properties": {
                    "log": {"properties": {"level": _EXACT}},
                    "service": {"properties": {"name": _EXACT, "version": _EXACT}},
                    "trace": {"properties": {"id": _EXACT}},
                    "error": {"properties": {"type": _EXACT, "stack_trace": {"type": "text"}}},
                    "message": {"type": "text"},
                }
            },
        },
    },
    "any": {
        "index_patterns": ["any-*"],
        "priority": 0,
        "template": {"settings": {"number_of_shards": 1, "number_of_replicas": 0}},
    },
}
"""Only those who follow ECS wrote a mapping; all others have what Elasticsearch guesses: a text
with a keyword beside it."""
TEMPLATES["any-ecs"]["priority"] = 1


@dataclass(frozen=True, slots=True)
class Shaped(LogLine):
    """A line that knows its index and its document."""

    index: str
    document: Document


def shape(line: Line, dialect: Dialect, system: str) -> Shaped:
    """The line as the dialect has it; the time is put in when it is known."""
    return Shaped(
        line.at, line.level, line.pod.service, line.pod.name, "", line.message, line.trace_id,
        line.error or None, f"any-{dialect.logs}-{system}", _SHAPES[dialect.logs](line),
    )  # fmt: skip


def lines(logs: Iterable[LogLine], events: Iterable[Event], start: float) -> Iterator[bytes]:
    """Action and document, two lines each. `start`: epoch seconds of the history's start."""
    for number, line in enumerate(logs):
        at = datetime.fromtimestamp(start + line.at, UTC)
        assert isinstance(line, Shaped)
        document = {"@timestamp": _iso(at), **line.document}
        yield _body(f"{line.index}-{at:%Y.%m.%d}", f"{start:.0f}-{number}", document)
    for number, event in enumerate(events):
        at = datetime.fromtimestamp(start + event.at, UTC)
        document = {
            "@timestamp": _iso(at),
            "event": {"kind": "event", "action": "deployment"},
            "service": {"name": event.service, "version": event.version},
            "message": event.message,
        }
        yield _body(f"any-deploys-{event.kind}-{at:%Y}", f"{start:.0f}-{number}", document)


def _body(index: str, number: str, document: Document) -> bytes:
    action = {"index": {"_index": index, "_id": number}}
    return orjson.dumps(action) + b"\n" + orjson.dumps(document) + b"\n"


def _iso(at: datetime) -> str:
    return at.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _ecs(line: Line) -> Document:
    told: Document = {
        "log.level": line.level,
        "message": line.message,
        "service": {"name": line.pod.service, "version": line.pod.version},
        "host": {"name": line.pod.name},
        "trace": {"id": line.trace_id},
        "ecs.version": "1.2.0",
    }
    if line.error:
        told["error"] = {"type": line.error, "message": line.detail}
        told["error"] |= {"stack_trace": line.stack} if line.stack else {}
    return told


def _flat(line: Line) -> Document:
    told: Document = {
        "level": line.level.lower(),
        "service": line.pod.service,
        "msg": line.message,
        "pod": line.pod.name,
        "trace_id": line.trace_id,
    }
    return told | ({"stack": line.stack} if line.stack else {})


def _severity(line: Line) -> Document:
    """One line of JSON that nobody parsed."""
    inner = {"severity": "WARNING" if line.level == "WARN" else line.level}
    inner |= {"message": line.message, "traceId": line.trace_id, "service": line.pod.service}
    inner |= {"exception": line.stack or f"{line.error}: {line.detail}"} if line.error else {}
    return {"message": orjson.dumps(inner).decode(), "stream": "stdout"} | _kubernetes(line)


def _otel(line: Line) -> Document:
    """As the collector's exporter writes them in its mapping mode `otel`."""
    numbers = {"INFO": 9, "WARN": 13, "ERROR": 17}
    attributes = (
        {"exception.type": line.error, "exception.message": line.detail}
        | ({"exception.stacktrace": line.stack} if line.stack else {})
        if line.error
        else {}
    )
    resource = {"service.name": line.pod.service, "service.version": line.pod.version}
    resource |= {"k8s.pod.name": line.pod.name}
    return {
        "severity_text": line.level,
        "severity_number": numbers[line.level],
        "body": {"text": line.message},
        "trace_id": line.trace_id,
        "attributes": attributes,
        "resource": {"attributes": resource},
        "scope": {"name": line.pod.service},
    }


def _logfmt(line: Line) -> Document:
    said = line.message.replace('"', '\\"')
    text = f'level={line.level.lower()} msg="{said}" trace_id={line.trace_id}'
    if line.error:
        text += f' error="{line.error}"'
    return {"log": text, "stream": "stderr"} | _kubernetes(line)


def _kubernetes(line: Line) -> Document:
    return {
        "kubernetes": {
            "labels": {"app": line.pod.service},
            "container_name": line.pod.service,
            "pod_name": line.pod.name,
            "namespace_name": "prod",
        }
    }


_SHAPES: dict[str, Callable[[Line], Document]] = {
    "ecs": _ecs,
    "flat": _flat,
    "severity": _severity,
    "otel": _otel,
    "logfmt": _logfmt,
}
