"""What can happen to the shop. A change touches a mechanism; the signals follow by themselves."""

from collections.abc import Callable
from dataclasses import dataclass

from tests.lab.shop.shop import Shop

FAULT = 20 * 60
"""Seconds before the end of the history at which a fault begins."""

Change = Callable[[Shop], None]


@dataclass(frozen=True)
class Scenario:
    """A story: changes at moments before the end, and the diagnosis that is right.

    `cause` is None when nothing is wrong at the end.
    """

    name: str
    cause: str | None
    changes: tuple[tuple[float, Change], ...] = ()


def _vary(shop: Shop, value: float) -> float:
    """No two incidents are equally bad: within a seventh of the value, by the seed."""
    return value * shop.world.chance.uniform(6 / 7, 8 / 7)


def _provider_slow(shop: Shop) -> None:
    shop.provider.median, shop.provider.spread = _vary(shop, 4.2), 0.7


def _provider_normal(shop: Shop) -> None:
    shop.provider.median, shop.provider.spread = 0.17, 0.4


def _provider_refuses(shop: Shop) -> None:
    shop.provider.unavailable_share = _vary(shop, 0.45)
    shop.provider.refused_share = _vary(shop, 0.15)


def _connections_leak(shop: Shop) -> None:
    share = _vary(shop, 0.2)
    for pool in shop.order_pools.values():
        pool.leak_share = share


def _queries_slow(shop: Shop) -> None:
    shop.database.slowdown = _vary(shop, 170)


def _two_payment_instances_die(shop: Shop) -> None:
    for instance in shop.world.chance.sample(shop.payment_instances, 2):
        instance.kill()


def _payments_cost_more(shop: Shop) -> None:
    shop.payment.cpu_seconds = _vary(shop, 0.46)


def _warehouse_unreadable(shop: Shop) -> None:
    shop.inventory.broken_warehouses = frozenset(shop.world.chance.sample(WAREHOUSES, 2))


def _vouchers_crash(shop: Shop) -> None:
    shop.ordering.voucher_bug = True


def _peak_begins(shop: Shop) -> None:
    shop.orders_per_second = 6.5


def _peak_ends(shop: Shop) -> None:
    shop.orders_per_second = 5.0


def _inventory_stops(shop: Shop) -> None:
    shop.inventory_instances[1].kill()


def _inventory_boots(shop: Shop) -> None:
    shop.inventory_instances[1].boot()


WAREHOUSES = ("W0", "W1", "W2", "W3", "W4")

SCENARIOS = {
    scenario.name: scenario
    for scenario in (
        Scenario("payment-timeouts", "payment-provider-timeout", ((FAULT, _provider_slow),)),
        Scenario("db-pool-exhaustion", "db-pool-exhausted", ((FAULT, _connections_leak),)),
        Scenario("payment-instances-down", "instance-down", ((FAULT, _two_payment_instances_die),)),
        Scenario("healthy", None),
        Scenario("payment-refused", "payment-provider-refusing", ((FAULT, _provider_refuses),)),
        Scenario("payment-overloaded", "payment-overloaded", ((FAULT, _payments_cost_more),)),
        Scenario("db-slow", "db-slow", ((FAULT, _queries_slow),)),
        Scenario("inventory-failing", "inventory-failing", ((FAULT, _warehouse_unreadable),)),
        Scenario("order-bug", "order-own-fault", ((FAULT, _vouchers_crash),)),
        Scenario(
            "healthy-noisy",
            None,
            (
                (6600, _peak_begins),
                (5400, _inventory_stops),
                (5360, _inventory_boots),
                (4500, _provider_slow),
                (4440, _provider_normal),
                (3000, _peak_ends),
            ),
        ),
    )
}
"""Every scenario by its name. New ones go to the end: an incident's time depends on its place."""
