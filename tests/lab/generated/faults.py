"""What can go wrong, as effects on a drawn system; the signals follow from them by themselves."""

from collections.abc import Callable
from random import Random

from tests.lab.generated.effects import Effect, Fault, Release
from tests.lab.generated.topology import Edge, Leaf, Service, Topology
from tests.lab.scenario import FAULT, MINUTE, Culprit

FELT = 0.35
"""Of all incoming requests, the share that must meet a culprit for people to notice."""


def _service(dice: Random, system: Topology, least_instances: int = 1) -> Service:
    """Any but the entry, met often enough; the entry only where there is no other."""
    found = [
        each
        for name, each in system.services.items()
        if name != system.entry and system.reach(name) >= FELT and each.instances >= least_instances
    ]
    return dice.choice(found or [system.services[system.entry]])


def _leaf(dice: Random, system: Topology, kind: str) -> Leaf | None:
    found = [
        leaf
        for name, leaf in system.leaves.items()
        if leaf.kind == kind and system.reach(name) >= FELT
    ]
    return dice.choice(found) if found else None


def has(system: Topology, name: str) -> bool:
    """Whether the fault `name` can be felt in that system."""
    if "-db-" in name:
        return _leaf(Random(0), system, "database") is not None
    if "-partner-" in name:
        return _leaf(Random(0), system, "partner") is not None
    found = _service(Random(0), system, 2 if name in _NEEDS_TWO else 1)
    return found.name != system.entry


def blame(name: str, *what: str) -> tuple[Culprit, ...]:
    """A culprit with all that is wrong with it."""
    return tuple((name, each) for each in what)


def next_version(version: str, dice: Random) -> str:
    """A release or a few later."""
    head, _, last = version.rpartition(".")
    return f"{head}.{int(last) + dice.randint(1, 3)}"


def _innocent(dice: Random, system: Topology, *guilty: str) -> tuple[Release, ...]:
    """Up to two releases of others within half an hour of the fault."""
    others = [each for each in system.services.values() if each.name not in guilty]
    picked = dice.sample(others, min(dice.randint(0, 2), len(others)))
    return tuple(
        Release(one.name, next_version(one.version, dice), FAULT + dice.uniform(-8, 20) * MINUTE)
        for one in picked
    )


def _exception(dice: Random, system: Topology) -> Fault:
    target = _service(dice, system).name
    effect = Effect("raises", target, share=round(dice.uniform(0.4, 0.9), 2))
    return Fault(blame(target, "failing"), (effect,), _innocent(dice, system, target))


def _bad_version(dice: Random, system: Topology) -> Fault:
    service = _service(dice, system)
    version = next_version(service.version, dice)
    effect = Effect("raises", service.name, share=round(dice.uniform(0.4, 0.9), 2), version=version)
    release = Release(service.name, version, FAULT)
    others = _innocent(dice, system, service.name)
    return Fault(blame(service.name, "changed", "failing"), (effect,), (release, *others))


def _canary(dice: Random, system: Topology) -> Fault:
    service = _service(dice, system, 2)
    version = next_version(service.version, dice)
    effect = Effect("raises", service.name, share=round(dice.uniform(0.7, 1.0), 2), version=version)
    release = Release(service.name, version, FAULT, instances=1)
    others = _innocent(dice, system, service.name)
    return Fault(blame(service.name, "changed", "failing"), (effect,), (release, *others))


def _slow(dice: Random, system: Topology) -> Fault:
    target = _service(dice, system).name
    effect = Effect("works", target, seconds=round(dice.uniform(0.5, 2.5), 2))
    return Fault(blame(target, "slow"), (effect,), _innocent(dice, system, target))


def _starved(dice: Random, system: Topology) -> Fault:
    target = _service(dice, system).name
    slow = Effect("works", target, seconds=round(dice.uniform(0.4, 1.5), 2), factor=3.0)
    effects = (slow, Effect("burns", target))
    return Fault(blame(target, "saturated", "slow"), effects, _innocent(dice, system, target))


def _leak(dice: Random, system: Topology) -> Fault:
    """Each instance fills its memory, is killed, and comes back after a while."""
    service = _service(dice, system)
    effects: list[Effect] = []
    for number in range(service.instances):
        at = FAULT - dice.uniform(90, 150)
        while at > 20:
            down = dice.uniform(45, 75)
            effects.append(Effect("down", service.name, at, max(at - down, 0), instance=number))
            at -= down + dice.uniform(90, 130)
    effects.append(Effect("leaks", service.name))
    what = "restarted", "saturated", "unreachable"
    return Fault(blame(service.name, *what), tuple(effects), _innocent(dice, system, service.name))


def _gone(dice: Random, system: Topology) -> Fault:
    target = _service(dice, system).name
    effects = (Effect(dice.choice(("down", "removed")), target),)
    return Fault(blame(target, "unreachable"), effects, _innocent(dice, system, target))


def _some_gone(dice: Random, system: Topology) -> Fault:
    """Nobody takes the dead instance out of the list of addresses."""
    target = _service(dice, system, 2).name
    effects = (Effect("down", target, instance=0),)
    return Fault(blame(target, "unreachable"), effects, _innocent(dice, system, target))


def _of_leaf(kind: str, what: tuple[str, ...], effect: Callable[[Random, str], Effect]) -> "Drawn":
    def fault(dice: Random, system: Topology) -> Fault:
        leaf = _leaf(dice, system, kind)
        assert leaf is not None  # `has` said so
        names = dict.fromkeys((leaf.name, leaf.schema or leaf.name))
        culprit = tuple(pair for name in names for pair in blame(name, *what))
        return Fault(culprit, (effect(dice, leaf.name),), _innocent(dice, system))

    return fault


def _edge(dice: Random, system: Topology) -> tuple[str, Edge]:
    """Met often enough, between two services."""
    found = [
        (caller, edge)
        for caller, edge in system.edges()
        if edge.callee in system.services
        and not edge.optional
        and system.reach(caller) * edge.share >= FELT
    ]
    return dice.choice(found)


def _network(dice: Random, system: Topology) -> Fault:
    caller, edge = _edge(dice, system)
    effect = Effect("delays", edge.callee, seconds=round(dice.uniform(0.4, 1.5), 2), caller=caller)
    others = _innocent(dice, system, caller, edge.callee)
    return Fault(blame(edge.callee, "slow", "unreachable"), (effect,), others)


def _dns(dice: Random, system: Topology) -> Fault:
    caller, edge = _edge(dice, system)
    effect = Effect("unresolved", edge.callee, caller=caller)
    others = _innocent(dice, system, caller, edge.callee)
    return Fault(blame(edge.callee, "unreachable"), (effect,), others)


def _surge(dice: Random, system: Topology) -> Fault:
    """Everybody is asked more; one has no room for it."""
    target = _service(dice, system).name
    effects = (
        Effect("surge", system.entry, factor=round(dice.uniform(2.2, 3.5), 2)),
        Effect("works", target, seconds=round(dice.uniform(0.3, 1.0), 2), factor=4.0),
        Effect("sheds", target, share=0.3),
        Effect("burns", target),
    )
    return Fault(blame(target, "saturated", "slow"), effects, _innocent(dice, system, target))


def _healthy(dice: Random, system: Topology) -> Fault:  # noqa: ARG001
    return Fault()


def _noisy(dice: Random, system: Topology) -> Fault:
    """A peak that comes and goes, a restart, a harmless release, a short hiccup an hour ago."""
    one, other = dice.sample(sorted(system.services), 2)
    at = dice.uniform(15, 80) * MINUTE
    effects = (
        Effect("down", one, at, at - 20, instance=0),
        Effect("surge", system.entry, 100 * MINUTE, 55 * MINUTE, factor=1.35),
        Effect("works", other, 80 * MINUTE, 78 * MINUTE, seconds=0.4),
        Effect("warns", one, 120 * MINUTE, share=0.05),
    )
    version = next_version(system.services[other].version, dice)
    return Fault(effects=effects, releases=(Release(other, version, FAULT + MINUTE),))


Drawn = Callable[[Random, Topology], Fault]

FAULTS: dict[str, Drawn] = {
    "any-exception": _exception,
    "any-bad-version": _bad_version,
    "any-canary-bad": _canary,
    "any-slow": _slow,
    "any-starved": _starved,
    "any-leak": _leak,
    "any-gone": _gone,
    "any-some-gone": _some_gone,
    "any-db-slow": _of_leaf(
        "database",
        ("slow", "failing"),
        lambda dice, name: Effect("works", name, seconds=round(dice.uniform(0.4, 2.0), 2)),
    ),
    "any-db-down": _of_leaf(
        "database", ("unreachable", "failing"), lambda _, name: Effect("down", name)
    ),
    "any-partner-timeout": _of_leaf(
        "partner", ("slow", "unreachable", "failing"), lambda _, name: Effect("hangs", name)
    ),
    "any-partner-refuses": _of_leaf(
        "partner",
        ("failing", "unreachable"),
        lambda dice, name: Effect("refuses", name, share=round(dice.uniform(0.6, 1.0), 2)),
    ),
    "any-network": _network,
    "any-dns": _dns,
    "any-surge": _surge,
    "any-healthy": _healthy,
    "any-healthy-noisy": _noisy,
}
"""By name of the scenario, in order of place; new ones go to the end."""

_NEEDS_TWO = ("any-canary-bad", "any-some-gone")
