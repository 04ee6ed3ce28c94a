"""Spans as OTLP/HTTP JSON, the way an OpenTelemetry exporter posts them."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from tests.lab.telemetry.spans import Failure, Span

_ERROR = 2


Resource = Callable[[str, str, str], dict[str, str | int]]
"""Attributes of a process: from its service, its instance and its version."""


def shop_resource(service: str, instance: str, version: str) -> dict[str, str | int]:
    """What the shop's services tell of themselves."""
    return {
        "service.name": service,
        "service.namespace": "shop",
        "service.instance.id": instance,
        "service.version": version,
    }


def export(
    spans: Sequence[Span], start: float, resource: Resource = shop_resource, scope: str = "shop"
) -> dict[str, Any]:
    """One export request. `start`: epoch seconds of the start of the history."""
    by_process: defaultdict[tuple[str, str, str], list[Span]] = defaultdict(list)
    for span in spans:
        by_process[span.service, span.instance, span.version].append(span)
    return {
        "resourceSpans": [
            {
                "resource": {"attributes": _attributes(resource(*process).items())},
                "scopeSpans": [
                    {"scope": {"name": scope}, "spans": [_span(each, start) for each in members]}
                ],
            }
            for process, members in by_process.items()
        ]
    }


def _span(span: Span, start: float) -> dict[str, Any]:
    told: dict[str, Any] = {
        "traceId": span.trace_id,
        "spanId": span.span_id,
        "name": span.name,
        "kind": span.kind,
        "startTimeUnixNano": _nanoseconds(start + span.start),
        "endTimeUnixNano": _nanoseconds(start + span.end),
        "attributes": _attributes(span.attributes.items()),
        "status": {},
    }
    if span.parent_id is not None:
        told["parentSpanId"] = span.parent_id
    if span.failure is not None:
        told["status"] = {"code": _ERROR, "message": span.failure.message}
        told["events"] = [_exception(span.failure, told["endTimeUnixNano"])]
    return told


def _exception(failure: Failure, at: str) -> dict[str, Any]:
    told = {"exception.type": failure.type, "exception.message": failure.message}
    return {"timeUnixNano": at, "name": "exception", "attributes": _attributes(told.items())}


def _attributes(pairs: Iterable[tuple[str, str | int]]) -> list[dict[str, Any]]:
    return [
        {
            "key": key,
            "value": {"intValue": str(value)} if isinstance(value, int) else {"stringValue": value},
        }
        for key, value in pairs
    ]


def _nanoseconds(seconds: float) -> str:
    return str(round(seconds * 1_000_000) * 1000)
