"""A system as it has grown: dozens of services, most of them rarely asked, and what lies beside."""

from collections.abc import Iterator
from dataclasses import replace
from random import Random

from tests.lab.generated import topology, words
from tests.lab.generated.topology import Edge, Leaf, Service, Topology

TRUNK = 6
"""So many are asked in nearly every request."""

Calls = dict[str, list[Edge]]


def draw(dice: Random) -> Topology:
    """Twenty to sixty services: most below the entry, some below a job, some behind a queue."""
    system = dice.choice(words.SYSTEMS)
    names = topology.draw_names(dice, dice.randint(20, 60))
    job, *below = names[-dice.randint(2, 4) :]
    consumers = names[-6:-4]
    inside = names[:-6]
    calls: Calls = {name: [] for name in names}
    _tree(dice, inside, calls)
    for name in below:
        calls[job].append(Edge(name, 1.0, 30.0))
    leaves = dict(_stores(dice, system, [*inside[1:], *below], calls))
    queue = Leaf(f"{system}-kafka", "queue", "kafka", 9092, 0.002, f"{consumers[0]}-events")
    leaves[queue.name] = queue
    for name in consumers:
        asks = dice.choice(inside[1 : TRUNK + 1])
        calls[asks].append(Edge(name, 0.5, 5.0, optional=True, queue=queue.name))
    services = {name: _service(dice, name, tuple(calls[name])) for name in names}
    for name in consumers:
        told = f"{queue.schema} process"
        services[name] = replace(services[name], role="consumer", consumes=queue.name, route=told)
    services[job] = replace(services[job], role="job", route="export")
    services[names[0]] = replace(services[names[0]], doubled=True, instances=3, clock=0.0)
    rate = round(dice.uniform(5.0, 8.0), 2)
    return Topology(system, names[0], rate, services, leaves, {job: 0.2})


def _tree(dice: Random, names: list[str], calls: Calls) -> None:
    """A flat one; the last two are asked once in hundreds of requests."""
    for number, name in enumerate(names[1:], 1):
        trunk, rare = number <= TRUNK, number >= len(names) - 2
        share = dice.choice((1.0, 1.0, 0.9, 0.8)) if trunk else round(dice.uniform(0.05, 0.35), 2)
        callers = {dice.choice(names[: number // 2 + 1])}
        if dice.random() < 0.15:
            callers.add(dice.choice(names[:number]))
        for caller in sorted(callers):
            calls[caller].append(
                Edge(
                    name,
                    share=round(dice.uniform(0.003, 0.01), 3) if rare else share,
                    timeout=dice.choice((2.0, 3.0, 5.0, 30.0)),
                    optional=dice.random() < (0.1 if trunk else 0.3),
                    retry=dice.random() < 0.35,
                )
            )


def _stores(
    dice: Random, system: str, names: list[str], calls: Calls
) -> Iterator[tuple[str, Leaf]]:
    """Databases of one or two services each, a cache that many use, partners."""
    for owner in (dice.choice(names[:TRUNK]), *dice.sample(names[TRUNK:], dice.randint(3, 6))):
        product, port = dice.choice(words.DATABASES)
        noun = owner.partition("-")[0]
        host = dice.choice((f"{noun}-db", f"{product}-{noun}", f"{system}-{noun}-{product}"))
        takes = dice.uniform(0.002, 0.009)
        leaf = Leaf(host, "database", product, port, takes, f"{noun}_db", 0.7, 0.01)
        for caller in {owner: None, dice.choice(names): None}:
            calls[caller].append(Edge(host, round(dice.uniform(0.7, 1.0), 2), 5.0))
        yield host, leaf
    cache = Leaf(f"{system}-redis", "cache", "redis", 6379, 0.0008, "", 0.6, 0.005)
    for caller in dice.sample(names, 3):
        calls[caller].append(Edge(cache.name, 1.0, 5.0, optional=True))
    yield cache.name, cache
    for host in dice.sample(words.PARTNERS, 2):
        partner = Leaf(host, "partner", "https", 443, dice.uniform(0.06, 0.2), "", 0.6, 0.02)
        share = round(dice.uniform(0.4, 1.0), 2)
        calls[dice.choice(names[:TRUNK])].append(Edge(host, share, 10.0))
        yield host, partner


def _service(dice: Random, name: str, calls: tuple[Edge, ...]) -> Service:
    """As any other, but slow now and then, on hosts of which some have a wrong clock."""
    return replace(
        topology.draw_service(dice, name, calls, entry=False),
        instances=dice.choice((1, 1, 2, 2, 3, 4, 5, 6)),
        spread=round(dice.uniform(0.4, 0.8), 2),
        tail=round(dice.uniform(0.005, 0.03), 3),
        clock=round(dice.uniform(-0.4, 0.4), 3) if dice.random() < 0.15 else 0.0,
        mute=dice.random() < 0.25,
    )
