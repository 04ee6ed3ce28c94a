"""What happens to a shop on any day, and harms nobody."""

from math import sin, tau

from tests.lab.scenario import Change
from tests.lab.shop.shop import Shop
from tests.lab.shop.world import Work

BETWEEN_INSTANCES = 20.0
"""Seconds from one instance of a roll-out to the next."""


def release(service: str, version: str, instances: int | None = None, says: str = "") -> Change:
    """Roll a version out, one instance after the other, on all of them or on so many."""

    def change(shop: Shop) -> None:
        shop.world.env.process(_roll_out(shop, service, version, instances, says))

    return change


def _roll_out(
    shop: Shop, service: str, version: str, instances: int | None, says: str
) -> Work[None]:
    members = [each for each in shop.instances if each.service == service][:instances]
    text = f"{service} {version} replaces {members[0].version} on {len(members)} instances"
    shop.world.tell("deployment", service, version, f"{text}: {says}" if says else text)
    for instance in members:
        if instance.alive:
            instance.replace(version)
        yield shop.world.sleep(BETWEEN_INSTANCES)


def restart(service: str, number: int, seconds: float) -> Change:
    """One instance ends, and is started again after some seconds."""

    def change(shop: Shop) -> None:
        shop.world.env.process(_restarted(shop, service, number, seconds))

    return change


def _restarted(shop: Shop, service: str, number: int, seconds: float) -> Work[None]:
    [instance] = [each for each in shop.instances if each.pod == f"{service}-{number}"]
    instance.kill()
    yield shop.world.sleep(seconds)
    instance.boot("node drained")


def fraud_rules_deprecated(version: str) -> Change:
    """A version warns on one payment in five, and works."""

    def change(shop: Shop) -> None:
        shop.payment.deprecating = version

    return change


def peak_begins(shop: Shop) -> None:
    shop.orders_per_second = 6.5


def peak_ends(shop: Shop) -> None:
    shop.orders_per_second = 5.0


def busy_day(shop: Shop) -> None:
    shop.orders_per_second = 9.0


def evening_comes(shop: Shop) -> None:
    """From now on orders grow as they do every day, within two hours by four fifths."""
    shop.world.env.process(_evening(shop))


def _evening(shop: Shop) -> Work[None]:
    for minute in range(120):
        shop.orders_per_second = 5.0 + 4.0 * sin(tau / 4 * minute / 120)
        yield shop.world.sleep(60)
