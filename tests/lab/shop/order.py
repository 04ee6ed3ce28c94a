"""One customer's order."""

from dataclasses import dataclass
from random import Random

from tests.lab.telemetry.spans import Trace

FIRST = ("anna", "ben", "carla", "dev", "emil", "fatma", "george", "hana", "ivan", "june")
CURRENCIES = 9 * ("EUR",) + 6 * ("USD",) + 5 * ("GBP",)
LAST = ("berg", "costa", "diaz", "eriksen", "fox", "garcia", "huber", "ito", "jansen", "khan")


@dataclass(frozen=True, slots=True)
class Order:
    """What a customer orders, and the trace that follows it."""

    id: str
    payment_id: str
    email: str
    sku: str
    warehouse: str
    cents: int
    card: str
    voucher: str | None
    trace: Trace

    @property
    def currency(self) -> str:
        """Euro for nine orders in twenty, dollar for six, pound for five."""
        return CURRENCIES[self.cents % len(CURRENCIES)]


def new_order(dice: Random, number: int, trace: Trace) -> Order:
    """Draw an order: any of 60 articles in five warehouses, a voucher on one in three."""
    article = dice.randrange(60)
    return Order(
        id=f"ord-{number:06d}",
        payment_id=f"pay-{dice.getrandbits(32):08x}",
        email=f"{dice.choice(FIRST)}.{dice.choice(LAST)}{dice.randrange(100)}@example.org",
        sku=f"SKU-{1000 + article}",
        warehouse=f"W{article % 5}",
        cents=dice.randrange(500, 25_000),
        card=f"4{dice.randrange(10**14, 10**15)}",
        voucher=f"AUTUMN{dice.randrange(10, 40)}" if dice.random() < 0.33 else None,
        trace=trace,
    )
