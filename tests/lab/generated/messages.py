"""What clients say when a call fails, in the words of common libraries of each language."""

from dataclasses import dataclass
from http import HTTPStatus

from tests.lab.generated.topology import GO, JAVA, NODE, PYTHON, Leaf

REFUSED, TIMEOUT, UNRESOLVED = "refused", "timeout", "unresolved"

Said = tuple[str, str]
"""Type of the exception, message."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where a call went."""

    host: str
    port: int
    ip: str
    path: str
    timeout: float


def http(language: str, why: str, at: Address, status: int) -> Said:
    """A call over HTTP: `why` it failed, or ``status``."""
    return _HTTP[language](why, at, status)


def _java(why: str, at: Address, status: int) -> Said:
    io = f'I/O error on POST request for "http://{at.host}:{at.port}{at.path}": '
    if why == REFUSED:
        return "org.springframework.web.client.ResourceAccessException", io + "Connection refused"
    if why == TIMEOUT:
        return "org.springframework.web.client.ResourceAccessException", io + "Read timed out"
    if why == UNRESOLVED:
        return "java.net.UnknownHostException", f"{at.host}: Name or service not known"
    phrase = HTTPStatus(status).phrase
    name = phrase.replace(" ", "")
    return (
        f"org.springframework.web.client.HttpServerErrorException${name}",
        f'{status} {phrase}: "{{"error":"{phrase}","path":"{at.path}"}}"',
    )


def _go(why: str, at: Address, status: int) -> Said:
    post = f'Post "http://{at.host}:{at.port}{at.path}": '
    if why == REFUSED:
        return "*url.Error", f"{post}dial tcp {at.ip}:{at.port}: connect: connection refused"
    if why == TIMEOUT:
        text = "context deadline exceeded (Client.Timeout exceeded while awaiting headers)"
        return "*url.Error", post + text
    if why == UNRESOLVED:
        return "*net.DNSError", f"{post}dial tcp: lookup {at.host} on 10.96.0.10:53: no such host"
    return "*errors.errorString", f"{at.host}: unexpected status code {status}"


def _python(why: str, at: Address, status: int) -> Said:
    pool = f"HTTPConnectionPool(host='{at.host}', port={at.port}): "
    retries = f"{pool}Max retries exceeded with url: {at.path} (Caused by "
    connection = "<urllib3.connection.HTTPConnection object at 0x7f3c5c1b9d90>: "
    if why == REFUSED:
        text = "Failed to establish a new connection: [Errno 111] Connection refused"
        return (
            "requests.exceptions.ConnectionError",
            f"{retries}NewConnectionError('{connection}{text}'))",
        )
    if why == TIMEOUT:
        text = f"{pool}Read timed out. (read timeout={at.timeout:g})"
        return "requests.exceptions.ReadTimeout", text
    if why == UNRESOLVED:
        text = f"Failed to resolve '{at.host}' ([Errno -2] Name or service not known)"
        return (
            "requests.exceptions.ConnectionError",
            f'{retries}NameResolutionError("{connection}{text}"))',
        )
    url = f"http://{at.host}:{at.port}{at.path}"
    phrase = HTTPStatus(status).phrase
    return "requests.exceptions.HTTPError", f"{status} Server Error: {phrase} for url: {url}"


def _node(why: str, at: Address, status: int) -> Said:
    if why == REFUSED:
        return "AxiosError", f"connect ECONNREFUSED {at.ip}:{at.port}"
    if why == TIMEOUT:
        return "AxiosError", f"timeout of {at.timeout * 1000:.0f}ms exceeded"
    if why == UNRESOLVED:
        return "AxiosError", f"getaddrinfo ENOTFOUND {at.host}"
    return "AxiosError", f"Request failed with status code {status}"


_HTTP = {JAVA: _java, GO: _go, PYTHON: _python, NODE: _node}

CODES = {REFUSED: 14, UNRESOLVED: 14, TIMEOUT: 4}
_NAMES = {2: "UNKNOWN", 4: "DEADLINE_EXCEEDED", 13: "INTERNAL", 14: "UNAVAILABLE"}


def grpc(language: str, why: str, at: Address, code: int) -> Said:
    """A call over gRPC that ended with `code`."""
    text = _transport(why, at) or "Internal error"
    if language == GO:
        name = {2: "Unknown", 4: "DeadlineExceeded", 13: "Internal", 14: "Unavailable"}[code]
        return "*status.Error", f"rpc error: code = {name} desc = {text}"
    if language == JAVA:
        said = {REFUSED: "io exception", UNRESOLVED: f"Unable to resolve host {at.host}"}
        text = said.get(why, text)
        return "io.grpc.StatusRuntimeException", f"{_NAMES[code]}: {text}"
    if language == NODE:
        return "Error", f"{code} {_NAMES[code]}: {text}"
    return (
        "grpc._channel._InactiveRpcError",
        f"<_InactiveRpcError of RPC that terminated with: status = StatusCode.{_NAMES[code]} "
        f'details = "{text}">',
    )


def _transport(why: str, at: Address) -> str:
    if why == REFUSED:
        dial = f"dial tcp {at.ip}:{at.port}: connect: connection refused"
        return f'connection error: desc = "transport: Error while dialing: {dial}"'
    if why == TIMEOUT:
        return "context deadline exceeded"
    if why == UNRESOLVED:
        return f"name resolver error: produced zero addresses for {at.host}"
    return ""


def store(language: str, why: str, leaf: Leaf, ip: str) -> Said:
    """A database, cache or broker that refuses or takes too long."""
    where = f"{leaf.name}:{leaf.port}"
    if leaf.kind == "queue":
        if language == JAVA:
            text = "Topic {} not present in metadata after 60000 ms."
            return "org.apache.kafka.common.errors.TimeoutException", text.format(leaf.schema)
        return "KafkaError", f"Failed to send message: {where}/bootstrap: Connect to {where} failed"
    if leaf.kind == "cache":
        if language == JAVA:
            text = f"Unable to connect to {leaf.name}/{ip}:{leaf.port}"
            return "io.lettuce.core.RedisConnectionException", text
        text = f"Error 111 connecting to {where}. Connection refused."
        return "redis.exceptions.ConnectionError", text
    if why == TIMEOUT:
        return _late(language, leaf)
    return _closed(language, leaf, ip)


def _late(language: str, leaf: Leaf) -> Said:
    if language == JAVA:
        pool = "HikariPool-1 - Connection is not available, request timed out after 5000ms."
        return "java.sql.SQLTransientConnectionException", pool
    if language == GO:
        return "*errors.errorString", "failed to execute query: context deadline exceeded"
    if language == PYTHON:
        text = "canceling statement due to statement timeout"
        return "psycopg2.errors.QueryCanceled", text
    return "Error", f"Query read timeout ({leaf.product})"


def _closed(language: str, leaf: Leaf, ip: str) -> Said:
    where = f"{leaf.name}:{leaf.port}"
    if language == JAVA:
        text = f"Connection to {where} refused. Check that the hostname and port are correct"
        return "org.postgresql.util.PSQLException", text
    if language == GO:
        dial = f"dial error (dial tcp {ip}:{leaf.port}: connect: connection refused)"
        text = f"failed to connect to `host={leaf.name} user=app database={leaf.schema}`: {dial}"
        return "*pgconn.connectError", text
    if language == PYTHON:
        text = f'connection to server at "{leaf.name}" ({ip}), port {leaf.port} failed: '
        return "psycopg2.OperationalError", text + "Connection refused"
    return "Error", f"connect ECONNREFUSED {ip}:{leaf.port}"


def own(language: str, noun: str) -> tuple[str, str, str]:
    """An exception of a service's own: type, message and the stack."""
    title = noun.capitalize()
    if language == JAVA:
        kind, text = (
            "java.lang.NullPointerException",
            (f'Cannot invoke "{title}.getRegion()" because "{noun}" is null'),
        )
        frame = f"com.acme.{noun}.{title}Service.resolve({title}Service.java:88)"
        servlet = "jakarta.servlet.http.HttpServlet.service(HttpServlet.java:590)"
        return kind, text, f"{kind}: {text}\n\tat {frame}\n\tat {servlet}"
    if language == PYTHON:
        text = "'region_code'"
        file = f'  File "/app/{noun}/handlers.py", line 88, in resolve\n    row["region_code"]'
        return "KeyError", text, f"Traceback (most recent call last):\n{file}\nKeyError: {text}"
    if language == NODE:
        text = "Cannot read properties of undefined (reading 'region')"
        frame = f"    at resolve (/srv/app/{noun}/resolve.js:88:13)"
        return "TypeError", text, f"TypeError: {text}\n{frame}"
    text = "runtime error: invalid memory address or nil pointer dereference"
    frame = f"{noun}/internal/{noun}.(*Handler).Resolve(0x0)\n\t/src/{noun}/handler.go:88 +0x1d"
    return "runtime.Error", f"panic: {text}", f"panic: {text}\n\ngoroutine 71 [running]:\n{frame}"


def full(language: str) -> Said:
    """A service that takes no more requests."""
    if language == JAVA:
        return "java.util.concurrent.RejectedExecutionException", "task rejected: queue is full"
    return "Overloaded", "too many requests in flight"
