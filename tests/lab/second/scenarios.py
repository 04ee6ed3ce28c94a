"""What can happen to the box office. A change touches a mechanism; the signals follow."""

from tests.lab.scenario import FAULT, MINUTE, Change, Changes, Culprit, Scenario
from tests.lab.second import cache, database, partner
from tests.lab.second.platform import Platform
from tests.lab.shop.world import Work


def _vary(platform: Platform, value: float) -> float:
    """No two incidents are equally bad: within a seventh of the value, by the seed."""
    return value * platform.world.chance.uniform(6 / 7, 8 / 7)


def _release(service: str, version: str) -> Change:
    return lambda platform: platform.deployments[service].release(version)


def _ledger_release_is_broken(platform: Platform) -> None:
    platform.ledger.broken_version = "3.9.0"
    platform.deployments["ledger"].release("3.9.0")


def _fare_rules_grow(platform: Platform) -> None:
    platform.pricing.cpu_seconds = _vary(platform, 0.18)


def _catalog_node_is_lost(platform: Platform) -> None:
    platform.deployments["catalog"].lose_node()


def _partner_slow(platform: Platform) -> None:
    platform.partner.median, platform.partner.spread = _vary(platform, 3.4), 0.6


def _partner_normal(platform: Platform) -> None:
    platform.partner.median, platform.partner.spread = 0.16, 0.35


def _cache_refuses(platform: Platform) -> None:
    platform.cache.up = False


def _rows_are_locked(platform: Platform) -> None:
    platform.database.locked = frozenset({"bookings", "entries"})
    platform.database.lock_wait = _vary(platform, 2.2)


def _network_slow(platform: Platform) -> None:
    platform.to_ledger.delay = _vary(platform, 1.1)


def _sessions_leak(platform: Platform) -> None:
    platform.sessions.leak = _vary(platform, 0.62) * 2**20


def _layouts_are_broken(platform: Platform) -> None:
    platform.notifications.broken_tiers = frozenset({"balcony", "box"})


def _one_session_pod_restarts(platform: Platform) -> None:
    deployment = platform.deployments["sessions"]
    deployment.restart(deployment.pods[0])


def _peak(visits_per_second: float) -> Change:
    """The evening comes, or goes, over ten minutes."""

    def begin(platform: Platform) -> None:
        platform.world.env.process(_drift(platform, visits_per_second))

    return begin


def _drift(platform: Platform, to: float) -> Work[None]:
    step = (to - platform.visits_per_second) / 10
    for _ in range(10):
        platform.visits_per_second += step
        yield platform.world.sleep(60.0)


def _any(names: tuple[str, ...], *what: str) -> tuple[Culprit, ...]:
    return tuple((name, each) for each in what for name in names)


def _story(
    name: str, changes: Changes = (), culprit: tuple[Culprit, ...] = (), symptom: str = "edge"
) -> Scenario:
    return Scenario(name, changes, culprit=culprit, symptom=symptom, shop=Platform)


_STORIES = (
    _story(
        "tickets-ledger-bug",
        ((FAULT + 70, _release("pricing", "2025.21")), (FAULT, _ledger_release_is_broken)),
        culprit=_any(("ledger",), "failing", "changed"),
    ),
    _story(
        "tickets-pricing-starved",
        ((FAULT + 8 * MINUTE, _release("edge", "1.31.3")), (FAULT, _fare_rules_grow)),
        culprit=_any(("pricing",), "saturated", "slow"),
    ),
    _story(
        "tickets-catalog-gone",
        ((FAULT + 15 * MINUTE, _release("sessions", "5.2.1")), (FAULT, _catalog_node_is_lost)),
        culprit=_any(("catalog",), "unreachable"),
    ),
    _story(
        "tickets-partner-timeouts",
        ((FAULT + 4 * MINUTE, _release("booking", "7.4.4")), (FAULT, _partner_slow)),
        culprit=_any((partner.HOST,), "slow", "unreachable", "failing"),
    ),
    _story(
        "tickets-cache-down",
        ((FAULT + 6 * MINUTE, _release("ledger", "3.8.1")), (FAULT, _cache_refuses)),
        culprit=_any((cache.HOST,), "unreachable", "failing"),
    ),
    _story(
        "tickets-db-locks",
        ((FAULT, _rows_are_locked), (FAULT - 5 * MINUTE, _release("catalog", "0.87.2"))),
        culprit=_any((database.HOST, database.SCHEMA), "slow", "failing"),
    ),
    _story(
        "tickets-ledger-network",
        ((FAULT + 9 * MINUTE, _release("booking", "7.4.4")), (FAULT, _network_slow)),
        culprit=_any(("ledger",), "slow", "unreachable"),
    ),
    _story(
        "tickets-sessions-leak",
        ((FAULT, _sessions_leak), (FAULT - 3 * MINUTE, _release("edge", "1.31.3"))),
        culprit=_any(("sessions",), "restarted", "saturated", "unreachable"),
    ),
    _story(
        "tickets-mails-failing",
        ((FAULT, _layouts_are_broken),),
        culprit=_any(("notifications",), "failing"),
        symptom="notifications",
    ),
    _story("tickets-healthy"),
    _story(
        "tickets-healthy-noisy",
        (
            (110 * MINUTE, _peak(6.5)),
            (83 * MINUTE, _partner_slow),
            (82 * MINUTE, _partner_normal),
            (65 * MINUTE, _peak(5.0)),
            (45 * MINUTE, _one_session_pod_restarts),
            (21 * MINUTE, _release("catalog", "0.88.0")),
        ),
    ),
)

SCENARIOS = {story.name: story for story in _STORIES}
"""By name, in order of place; new ones go to the end. Customers notice when `symptom` is edge."""
