"""Metrics of requests by convention; the names of in-house ones nobody knows."""

from collections.abc import Callable

from tests.lab.generated.pods import Pod
from tests.lab.generated.run import CODES
from tests.lab.generated.tally import Called, Process, Tally
from tests.lab.generated.teller import Labels, Slots, Teller
from tests.lab.telemetry.metrics import Key


def tell(teller: Teller, tally: Tally) -> None:
    """All metrics of requests."""
    convention = _CONVENTIONS[teller.dialect.metrics]
    convention(teller, tally)
    teller.write()


def _otel(teller: Teller, tally: Tally) -> None:
    promoted = teller.dialect.metrics == "otel-http"
    for key, slots in tally.served.items():
        labels = _process(teller, key.process.pod, promoted=promoted) | {
            "http_request_method": "POST",
            "http_route": teller.system.services[key.process.pod.service].route,
            "http_response_status_code": str(key.status),
        }
        if key.status >= 500:
            labels["error_type"] = str(key.status)
        teller.timed("http_server_request_duration_seconds", labels, key.process, slots)
    for call, slots in tally.called.items():
        name, told = _client(teller, call)
        labels = _process(teller, call.process.pod, promoted=promoted) | told
        teller.timed(name, labels, call.process, slots)
    _target_info(teller, promoted=promoted)


def _client(teller: Teller, call: Called) -> tuple[str, Labels]:
    told = {"server_address": teller.host(call.callee)}
    if call.kind:
        told["error_type"] = call.kind
    leaf = teller.system.leaves.get(call.callee)
    if leaf is not None and leaf.kind == "queue":
        told |= {"messaging_system": "kafka", "messaging_destination_name": leaf.schema}
        return "messaging_client_operation_duration_seconds", told
    if leaf is not None and leaf.kind != "partner":
        told |= {"db_system_name": leaf.product, "db_operation_name": "SELECT"}
        told |= {"db_namespace": leaf.schema} if leaf.schema else {}
        return "db_client_operation_duration_seconds", told
    told |= {"http_request_method": "POST"}
    told |= {"http_response_status_code": str(call.status)} if call.status else {}
    return "http_client_request_duration_seconds", told


def _process(teller: Teller, pod: Pod, *, promoted: bool) -> Labels:
    own = teller.target(pod)
    return own | ({"service_name": pod.service} if promoted else {})


def _target_info(teller: Teller, *, promoted: bool) -> None:
    for pod in (pod for pods in teller.pods.values() for pod in pods):
        labels = _process(teller, pod, promoted=promoted)
        labels |= {"service_version": pod.version} if teller.dialect.versions else {}
        key = Key("target_info", "gauge", "target_info", tuple(labels.items()))
        for started in range(len(pod.downs) + 1):
            for _, at in teller.times(Process(pod, started)):
                teller.scrapes.series[key].append((at, 1.0))


def _spans(calls: str, duration: str, unit: float, service: str, error: str) -> "Convention":
    def convention(teller: Teller, tally: Tally) -> None:
        for served, slots in tally.served.items():
            labels = {
                service: served.process.pod.service,
                "span_name": f"POST {teller.system.services[served.process.pod.service].route}",
                "span_kind": "SPAN_KIND_SERVER",
                "status_code": error if served.status >= 500 else "STATUS_CODE_UNSET",
            }
            both(teller, labels, served.process, slots)
        for called, slots in tally.called.items():
            labels = {
                service: called.process.pod.service,
                "span_name": "POST" if called.callee in teller.system.services else called.callee,
                "span_kind": "SPAN_KIND_CLIENT",
                "status_code": error if called.kind else "STATUS_CODE_UNSET",
            }
            both(teller, labels, called.process, slots)

    def both(teller: Teller, labels: Labels, process: Process, slots: Slots) -> None:
        told = labels | {"instance": process.pod.name}
        teller.counted(calls, told, process, slots)
        teller.timed(duration, told, process, slots, unit)

    return convention


def _tempo(teller: Teller, tally: Tally) -> None:
    """Its metrics generator knows who calls whom, too; one instance of it tells for all."""
    _TEMPO(teller, tally)
    for call, slots in tally.called.items():
        kind = "" if call.callee in teller.system.services else "virtual_node"
        labels = {
            "client": call.process.pod.service,
            "server": call.callee,
            "connection_type": kind,
        }
        labels["instance"] = call.process.pod.name
        name = "traces_service_graph_request_total"
        teller.counted(name, labels, call.process, slots)
        if call.kind:
            name = "traces_service_graph_request_failed_total"
            teller.counted(name, labels, call.process, slots)


def _istio(teller: Teller, tally: Tally) -> None:
    for key, slots in tally.served.items():
        told = "unknown", key.process.pod.service, key.status, "-"
        _mesh(teller, key.process, "destination", told, slots)
    for call, slots in tally.called.items():
        leaf = teller.system.leaves.get(call.callee)
        if leaf is not None and leaf.kind != "partner":
            continue  # TCP: no requests in it
        flags = "-" if call.status else "UF" if "imeout" not in call.kind else "UT"
        status = call.status or (503 if flags == "UF" else 504)
        callee = call.callee if leaf is None else "unknown"
        told = call.process.pod.service, callee, status, flags
        _mesh(teller, call.process, "source", told, slots)


def _mesh(
    teller: Teller, process: Process, reporter: str, told: tuple[str, str, int, str],
    slots: Slots,
) -> None:  # fmt: skip
    source, callee, status, flags = told
    pod = process.pod
    labels = {
        "reporter": reporter,
        "source_workload": source,
        "source_canonical_service": source,
        "destination_workload": callee,
        "destination_canonical_service": callee,
        "destination_canonical_revision": pod.version if reporter == "destination" else "latest",
        "destination_service_name": callee,
        "destination_service": f"{callee}.{teller.system.system}.svc.cluster.local",
        "request_protocol": "http",
        "response_code": str(status),
        "response_flags": flags,
        "instance": f"{pod.ip}:15020",
        "job": "kubernetes-pods",
    }
    teller.counted("istio_requests_total", labels, process, slots)
    teller.timed("istio_request_duration_milliseconds", labels, process, slots, 1000)


def _grpc(teller: Teller, tally: Tally) -> None:
    for key, slots in tally.served.items():
        name = "".join(part.capitalize() for part in key.process.pod.service.split("-"))
        labels = _process(teller, key.process.pod, promoted=True) | {
            "rpc_system": "grpc",
            "rpc_service": f"acme.v1.{name}",
            "rpc_method": "Resolve",
            "rpc_grpc_status_code": str(CODES[key.status]),
        }
        teller.timed("rpc_server_duration_milliseconds", labels, key.process, slots, 1000)


def _plain(teller: Teller, tally: Tally) -> None:
    for key, slots in tally.served.items():
        labels = _process(teller, key.process.pod, promoted=False)
        labels |= {
            "method": "POST",
            "handler": teller.system.services[key.process.pod.service].route,
        }
        counted = labels | {"code": str(key.status)}
        teller.counted("http_requests_total", counted, key.process, slots)
        teller.timed("http_request_duration_seconds", counted, key.process, slots)


def _in_house(teller: Teller, tally: Tally) -> None:
    for key, slots in tally.served.items():
        labels = _process(teller, key.process.pod, promoted=False)
        labels["res"] = "ko" if key.status >= 500 else "ok"
        name = f"{teller.system.system}_ops_handled_total"
        teller.counted(name, labels, key.process, slots)


Convention = Callable[[Teller, Tally], None]

_ERROR = "STATUS_CODE_ERROR"

_TEMPO = _spans(
    "traces_spanmetrics_calls_total", "traces_spanmetrics_latency", 1, "service", _ERROR
)

_CONVENTIONS: dict[str, Convention] = {
    "otel-http": _otel,
    "otel-http-job": _otel,
    "span-metrics": _spans(
        "traces_span_metrics_calls_total", "traces_span_metrics_duration_milliseconds", 1000,
        "service_name", _ERROR,
    ),
    "span-metrics-old": _spans(
        "calls_total", "duration_milliseconds", 1000, "service_name", _ERROR
    ),
    "tempo": _tempo,
    "istio": _istio,
    "grpc": _grpc,
    "prometheus-client": _plain,
    "in-house": _in_house,
}  # fmt: skip
