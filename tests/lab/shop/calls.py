"""One service calling another over HTTP: balancing, timeout, retries on another instance."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import simpy

from tests.lab.shop.instance import Instance
from tests.lab.shop.order import Order
from tests.lab.shop.world import Work, World
from tests.lab.telemetry.spans import CLIENT, Failure, Span


@dataclass(frozen=True, slots=True)
class Reply:
    """What a caller gets back; status 0 means that no answer came."""

    status: int
    failure: Failure | None = None
    retryable: bool = False


Handler = Callable[[Instance, Order, Span], Work[Reply]]


@dataclass(slots=True)
class Endpoint:
    """A service as its callers see it.

    The list of instances is static, as in a client's configuration without health checks: a dead
    instance keeps getting its share of the calls.
    """

    service: str
    route: str
    instances: tuple[Instance, ...]
    handler: Handler
    timeout: float
    """Seconds a caller waits."""
    turns: Iterator[int]
    """Which instance is next: round robin, shared by all callers."""
    retries: int = 1
    pause: float = 0.05
    """Seconds before a call is made again."""
    retries_timeouts: bool = False
    """Whether a call without an answer in time is made again, as refused and shed ones are."""
    delay: float = 0.0
    """Median seconds the network adds to a call, half of them on either way."""
    resolves: bool = True
    """Whether its instances' names have addresses."""


def call(caller: Instance, endpoint: Endpoint, order: Order, parent: Span) -> Work[Reply]:
    """Call one instance in turn; on a refused or shed call, try another one."""
    index = next(endpoint.turns)
    reply = yield from _attempt(caller, endpoint, index, order, parent)
    for _ in range(endpoint.retries):
        if reply.failure is None or not reply.retryable:
            break
        text = f"{reply.failure.message}; trying another instance for order {order.id}"
        caller.log("WARN", "client", text, order.trace, reply.failure)
        yield caller.world.sleep(endpoint.pause)
        others = [each for each in range(len(endpoint.instances)) if each != index]
        index = caller.world.chance.choice(others)
        reply = yield from _attempt(caller, endpoint, index, order, parent)
    return reply


def _attempt(
    caller: Instance, endpoint: Endpoint, index: int, order: Order, parent: Span
) -> Work[Reply]:
    target = endpoint.instances[index]
    span = caller.span(
        order.trace,
        parent,
        f"POST {endpoint.route}",
        CLIENT,
        http__request__method="POST",
        url__full=f"http://{target.address}{endpoint.route}",
        peer__service=endpoint.service,
        server__address=target.pod,
    )
    yield caller.world.sleep(0.001)
    reply = yield from _answer(caller.world, target, endpoint, order, span)
    caller.finish(span, reply.failure, reply.status)
    return reply


def _answer(
    world: World, target: Instance, endpoint: Endpoint, order: Order, span: Span
) -> Work[Reply]:
    if not endpoint.resolves:
        return Reply(0, _unknown(target.pod), retryable=True)
    if not target.alive:
        return Reply(0, refused(f"connect to {target.address}"), retryable=True)
    served = world.env.process(_serve(target, endpoint, order, span))
    yield served | world.sleep(endpoint.timeout)
    if served.processed:
        answer = served.value
        assert isinstance(answer, Reply)
        return answer
    text = f"no answer from {endpoint.service} at {target.address} within {endpoint.timeout:g} s"
    failure = Failure("timeout", "TimeoutError", text)
    return Reply(0, failure, retryable=endpoint.retries_timeouts)


def _serve(target: Instance, endpoint: Endpoint, order: Order, span: Span) -> Work[Reply]:
    try:
        with target.working():
            yield from _travel(target.world, endpoint)
            reply = yield from endpoint.handler(target, order, span)
            yield from _travel(target.world, endpoint)
            return reply
    except simpy.Interrupt:
        text = f"connection to {target.address} reset by peer"
        return Reply(0, Failure("connection_reset", "ConnectionResetError", text), retryable=True)


def _travel(world: World, endpoint: Endpoint) -> Work[None]:
    if endpoint.delay:
        yield world.sleep(world.duration(endpoint.delay / 2, 0.6))


def _unknown(host: str) -> Failure:
    """The name server knows no address for it."""
    return Failure("dns_error", "NameResolutionError", f"lookup {host}: no such host")


def refused(what: str) -> Failure:
    """Nobody listens there."""
    text = f"{what}: connection refused"
    return Failure("connection_refused", "ConnectionRefusedError", text)
