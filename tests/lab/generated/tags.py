"""Tags of spans by convention: semantic conventions of OpenTelemetry, new and old, OpenTracing."""

from tests.lab.generated.dialect import Dialect
from tests.lab.generated.messages import Address
from tests.lab.generated.topology import Leaf, Service

Tags = dict[str, str | int]


def work(dialect: Dialect, service: Service, queue: Leaf | None, status: int, code: int) -> Tags:
    """Of what a service does: a request, a message of a `queue`, a run by the clock."""
    if queue is not None:
        return leaf(dialect, queue, 200, "")
    return server(dialect, service, status, code) if service.role == "server" else {}


def server(dialect: Dialect, service: Service, status: int, code: int) -> Tags:
    """Of a request that is served. ``code``: gRPC's, where that is spoken."""
    if dialect.rpc:
        return _rpc(dialect, service.name, code)
    host = service.name + dialect.domain
    if dialect.traces == "stable":
        tags: Tags = {"http.request.method": "POST", "http.route": service.route}
        tags |= {"url.scheme": "http", "url.path": service.route, "server.address": host}
        tags["http.response.status_code"] = status
        return tags | ({"error.type": str(status)} if status >= 500 else {})
    if dialect.traces == "older":
        tags = {"http.method": "POST", "http.route": service.route, "http.scheme": "http"}
        tags |= {"net.host.name": host, "net.host.port": 8080, "http.target": service.route}
        return tags | {"http.status_code": status}
    tags = {"component": "http", "http.method": "POST", "http.status_code": status}
    return tags | {"http.url": f"http://{host}:8080{service.route}"}


def client(dialect: Dialect, service: Service, at: Address, status: int, kind: str) -> Tags:
    """Of a call to a service over HTTP; status 0: no answer, for a reason of that ``kind``."""
    url = f"http://{at.host}:{at.port}{at.path}"
    told: Tags = {}
    if dialect.traces == "stable":
        told = {"http.request.method": "POST", "server.address": at.host, "server.port": at.port}
        told["url.full"] = url
        told |= {"http.response.status_code": status} if status else {}
        return told | ({"error.type": kind} if kind else {})
    if dialect.traces == "older":
        told = {"http.method": "POST", "http.url": url}
        told |= {"net.peer.name": at.host, "net.peer.port": at.port}
        return told | ({"http.status_code": status} if status else {})
    told = {"component": "http-client", "http.method": "POST", "http.url": url}
    told |= {"peer.service": service.name, "peer.hostname": at.host, "peer.port": at.port}
    return told | ({"http.status_code": status} if status else {})


def grpc_client(dialect: Dialect, service: Service, at: Address, code: int) -> Tags:
    """Of a call to a service over gRPC."""
    told = _rpc(dialect, service.name, code)
    if dialect.traces == "stable":
        return told | {"server.address": at.host, "server.port": at.port}
    if dialect.traces == "older":
        return told | {"net.peer.name": at.host, "net.peer.port": at.port}
    return told | {"peer.service": service.name, "peer.hostname": at.host}


def leaf(dialect: Dialect, one: Leaf, status: int, kind: str) -> Tags:
    """Of a call to what has no spans of its own."""
    if one.kind == "partner":
        return _partner(dialect, one, status, kind)
    named = _named(dialect, one)
    if one.kind == "queue":
        key = "messaging.destination" if dialect.traces == "older" else "messaging.destination.name"
        if dialect.traces == "opentracing":
            key = "message_bus.destination"
        told: Tags = {"messaging.system": "kafka", key: one.schema}
        if dialect.traces == "opentracing":
            told = {"component": "java-kafka", key: one.schema}
        return told | named
    verb = "GET" if one.kind == "cache" else "SELECT"
    if dialect.traces == "stable":
        told = {"db.system.name": one.product, "db.operation.name": verb}
        told |= {"db.namespace": one.schema} if one.schema else {}
        return told | named | ({"error.type": kind} if kind else {})
    if dialect.traces == "older":
        told = {"db.system": one.product, "db.statement": f"{verb} ?"}
        return told | ({"db.name": one.schema} if one.schema else {}) | named
    told = {"db.type": "sql" if one.schema else "redis", "db.statement": f"{verb} ?"}
    return told | ({"db.instance": one.schema} if one.schema else {}) | named


def _named(dialect: Dialect, one: Leaf) -> Tags:
    if dialect.traces == "stable":
        return {"server.address": one.name, "server.port": one.port}
    if dialect.traces == "older":
        return {"net.peer.name": one.name, "net.peer.port": one.port}
    return {"peer.service": one.name, "peer.hostname": one.name, "peer.port": one.port}


def _partner(dialect: Dialect, one: Leaf, status: int, kind: str) -> Tags:
    told: Tags = {}
    url = f"https://{one.name}/v1/requests"
    if dialect.traces == "stable":
        told = {"http.request.method": "POST", "url.full": url}
        told |= {"error.type": kind} if kind else {}
        told |= {"http.response.status_code": status} if status else {}
        return told | _named(dialect, one)
    told = {"http.method": "POST", "http.url": url}
    told |= {"http.status_code": status} if status else {}
    if dialect.traces == "opentracing":  # nobody registered it: only its address is known
        return told | {"peer.hostname": one.name, "peer.port": one.port}
    return told | _named(dialect, one)


def _rpc(dialect: Dialect, service: str, code: int) -> Tags:
    name = "".join(part.capitalize() for part in service.split("-"))
    told: Tags = {"rpc.system": "grpc", "rpc.service": f"acme.v1.{name}", "rpc.method": "Resolve"}
    if dialect.traces == "opentracing":
        told = {"component": "grpc"}
        return told | ({"grpc.status_code": code} if code else {})
    return told | {"rpc.grpc.status_code": code}
