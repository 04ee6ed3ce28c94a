"""payment-service: takes a payment from the external provider."""

from dataclasses import dataclass

from tests.lab.shop import provider
from tests.lab.shop.calls import Reply
from tests.lab.shop.instance import Instance
from tests.lab.shop.memory import leak
from tests.lab.shop.order import Order
from tests.lab.shop.world import Work
from tests.lab.telemetry.spans import CLIENT, SERVER, Failure, Span

PROVIDER_TIMEOUT = 3.0
ATTEMPTS = 2
BACKLOG = 6
"""Requests that may wait for CPU before new ones are turned away."""


@dataclass
class PaymentService:
    """`cpu_seconds` is what preparing one payment costs: fraud rules and signing.

    `bug`: a version, and the currency it cannot round. `leak_bytes`: what a payment never frees.
    `deprecating`: a version that warns of an old interface, and works.
    """

    provider: provider.Provider
    cpu_seconds: float = 0.06
    bug: tuple[str, str] | None = None
    leak_bytes: float = 0.0
    deprecating: str | None = None

    def handle(self, process: Instance, order: Order, caller: Span) -> Work[Reply]:
        """Serve POST /payments."""
        started = process.world.now
        span = process.span(
            order.trace,
            caller,
            "POST /payments",
            SERVER,
            http__request__method="POST",
            http__route="/payments",
            payment__id=order.payment_id,
            payment__currency=order.currency,
        )
        if len(process.cpu.queue) >= BACKLOG:
            text = f"overloaded: {len(process.cpu.queue)} requests wait for CPU, turned away"
            failure: Failure | None = Failure(
                "overloaded", "OverloadedError", f"{text} {order.payment_id}"
            )
        else:
            failure = yield from self._process(process, order, span)
        reply = _reply(failure)
        process.finish(span, failure, reply.status)
        self._account(process, order, failure, process.world.now - started)
        return reply

    def _process(self, process: Instance, order: Order, span: Span) -> Work[Failure | None]:
        leak(process, self.leak_bytes)
        yield from process.compute(self.cpu_seconds * process.world.duration(1, 0.3))
        if self.bug == (process.version, order.currency):
            text = f"no rounding rule for currency {order.currency!r}"
            return Failure("internal", "KeyError", text)
        return (yield from self._charge(process, order, span))

    def _charge(self, process: Instance, order: Order, parent: Span) -> Work[Failure | None]:
        for attempt in range(1, ATTEMPTS + 1):
            span = process.span(
                order.trace,
                parent,
                "POST /v1/charges",
                CLIENT,
                http__request__method="POST",
                url__full=f"https://{provider.HOST}/v1/charges",
                peer__service="payment-provider",
                server__address=provider.HOST,
                retry__attempt=attempt,
            )
            took, status, failure = self.provider.charge(order, PROVIDER_TIMEOUT)
            yield process.world.sleep(took)
            process.finish(span, failure, status)
            if failure is None or failure.kind == "declined":
                return failure
            if attempt < ATTEMPTS:
                text = (
                    f"attempt {attempt} of {ATTEMPTS} failed after {took:.2f} s: {failure.message}"
                )
                process.log("WARN", "provider", text, order.trace, failure)
                yield process.world.sleep(0.2 * attempt)
        return failure

    def _account(
        self, process: Instance, order: Order, failure: Failure | None, took: float
    ) -> None:
        process.metrics.observe("payment_processing_seconds", took)
        if failure is None:
            process.metrics.count("payments_total", status="success")
            if self.deprecating == process.version and order.cents % 5 == 0:
                text = "fraud rules v1 are deprecated and will go in 3.0; use v2"
                process.log("WARN", "fraud", text, order.trace)
            text = (
                f"payment {order.payment_id} of {order.cents / 100:.2f} {order.currency} captured"
            )
            process.log("INFO", "payments", f"{text} in {took * 1000:.0f} ms", order.trace)
            return
        process.metrics.count("payments_total", status="error", error_type=failure.kind)
        if failure.kind == "declined":
            text = f"{failure.message}, card {order.card}"
            process.log("WARN", "payments", text, order.trace, failure)
            return
        text = f"payment {order.payment_id} for order {order.id} failed: {failure.message}"
        if process.world.chance.random() < 0.03:  # a careless debug line: redaction must see it
            token = f"{process.world.chance.getrandbits(128):032x}"
            text += f" (request headers: Authorization: Bearer sk_live_{token})"
        process.log("ERROR", "payments", text, order.trace, failure)


def _reply(failure: Failure | None) -> Reply:
    if failure is None:
        return Reply(201)
    status = {"declined": 402, "timeout": 504, "overloaded": 503, "internal": 500}.get(
        failure.kind, 502
    )
    text = f"payment-service answered {status}: {failure.message}"
    seen = Failure(failure.kind, "PaymentFailedError", text)
    return Reply(status, seen, retryable=failure.kind == "overloaded")
