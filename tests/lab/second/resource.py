"""What an OpenTelemetry SDK inside Kubernetes says of the process that exports spans."""

from collections.abc import Sequence
from typing import Any

from tests.lab.second.pod import NAMESPACE
from tests.lab.telemetry import otlp
from tests.lab.telemetry.spans import Span


def export(spans: Sequence[Span], start: float) -> dict[str, Any]:
    """One export request. `start`: epoch seconds of the start of the history."""
    return otlp.export(spans, start, resource=_resource, scope="opentelemetry")


def _resource(service: str, pod: str, version: str) -> dict[str, str | int]:
    return {
        "service.name": service,
        "service.namespace": NAMESPACE,
        "service.instance.id": f"{NAMESPACE}.{pod}.{service}",
        "service.version": version,
        "k8s.namespace.name": NAMESPACE,
        "k8s.pod.name": pod,
        "k8s.deployment.name": service,
        "host.name": pod,
    }
