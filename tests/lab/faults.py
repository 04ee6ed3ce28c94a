"""What can go wrong in the shop: each is a change to a mechanism."""

from tests.lab.scenario import Change
from tests.lab.shop.shop import Shop
from tests.lab.shop.world import Work


def _vary(shop: Shop, value: float) -> float:
    """No two incidents are equally bad: within a seventh of the value, by the seed."""
    return value * shop.world.chance.uniform(6 / 7, 8 / 7)


def provider_slow(shop: Shop) -> None:
    shop.provider.median, shop.provider.spread = _vary(shop, 4.2), 0.7


def provider_normal(shop: Shop) -> None:
    shop.provider.median, shop.provider.spread = 0.17, 0.4


def provider_refuses(shop: Shop) -> None:
    shop.provider.unavailable_share = _vary(shop, 0.45)
    shop.provider.refused_share = _vary(shop, 0.15)


def provider_refuses_some(shop: Shop) -> None:
    shop.provider.unavailable_share = _vary(shop, 0.5)


def provider_certificate_expires(shop: Shop) -> None:
    shop.provider.certificate_expired = True


def connections_leak(shop: Shop) -> None:
    share = _vary(shop, 0.2)
    for pool in shop.order_pools.values():
        pool.leak_share = share


def queries_slow(shop: Shop) -> None:
    shop.database.slowdown = _vary(shop, 170)


def database_down(shop: Shop) -> None:
    shop.database.down = True


def two_payment_instances_die(shop: Shop) -> None:
    for instance in shop.world.chance.sample(shop.payment_instances, 2):
        instance.kill()


def payments_cost_more(shop: Shop) -> None:
    shop.payment.cpu_seconds = _vary(shop, 0.46)


def payments_leak_memory(shop: Shop) -> None:
    shop.payment.leak_bytes = _vary(shop, 2.6) * 2**20


def payments_of_a_version_fail(version: str) -> Change:
    """It cannot handle one currency."""

    def change(shop: Shop) -> None:
        shop.payment.bug = version, shop.world.chance.choice(("EUR", "USD", "GBP"))

    return change


def warehouse_unreadable(shop: Shop) -> None:
    warehouses = ("W0", "W1", "W2", "W3", "W4")
    shop.inventory.broken_warehouses = frozenset(shop.world.chance.sample(warehouses, 2))


def reservations_wait(shop: Shop) -> None:
    shop.inventory.lock_seconds = _vary(shop, 1.7)


def inventory_removed(shop: Shop) -> None:
    for instance in shop.inventory_instances:
        instance.remove()


def inventory_unknown(shop: Shop) -> None:
    shop.ordering.inventory.resolves = False


def vouchers_crash(shop: Shop) -> None:
    shop.ordering.voucher_bug = True


def network_delays_payments(shop: Shop) -> None:
    shop.ordering.payment.delay = _vary(shop, 6.0)


def orders_retry_without_patience(shop: Shop) -> None:
    """Harmless as long as every payment is quick."""
    payment = shop.ordering.payment
    payment.timeout, payment.retries_timeouts = 0.6, True
    payment.retries, payment.pause = 6, 1.0


def provider_hiccups(shop: Shop) -> None:
    """It is slow for a minute and a half."""
    shop.world.env.process(_hiccup(shop))


def _hiccup(shop: Shop) -> Work[None]:
    provider_slow(shop)
    yield shop.world.sleep(90)
    provider_normal(shop)


def customers_rush(shop: Shop) -> None:
    shop.orders_per_second = _vary(shop, 36)
