"""inventory-service: reserves an article in a warehouse."""

from collections.abc import Mapping
from dataclasses import dataclass

from tests.lab.shop.calls import Reply
from tests.lab.shop.database import RESERVE, Pool
from tests.lab.shop.instance import Instance
from tests.lab.shop.order import Order
from tests.lab.shop.world import Work
from tests.lab.telemetry.spans import SERVER, Failure, Span


@dataclass
class InventoryService:
    """`broken_warehouses`: those whose records the running version cannot read.

    `lock_seconds`: median time a reservation waits for the lock of its warehouse; 0 is none.
    """

    pools: Mapping[Instance, Pool]
    broken_warehouses: frozenset[str] = frozenset()
    lock_seconds: float = 0.0

    def handle(self, process: Instance, order: Order, caller: Span) -> Work[Reply]:
        """Serve POST /reservations."""
        span = process.span(
            order.trace,
            caller,
            "POST /reservations",
            SERVER,
            http__request__method="POST",
            http__route="/reservations",
            article__sku=order.sku,
        )
        yield from process.compute(0.003)
        yield from self._lock(process, order)
        failure = yield from self._reserve(process, order, span)
        status = 500 if failure else 200
        process.finish(span, failure, status)
        process.metrics.count("inventory_checks_total", status="error" if failure else "success")
        if failure is None:
            process.log(
                "INFO", "stock", f"reserved 1 of {order.sku} in {order.warehouse}", order.trace
            )
            return Reply(200)
        text = f"reservation of {order.sku} for order {order.id} failed: {failure.message}"
        process.log("ERROR", "stock", text, order.trace, failure)
        text = f"inventory-service answered 500: {failure.message}"
        return Reply(500, Failure("inventory", "InventoryFailedError", text))

    def _lock(self, process: Instance, order: Order) -> Work[None]:
        if not self.lock_seconds:
            return
        waited = process.world.duration(self.lock_seconds, 0.4)
        yield process.world.sleep(waited)
        if waited > 1.0:
            text = f"waited {waited:.1f} s for the lock of warehouse {order.warehouse}"
            process.log("WARN", "stock", text, order.trace)

    def _reserve(self, process: Instance, order: Order, span: Span) -> Work[Failure | None]:
        failure = yield from self.pools[process].execute(RESERVE, order.trace, span)
        if failure is None and order.warehouse in self.broken_warehouses:
            text = f"'NoneType' object has no attribute 'shelf' (warehouse {order.warehouse})"
            return Failure("internal", "AttributeError", text)
        return failure
