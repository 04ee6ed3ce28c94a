"""Spans of a drawn system as an exporter posts them."""

from collections.abc import Sequence
from typing import Any

from tests.lab.telemetry import otlp
from tests.lab.telemetry.spans import Span


def export(spans: Sequence[Span], start: float) -> dict[str, Any]:
    """One export request. `start`: epoch seconds of the start of the history."""
    request = otlp.export(spans, start, resource=_resource, scope="instrumentation")
    for resource in request["resourceSpans"]:
        for scope in resource["scopeSpans"]:
            for span in scope["spans"]:
                _hush(span)
    return request


def _hush(span: dict[str, Any]) -> None:
    """A span that failed because of a status has no exception, and says nothing else."""
    if span["status"].get("message") == "":
        del span["status"]["message"], span["events"]


def _resource(service: str, pod: str, version: str) -> dict[str, str | int]:
    told: dict[str, str | int] = {"service.name": service, "host.name": pod}
    return told | ({"service.version": version} if version else {})
