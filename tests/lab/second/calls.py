"""One service calling another over HTTP: both sides' spans and metrics, timeout, retry."""

from collections.abc import Callable
from dataclasses import dataclass

import simpy

from tests.lab.second.deployment import Deployment
from tests.lab.second.pod import Pod
from tests.lab.second.visit import Visit
from tests.lab.shop.world import Work
from tests.lab.telemetry.spans import CLIENT, SERVER, Failure, Span

PORT = 8080
NO_CONNECTION = ("connection_refused", "connection_reset")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a handler or a caller gets; status 0 means that no answer came."""

    status: int = 200
    failure: Failure | None = None
    where: str = ""
    """The frame an uncaught exception came from."""


Handler = Callable[[Pod, Visit, Span], Work[Answer]]


@dataclass
class Endpoint:
    """One route of a service as its callers see it. Times in seconds."""

    target: Deployment
    method: str
    route: str
    handler: Handler
    timeout: float
    retries: int = 1
    delay: float = 0.0004
    """What the network takes each way."""

    @property
    def service(self) -> str:
        """Its name, which is its host name too."""
        return self.target.spec.service


@dataclass(frozen=True, slots=True)
class Host:
    """Where a request goes, as the caller's client knows it."""

    method: str
    name: str
    port: int = PORT


def call(caller: Pod, endpoint: Endpoint, visit: Visit, parent: Span) -> Work[Answer]:
    """Call one pod in turn, and the next one when no connection came about."""
    answer = yield from _attempt(caller, endpoint, visit, parent)
    for _ in range(endpoint.retries):
        if answer.failure is None or answer.failure.kind not in NO_CONNECTION:
            break
        yield caller.world.sleep(0.02)
        answer = yield from _attempt(caller, endpoint, visit, parent)
    return answer


def _attempt(caller: Pod, endpoint: Endpoint, visit: Visit, parent: Span) -> Work[Answer]:
    host = Host(endpoint.method, endpoint.service)
    work = _answer(caller, endpoint, visit, span := client_span(caller, visit, parent, host))
    return (yield from seen(caller, host, span, work))


def client_span(caller: Pod, visit: Visit, parent: Span, host: Host) -> Span:
    """The span of an outgoing request: it names no service, only a host."""
    tags: dict[str, str | int] = {"http.request.method": host.method}
    tags |= {"server.address": host.name, "server.port": host.port}
    return caller.span(visit.trace, parent, host.method, CLIENT, tags)


def seen(caller: Pod, host: Host, span: Span, work: Work[Answer]) -> Work[Answer]:
    """Do the request and record it; each answer from 400 on is an error to a client."""
    started = caller.world.now
    answer = yield from work
    caller.finish(span, answer.failure, http__response__status_code=answer.status)
    caller.meters.time(
        "http_client_request_duration_seconds",
        caller.world.now - started,
        http_request_method=host.method,
        server_address=host.name,
        http_response_status_code=str(answer.status or ""),
        error_type=answer.failure.kind if answer.failure else "",
    )
    return answer


def _answer(caller: Pod, endpoint: Endpoint, visit: Visit, span: Span) -> Work[Answer]:
    world = caller.world
    pod = endpoint.target.next()
    if pod is None or not pod.alive:
        yield world.sleep(0.001)
        where = f"{endpoint.service}:{PORT}" + (f" ({pod.address})" if pod else "")
        text = f"connect to {where}: connection refused"
        return Answer(0, Failure("connection_refused", "ConnectError", text))
    served = world.env.process(_travel(pod, endpoint, visit, span))
    yield served | world.sleep(endpoint.timeout)
    if not served.processed:
        text = f"no answer from {endpoint.service}:{PORT} within {endpoint.timeout:g} s"
        return Answer(0, Failure("timeout", "TimeoutError", text))
    answer = served.value
    assert isinstance(answer, Answer)
    return _received(answer, endpoint.service)


def _received(answer: Answer, service: str) -> Answer:
    """What comes through to the caller: a status, and of its own errors no service tells much."""
    if 0 < answer.status < 400:
        return answer
    if not answer.status:
        text = f"connection to {service}:{PORT} reset by peer"
        return Answer(0, Failure("connection_reset", "ConnectError", text))
    said = answer.failure.message if answer.failure and answer.status < 500 else "no details"
    text = f"{service} answered {answer.status}: {said}"
    return Answer(answer.status, Failure(str(answer.status), "UpstreamError", text))


def _travel(pod: Pod, endpoint: Endpoint, visit: Visit, caller: Span) -> Work[Answer]:
    world = pod.world
    yield world.sleep(world.duration(endpoint.delay, 0.3))
    answer = yield from serve(pod, endpoint, visit, caller)
    yield world.sleep(world.duration(endpoint.delay, 0.3))
    return answer


def serve(pod: Pod, endpoint: Endpoint, visit: Visit, caller: Span | None) -> Work[Answer]:
    """Handle one request in this pod. Answers below 500 are no errors to a server."""
    if not pod.alive:
        return Answer(0)
    started = pod.world.now
    tags: dict[str, str | int] = {"http.request.method": endpoint.method}
    tags |= {"http.route": endpoint.route, "server.address": endpoint.service}
    name = f"{endpoint.method} {endpoint.route}"
    span = pod.span(visit.trace, caller, name, SERVER, tags)
    try:
        with pod.working():
            answer = yield from endpoint.handler(pod, visit, span)
    except simpy.Interrupt:
        return Answer(0)
    broken = answer.failure if answer.status >= 500 else None
    pod.finish(span, broken, http__response__status_code=answer.status)
    pod.meters.time(
        "http_server_request_duration_seconds",
        pod.world.now - started,
        http_request_method=endpoint.method,
        http_route=endpoint.route,
        http_response_status_code=str(answer.status),
    )
    _tell(pod, name, visit, answer, pod.world.now - started)
    return answer


def _tell(pod: Pod, name: str, visit: Visit, answer: Answer, took: float) -> None:
    if answer.failure is None:
        pod.log("INFO", "Access", f"{name} {answer.status} in {took * 1000:.0f} ms", visit.trace)
        return
    level = "ERROR" if answer.status >= 500 else "WARN"
    text = f"{name} ended with {answer.status} after {took:.2f} s: {answer.failure.message}"
    pod.log(level, "Handler", text, visit.trace, answer.failure, answer.where)


def upstream(answer: Answer) -> Answer:
    """What a service answers when a call it depends on went wrong."""
    if answer.failure is not None and 400 <= answer.status < 500:
        return answer
    status = 504 if answer.failure and answer.failure.kind == "timeout" else 502
    return Answer(status, answer.failure)
