"""What goes wrong in part of a large system: 5 to 30 % of the requests, or of the instances."""

from collections.abc import Callable
from random import Random

from tests.lab.generated import weather
from tests.lab.generated.effects import Effect, Fault, Release
from tests.lab.generated.faults import blame, next_version
from tests.lab.generated.topology import Leaf, Service, Topology
from tests.lab.scenario import FAULT

SEEN = 0.05
"""Of all incoming requests, the share that must fail or wait for people to notice."""

SHARES = tuple(percent / 100 for percent in range(5, 31))

Drawn = Callable[[Random, Topology], Fault | None]
"""None where that system has no place for it."""


def failing_shares(system: Topology, name: str) -> list[float]:
    """Of its requests, the shares that suffice when they fail: callers may try again."""
    if system.failing(name, SHARES[-1]) < SEEN:
        return []
    return [share for share in SHARES if system.failing(name, share) >= SEEN]


def slow_shares(system: Topology, name: str) -> list[float]:
    """Of its requests, the shares that suffice when they take long: nobody tries again."""
    reach = system.reach(name)
    return [share for share in SHARES if reach * share >= SEEN]


Shares = Callable[[Topology, str], list[float]]


def _service(dice: Random, system: Topology, shares: Shares) -> tuple[Service, float] | None:
    """Any but the entry, with a share of its requests."""
    found = [each for each in system.services.values() if shares(system, each.name)]
    found = [each for each in found if each.name != system.entry]
    if not found:
        return None
    chosen = dice.choice(found)
    return chosen, dice.choice(shares(system, chosen.name))


def _instance(dice: Random, system: Topology, shares: Shares) -> Service | None:
    """One of whose instances it is enough that one is ill."""
    found = [
        each
        for each in system.services.values()
        if each.name != system.entry and 1 / each.instances >= min(shares(system, each.name) or [1])
        and each.instances >= 4
    ]  # fmt: skip
    return dice.choice(found) if found else None


def _leaf(dice: Random, system: Topology, kind: str, shares: Shares) -> tuple[Leaf, float] | None:
    found = [each for each in system.leaves.values() if each.kind == kind]
    found = [each for each in found if shares(system, each.name)]
    if not found:
        return None
    chosen = dice.choice(found)
    return chosen, dice.choice(shares(system, chosen.name))


def _fault(dice: Random, system: Topology, name: str, what: tuple[str, ...], *effects: Effect,
           release: Release | None = None) -> Fault:  # fmt: skip
    """With all that happens by chance beside it."""
    others = weather.releases(dice, system, name)
    told = dict.fromkeys((name, schema)) if (schema := _schema(system, name)) else {name: None}
    culprit = tuple(pair for each in told for pair in blame(each, *what))
    beside = weather.aside(dice, system)
    return Fault(culprit, (*effects, *beside), (*((release,) if release else ()), *others))


def _schema(system: Topology, name: str) -> str:
    return system.leaves[name].schema if name in system.leaves else ""


def _exception(dice: Random, system: Topology) -> Fault | None:
    if (found := _service(dice, system, failing_shares)) is None:
        return None
    service, share = found
    effect = Effect("raises", service.name, share=share)
    return _fault(dice, system, service.name, ("failing",), effect)


def _bad_version(dice: Random, system: Topology) -> Fault | None:
    if (found := _service(dice, system, failing_shares)) is None:
        return None
    service, share = found
    release = Release(service.name, next_version(service.version, dice), FAULT)
    effect = Effect("raises", service.name, share=share, version=release.version)
    what = "changed", "failing"
    return _fault(dice, system, service.name, what, effect, release=release)


def _canary(dice: Random, system: Topology) -> Fault | None:
    if (service := _instance(dice, system, failing_shares)) is None:
        return None
    release = Release(service.name, next_version(service.version, dice), FAULT, instances=1)
    effect = Effect("raises", service.name, version=release.version)
    what = "changed", "failing"
    return _fault(dice, system, service.name, what, effect, release=release)


def _some_gone(dice: Random, system: Topology) -> Fault | None:
    if (service := _instance(dice, system, failing_shares)) is None:
        return None
    effect = Effect("down", service.name, instance=0)
    return _fault(dice, system, service.name, ("unreachable",), effect)


def _slow(dice: Random, system: Topology) -> Fault | None:
    if (found := _service(dice, system, slow_shares)) is None:
        return None
    service, share = found
    seconds = round(dice.uniform(0.6, 2.5), 2)
    effect = Effect("works", service.name, seconds=seconds, share=share)
    return _fault(dice, system, service.name, ("slow",), effect)


def _slow_instance(dice: Random, system: Topology) -> Fault | None:
    """Its CPU is taken, by itself or by others."""
    if (service := _instance(dice, system, slow_shares)) is None:
        return None
    seconds = round(dice.uniform(0.6, 2.5), 2)
    slow = Effect("works", service.name, seconds=seconds, instance=0)
    burns = Effect("burns", service.name, instance=0)
    return _fault(dice, system, service.name, ("saturated", "slow"), slow, burns)


def _db_slow(dice: Random, system: Topology) -> Fault | None:
    if (found := _leaf(dice, system, "database", slow_shares)) is None:
        return None
    leaf, share = found
    effect = Effect("works", leaf.name, seconds=round(dice.uniform(0.6, 2.5), 2), share=share)
    return _fault(dice, system, leaf.name, ("slow", "failing"), effect)


def _partner_refuses(dice: Random, system: Topology) -> Fault | None:
    if (found := _leaf(dice, system, "partner", failing_shares)) is None:
        return None
    leaf, share = found
    effect = Effect("refuses", leaf.name, share=share)
    return _fault(dice, system, leaf.name, ("failing", "unreachable"), effect)


def _network(dice: Random, system: Topology) -> Fault | None:
    """Packets get lost between two."""
    found = [
        (caller, edge.callee, [s for s in SHARES if system.reach(caller) * edge.share * s >= SEEN])
        for caller, edge in system.edges()
        if edge.callee in system.services and not edge.optional
    ]
    found = [each for each in found if each[2]]
    if not found:
        return None
    caller, callee, shares = dice.choice(found)
    seconds, share = round(dice.uniform(0.6, 2.0), 2), dice.choice(shares)
    effect = Effect("delays", callee, seconds=seconds, share=share, caller=caller)
    return _fault(dice, system, callee, ("slow", "unreachable"), effect)


def _healthy(dice: Random, system: Topology) -> Fault:  # noqa: ARG001
    return Fault()


def _healthy_release(dice: Random, system: Topology) -> Fault:
    return Fault(releases=weather.releases(dice, system))


def _healthy_elsewhere(dice: Random, system: Topology) -> Fault:
    """What is slow there is on no path of a request that somebody waits for."""
    return Fault(effects=weather.aside(dice, system))


FAULTS: dict[str, Drawn] = {
    "dirty-exception": _exception,
    "dirty-bad-version": _bad_version,
    "dirty-canary-bad": _canary,
    "dirty-some-gone": _some_gone,
    "dirty-slow": _slow,
    "dirty-slow-instance": _slow_instance,
    "dirty-db-slow": _db_slow,
    "dirty-partner-refuses": _partner_refuses,
    "dirty-network": _network,
    "dirty-healthy": _healthy,
    "dirty-healthy-release": _healthy_release,
    "dirty-healthy-elsewhere": _healthy_elsewhere,
}
"""By name of the scenario, in order of place; new ones go to the end."""
