"""What happens to a large system every day, and what happens beside a fault by chance."""

from collections.abc import Iterator
from random import Random

from tests.lab.generated.effects import Effect, Release
from tests.lab.generated.faults import next_version
from tests.lab.generated.topology import Topology
from tests.lab.scenario import FAULT, MINUTE

ALWAYS = 1e9
"""Seconds before the end: since long ago."""

HISTORY = 120 * MINUTE

MOST_BACKGROUND = 0.015
"""Of all incoming requests, the share that fails on any day."""


def everyday(dice: Random, system: Topology) -> tuple[Effect, ...]:
    """The tide of the day, bursts, errors that nobody looks at, neighbours on the same hosts."""
    shape = round(dice.uniform(1.3, 1.7), 2), dice.uniform(0, 86_400)
    tide = Effect("tide", system.entry, ALWAYS, factor=shape[0], seconds=shape[1])
    return (tide, *_bursts(dice, system), *_background(dice, system), *_neighbours(dice, system))


def _bursts(dice: Random, system: Topology) -> Iterator[Effect]:
    for _ in range(dice.randint(3, 6)):
        start, length = dice.uniform(10 * MINUTE, HISTORY), dice.uniform(60, 150)
        factor = round(dice.uniform(1.4, 1.9), 2)
        yield Effect("burst", system.entry, start, start - length, factor=factor)


def _background(dice: Random, system: Topology) -> Iterator[Effect]:
    """A few services fail 0.1 to 2 % of their requests, and few of these reach those who ask."""
    room = MOST_BACKGROUND
    for name in dice.sample(sorted(system.services), dice.randint(5, 9)):
        share = round(0.001 * 20 ** dice.random(), 4)
        felt = system.failing(name, share)
        if felt <= room:
            room -= felt
            yield Effect("raises", name, ALWAYS, share=share)


def _neighbours(dice: Random, system: Topology) -> Iterator[Effect]:
    """Again and again one takes the CPU of a host, and another there is slower meanwhile."""
    loud, other = dice.sample(sorted(system.services), 2)
    start = HISTORY
    while start > 0:
        end = max(start - dice.uniform(2, 5) * MINUTE, 0.0)
        yield Effect("burns", loud, start, end, instance=0)
        yield Effect("works", other, start, end, factor=1.8, instance=0)
        start = end - dice.uniform(6, 15) * MINUTE


def aside(dice: Random, system: Topology) -> tuple[Effect, ...]:
    """At the time of the fault, on no path of a request: one is slow, a job uses its CPU."""
    off = [each for each in system.services.values() if is_aside(system, each.name)]
    slow = dice.choice([each.name for each in off if each.role != "job"])
    seconds = round(dice.uniform(0.4, 2.0), 2)
    began = FAULT + dice.uniform(-3, 3) * MINUTE
    job = dice.choice(sorted(system.jobs))
    return (
        Effect("works", slow, began, seconds=seconds),
        Effect("burns", job, FAULT + dice.uniform(-5, 2) * MINUTE),
    )


def is_aside(system: Topology, name: str) -> bool:
    """Whether no request waits for it: asked by a job, or behind a queue."""
    return not any(
        caller not in system.jobs and not edge.queue
        for caller, edge in system.edges()
        if edge.callee == name
    ) and name != system.entry  # fmt: skip


def releases(dice: Random, system: Topology, *guilty: str) -> tuple[Release, ...]:
    """Two to five of others, around the time of the fault; one of them of the entry or near it."""
    entry = system.services[system.entry]
    near = [system.entry, *(edge.callee for edge in entry.calls)]
    others = [name for name in system.services if name not in guilty]
    first = dice.choice([name for name in near if name in others])
    rest = dice.sample([name for name in others if name != first], dice.randint(1, 4))
    return tuple(
        Release(
            name,
            next_version(system.services[name].version, dice),
            FAULT + dice.uniform(-10, 12) * MINUTE,
        )
        for name in (first, *rest)
    )
