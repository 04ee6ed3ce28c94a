"""The whole shop: its services wired together, its customers, and what scrapes it."""

from itertools import cycle

from tests.lab.shop import scraping
from tests.lab.shop.calls import Endpoint
from tests.lab.shop.database import Database, Pool
from tests.lab.shop.instance import Instance
from tests.lab.shop.inventory import InventoryService
from tests.lab.shop.order import Order, new_order
from tests.lab.shop.ordering import OrderService
from tests.lab.shop.payment import PaymentService
from tests.lab.shop.provider import Provider
from tests.lab.shop.world import Work, World

POOL_SIZE = 10


class Shop:
    """Every mechanism a fault can change is an attribute somewhere below this object."""

    def __init__(self, world: World) -> None:
        """Everything is up and well."""
        self.world = world
        self.orders_per_second = 5.0
        self.database = Database(world)
        self.provider = Provider(world)
        self.order_instances = self._instances("order-service", 3)
        self.inventory_instances = self._instances("inventory-service", 2)
        self.payment_instances = self._instances("payment-service", 3)
        self.order_pools = self._pools(self.order_instances)
        self.inventory_pools = self._pools(self.inventory_instances)
        self.inventory = InventoryService(self.inventory_pools)
        self.payment = PaymentService(self.provider)
        self.ordering = OrderService(
            pools=self.order_pools,
            inventory=Endpoint(
                service="inventory-service",
                route="/reservations",
                instances=self.inventory_instances,
                handler=self.inventory.handle,
                timeout=2.0,
                turns=cycle(range(len(self.inventory_instances))),
            ),
            payment=Endpoint(
                service="payment-service",
                route="/payments",
                instances=self.payment_instances,
                handler=self.payment.handle,
                timeout=8.0,
                turns=cycle(range(len(self.payment_instances))),
            ),
        )
        world.env.process(self._customers())
        scraping.start(world, self.instances, self.order_pools | self.inventory_pools)

    @property
    def instances(self) -> tuple[Instance, ...]:
        """Every instance of every service."""
        return self.order_instances + self.inventory_instances + self.payment_instances

    def _instances(self, service: str, count: int) -> tuple[Instance, ...]:
        return tuple(Instance(self.world, service, number, cores=0.5) for number in range(count))

    def _pools(self, instances: tuple[Instance, ...]) -> dict[Instance, Pool]:
        return {each: Pool(each, self.database, POOL_SIZE) for each in instances}

    def _customers(self) -> Work[None]:
        """A Poisson stream of orders, handed to the order-service instances in turn."""
        turns = cycle(self.order_instances)
        dice = self.world.customers
        for number in range(1, 10**6):
            yield self.world.sleep(dice.expovariate(self.orders_per_second))
            order = new_order(dice, number, self.world.trace())
            self.world.env.process(self._serve(next(turns), order))

    def _serve(self, process: Instance, order: Order) -> Work[None]:
        with process.working():
            yield from self.ordering.handle(process, order)
