"""Every scenario by its name, with what is true of it.

New ones go to the end: an incident's time depends on its place. Beside most faults stands an
innocent release, before or after the onset: being the latest change is no evidence.
"""

from tests.lab import everyday, faults
from tests.lab.everyday import release
from tests.lab.scenario import FAULT, MINUTE, Culprit, Scenario
from tests.lab.shop import provider


def by_either_name(what: str) -> tuple[Culprit, ...]:
    """The provider: traces know it by its name, log lines by its host."""
    return (("payment-provider", what), (provider.HOST, what))


_SHOP = (
    Scenario(
        "payment-timeouts",
        (
            (FAULT + 25 * MINUTE, release("inventory-service", "2.14.1")),
            (FAULT, faults.provider_slow),
        ),
        cause=("payment-provider-timeout",),
        culprit=(*by_either_name("slow"), *by_either_name("failing")),
    ),
    Scenario(
        "db-pool-exhaustion",
        (
            (FAULT + 8 * MINUTE, release("payment-service", "2.15.0")),
            (FAULT, faults.connections_leak),
        ),
        cause=("db-pool-exhausted",),
        culprit=(("order-service", "saturated"), ("order-service", "failing")),
    ),
    Scenario(
        "payment-instances-down",
        (
            (FAULT + 12 * MINUTE, release("order-service", "2.15.0")),
            (FAULT, faults.two_payment_instances_die),
        ),
        cause=("instance-down",),
        culprit=(("payment-service", "unreachable"),),
    ),
    Scenario("healthy"),
    Scenario(
        "payment-refused",
        (
            (FAULT + 6 * MINUTE, release("order-service", "2.15.0")),
            (FAULT, faults.provider_refuses),
        ),
        cause=("payment-provider-refusing",),
        culprit=(*by_either_name("failing"), *by_either_name("unreachable")),
    ),
    Scenario(
        "payment-overloaded",
        (
            (FAULT, faults.payments_cost_more),
            (FAULT - 6 * MINUTE, release("inventory-service", "2.14.1")),
        ),
        cause=("payment-overloaded",),
        culprit=(("payment-service", "saturated"), ("payment-service", "slow")),
    ),
    Scenario(
        "db-slow",
        ((FAULT + 15 * MINUTE, release("order-service", "2.15.0")), (FAULT, faults.queries_slow)),
        cause=("db-slow",),
        culprit=(("orders-db", "slow"),),
    ),
    Scenario(
        "inventory-failing",
        (
            (FAULT + 5 * MINUTE, release("payment-service", "2.15.0")),
            (FAULT, faults.warehouse_unreadable),
        ),
        cause=("inventory-failing",),
        culprit=(("inventory-service", "failing"),),
    ),
    Scenario(
        "order-bug",
        (
            (FAULT + 10 * MINUTE, release("payment-service", "2.15.0")),
            (FAULT, faults.vouchers_crash),
        ),
        cause=("order-own-fault",),
        culprit=(("order-service", "failing"),),
    ),
    Scenario(
        "healthy-noisy",
        (
            (110 * MINUTE, everyday.peak_begins),
            (90 * MINUTE, everyday.restart("inventory-service", 1, seconds=40)),
            (75 * MINUTE, faults.provider_slow),
            (74 * MINUTE, faults.provider_normal),
            (50 * MINUTE, everyday.peak_ends),
            (15 * MINUTE, everyday.fraud_rules_deprecated("2.15.0")),
            (15 * MINUTE, release("payment-service", "2.15.0")),
        ),
    ),
    Scenario(
        "provider-certificate-expired",
        (
            (FAULT + 7 * MINUTE, release("payment-service", "2.15.0")),
            (FAULT, faults.provider_certificate_expires),
        ),
        cause=("payment-provider-refusing",),
        culprit=(*by_either_name("failing"), *by_either_name("unreachable")),
    ),
    Scenario(
        "payment-release-bad",
        (
            (FAULT + 9 * MINUTE, release("order-service", "2.15.0")),
            (FAULT, faults.payments_of_a_version_fail("2.15.0")),
            (FAULT, release("payment-service", "2.15.0")),
            (FAULT - 8 * MINUTE, release("inventory-service", "2.14.1")),
        ),
        cause=("payment-own-fault",),
        culprit=(("payment-service", "failing"), ("payment-service", "changed")),
    ),
    Scenario(
        "payment-canary-bad",
        (
            (FAULT + 30 * MINUTE, release("inventory-service", "2.14.1")),
            (FAULT, faults.payments_of_a_version_fail("2.15.0")),
            (FAULT, release("payment-service", "2.15.0", instances=2)),
        ),
        cause=("payment-own-fault",),
        culprit=(("payment-service", "failing"), ("payment-service", "changed")),
    ),
    Scenario(
        "payment-memory-leak",
        (
            (FAULT + 8 * MINUTE, release("order-service", "2.15.0")),
            (FAULT, faults.payments_leak_memory),
        ),
        cause=("payment-own-fault", "instance-down"),
        culprit=(
            ("payment-service", "restarted"),
            ("payment-service", "saturated"),
            ("payment-service", "unreachable"),
        ),
    ),
    Scenario(
        "db-down",
        (
            (FAULT + 5 * MINUTE, release("inventory-service", "2.14.1")),
            (FAULT, faults.database_down),
        ),
        cause=("db-down",),
        culprit=(("orders-db", "unreachable"), ("orders-db", "failing")),
    ),
    Scenario(
        "inventory-gone",
        (
            (FAULT + 20 * MINUTE, release("payment-service", "2.15.0")),
            (FAULT, faults.inventory_removed),
        ),
        cause=("instance-down",),
        culprit=(("inventory-service", "unreachable"),),
    ),
    Scenario(
        "inventory-slow",
        (
            (FAULT + 6 * MINUTE, release("order-service", "2.15.0")),
            (FAULT, faults.reservations_wait),
        ),
        cause=("inventory-slow",),
        culprit=(("inventory-service", "slow"),),
    ),
    Scenario(
        "network-delay",
        (
            (FAULT + 11 * MINUTE, release("payment-service", "2.15.0")),
            (FAULT, faults.network_delays_payments),
        ),
        cause=("payment-network",),
        culprit=(("payment-service", "slow"), ("payment-service", "unreachable")),
    ),
    Scenario(
        "dns-failure",
        (
            (FAULT + 14 * MINUTE, release("inventory-service", "2.14.1")),
            (FAULT, faults.inventory_unknown),
            (FAULT - 7 * MINUTE, release("payment-service", "2.15.0")),
        ),
        cause=("inventory-unreachable",),
        culprit=(("inventory-service", "unreachable"),),
    ),
    Scenario(
        "retry-storm",
        (
            (120 * MINUTE, everyday.busy_day),
            (FAULT + 35 * MINUTE, release("inventory-service", "2.14.1")),
            (FAULT + 18 * MINUTE, release("order-service", "2.15.0", says="impatient payments")),
            (FAULT + 18 * MINUTE, faults.orders_retry_without_patience),
            (FAULT, faults.provider_hiccups),
        ),
        cause=("payment-overloaded",),
        culprit=(
            ("payment-service", "saturated"),
            ("order-service", "changed"),
            ("payment-service", "slow"),
        ),
    ),
    Scenario(
        "traffic-surge",
        (
            (FAULT + 10 * MINUTE, release("payment-service", "2.15.0")),
            (FAULT, faults.customers_rush),
        ),
        cause=("payment-overloaded",),
        culprit=(("payment-service", "saturated"), ("payment-service", "slow")),
    ),
    Scenario(
        "two-faults",
        (
            (FAULT + 28 * MINUTE, release("order-service", "2.15.0")),
            (FAULT, faults.provider_refuses_some),
            (FAULT - 4 * MINUTE, faults.queries_slow),
        ),
        cause=("payment-provider-refusing", "db-slow"),
        culprit=(
            *by_either_name("failing"),
            *by_either_name("unreachable"),
            ("orders-db", "slow"),
        ),
    ),
    Scenario(
        "healthy-peak",
        (
            (120 * MINUTE, everyday.evening_comes),
            (25 * MINUTE, everyday.restart("payment-service", 1, seconds=40)),
            (8 * MINUTE, release("order-service", "2.15.0")),
        ),
    ),
)

SCENARIOS = {scenario.name: scenario for scenario in _SHOP}
"""By name, in order of place."""
