"""order-service: takes an order through inventory, payment and the database."""

from collections.abc import Mapping
from dataclasses import dataclass

from tests.lab.shop.calls import Endpoint, call
from tests.lab.shop.database import INSERT, Pool
from tests.lab.shop.instance import Instance
from tests.lab.shop.order import Order
from tests.lab.shop.world import Work
from tests.lab.telemetry.spans import INTERNAL, SERVER, Failure, Span


@dataclass
class OrderService:
    """`voucher_bug`: the running version cannot compute a price with a voucher."""

    pools: Mapping[Instance, Pool]
    inventory: Endpoint
    payment: Endpoint
    voucher_bug: bool = False

    def handle(self, process: Instance, order: Order) -> Work[None]:
        """Serve POST /orders, the root of every trace."""
        started = process.world.now
        span = process.span(
            order.trace,
            None,
            "POST /orders",
            SERVER,
            http__request__method="POST",
            http__route="/orders",
            order__id=order.id,
        )
        failure = yield from self._steps(process, order, span)
        status = 201 if failure is None else 402 if failure.kind == "declined" else 500
        process.finish(span, failure, status)
        self._account(process, order, failure, process.world.now - started)

    def _steps(self, process: Instance, order: Order, span: Span) -> Work[Failure | None]:
        failure = yield from self._price(process, order, span)
        if failure is not None:
            return failure
        for endpoint in (self.inventory, self.payment):
            reply = yield from call(process, endpoint, order, span)
            if reply.failure is not None:
                return reply.failure
        failure = yield from self.pools[process].execute(INSERT, order.trace, span)
        if failure is not None:
            text = f"order {order.id} was paid but not stored: {order.payment_id} must be refunded"
            process.log("WARN", "orders", f"{text}, customer {order.email}", order.trace)
        return failure

    def _price(self, process: Instance, order: Order, parent: Span) -> Work[Failure | None]:
        span = process.span(order.trace, parent, "compute price", INTERNAL)
        yield from process.compute(0.004)
        failure = None
        if self.voucher_bug and order.voucher:
            text = f"float division by zero (voucher {order.voucher})"
            failure = Failure("internal", "ZeroDivisionError", text)
        process.finish(span, failure)
        return failure

    def _account(
        self, process: Instance, order: Order, failure: Failure | None, took: float
    ) -> None:
        status = "error" if failure else "success"
        process.metrics.count("orders_total", status=status)
        process.metrics.observe("order_processing_seconds", took)
        if failure is None:
            text = f"order {order.id} accepted in {took * 1000:.0f} ms"
            process.log("INFO", "orders", text, order.trace)
            if process.world.chance.random() < 0.002:
                text = f"receipt for {order.id} to {order.email} put off: 421 try again later"
                process.log("WARN", "mail", text, order.trace)
            return
        level = "WARN" if failure.kind == "declined" else "ERROR"
        text = f"order {order.id} failed after {took:.2f} s: {failure.message}"
        if process.world.chance.random() < 0.05:  # a careless line: redaction must see it
            text += f" (customer {order.email})"
        process.log(level, "orders", text, order.trace, failure)
