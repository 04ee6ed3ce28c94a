"""A system drawn from a seed: services that call each other, and leaves that have no spans."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random
from typing import Literal

from tests.lab.generated import words

Kind = Literal["database", "cache", "queue", "partner"]
Role = Literal["server", "consumer", "job"]
"""What starts its work: a request, a message, or the clock."""

JAVA, GO, PYTHON, NODE = "java", "go", "python", "nodejs"


@dataclass(frozen=True, slots=True)
class Edge:
    """One service calling another or a leaf, in `share` of its requests; times in seconds.

    `optional`: the caller survives a failure. `retry`: it tries once more. `queue`: the leaf that
    lies between; the callee works on it when it can, and the caller does not wait.
    """

    callee: str
    share: float
    timeout: float
    optional: bool = False
    retry: bool = False
    queue: str = ""


@dataclass(frozen=True, slots=True)
class Leaf:
    """Only its callers see it; `name` is its host."""

    name: str
    kind: Kind
    product: str
    port: int
    takes: float
    schema: str = ""
    spread: float = 0.45
    tail: float = 0.0


@dataclass(frozen=True, slots=True)
class Service:
    """`takes`: median seconds of its own work in a request; `spread`: sigma of their logarithm.

    `tail`: share of the requests that take many times as long. `clock`: seconds that its hosts are
    ahead. `mute`: its spans have no status and no exception. `doubled`: a span inside tells the
    same as the server's, beside the calls. `consumes`: the queue a consumer reads.
    """

    name: str
    language: str
    version: str
    instances: int
    takes: float
    route: str
    cores: float
    mebibytes: int
    calls: tuple[Edge, ...] = ()
    role: Role = "server"
    consumes: str = ""
    spread: float = 0.45
    tail: float = 0.0
    clock: float = 0.0
    mute: bool = False
    doubled: bool = False


@dataclass(frozen=True)
class Topology:
    """`rate`: requests a second that come in at `entry`; `jobs`: runs a second of each job."""

    system: str
    entry: str
    rate: float
    services: dict[str, Service]
    leaves: dict[str, Leaf] = field(default_factory=dict)
    jobs: dict[str, float] = field(default_factory=dict)

    def edges(self) -> Iterator[tuple[str, Edge]]:
        """Every caller with each of its calls."""
        for name, service in self.services.items():
            for edge in service.calls:
                yield name, edge

    def callers(self, name: str) -> list[str]:
        """Who calls it."""
        return [caller for caller, edge in self.edges() if edge.callee == name]

    def spans(self, name: str) -> float:
        """How many spans a request to it has on average."""
        service = self.services.get(name)
        if service is None:
            return 0.0
        return 1 + sum(edge.share * (1 + self.spans(edge.callee)) for edge in service.calls)

    def reach(self, name: str) -> float:
        """The least share of incoming requests that fail when it does: over the best path of
        calls that are not optional."""
        if name == self.entry:
            return 1.0
        through = [
            self.reach(caller) * edge.share
            for caller, edge in self.edges()
            if edge.callee == name and not edge.optional
        ]
        return max(through, default=0.0)

    def failing(self, name: str, share: float) -> float:
        """The least share of incoming requests that fail when `share` of the calls to it do."""
        if name == self.entry:
            return share
        through = [
            self.failing(caller, edge.share * (share * share if edge.retry else share))
            for caller, edge in self.edges()
            if edge.callee == name and not edge.optional
        ]
        return max(through, default=0.0)


def draw(dice: Random) -> Topology:
    """Six to twelve services below one entry, one to four databases, caches, queues, partners."""
    system = dice.choice(words.SYSTEMS)
    names = draw_names(dice, dice.randint(6, 12))
    calls: dict[str, list[Edge]] = {name: [] for name in names}
    for number, name in enumerate(names[1:], 1):
        callers = {dice.choice(names[max(0, number - 4) : number])}
        if number > 2 and dice.random() < 0.3:
            callers.add(dice.choice(names[:number]))
        for caller in sorted(callers):
            calls[caller].append(_edge(dice, name))
    leaves = dict(_leaves(dice, system, names, calls))
    services = {
        name: draw_service(dice, name, tuple(calls[name]), entry=name == names[0]) for name in names
    }
    return Topology(system, names[0], round(dice.uniform(2.5, 4.5), 2), services, leaves)


def draw_names(dice: Random, count: int) -> list[str]:
    """An entry and so many less one below it."""
    suffix = dice.choice(words.SUFFIXES)
    drawn = dice.sample(words.NOUNS, count - 1)
    return [dice.choice(words.ENTRIES), *(noun + suffix for noun in drawn)]


def _edge(dice: Random, callee: str) -> Edge:
    return Edge(
        callee,
        share=1.0 if dice.random() < 0.6 else round(dice.uniform(0.4, 0.8), 2),
        timeout=dice.choice((1.0, 2.0, 3.0, 5.0, 30.0)),
        optional=dice.random() < 0.2,
        retry=dice.random() < 0.3,
    )


def _leaves(
    dice: Random, system: str, names: list[str], calls: dict[str, list[Edge]]
) -> Iterator[tuple[str, Leaf]]:
    """Each leaf hangs below one to three services; the entry has no database."""
    for number in range(dice.randint(1, 3)):
        owner = names[1 + number % (len(names) - 1)].partition("-")[0]
        product, port = dice.choice(words.DATABASES)
        host = dice.choice((f"{owner}-db", f"{product}-{owner}", f"{system}-{owner}-{product}"))
        leaf = Leaf(host, "database", product, port, dice.uniform(0.002, 0.009), f"{owner}_db")
        yield _hang(dice, leaf, calls, 3, optional=0.0)
    if dice.random() < 0.6:
        host = dice.choice((f"{system}-redis", "redis-main", "session-cache"))
        leaf = Leaf(host, "cache", "redis", 6379, 0.0008)
        yield _hang(dice, leaf, calls, 3, optional=0.8)
    if dice.random() < 0.4:
        leaf = Leaf(f"{system}-kafka", "queue", "kafka", 9092, 0.002, f"{names[-1]}-events")
        yield _hang(dice, leaf, calls, 2, optional=0.5)
    for host in dice.sample(words.PARTNERS, dice.randint(1, 2)):
        leaf = Leaf(host, "partner", "https", 443, dice.uniform(0.06, 0.2))
        yield _hang(dice, leaf, calls, 1, optional=0.2)


def _hang(
    dice: Random,
    leaf: Leaf,
    calls: dict[str, list[Edge]],
    most: int,
    optional: float,
) -> tuple[str, Leaf]:
    below = list(calls)[1:]
    for caller in dice.sample(below, dice.randint(1, min(most, len(below)))):
        timeout = dice.choice((2.0, 5.0, 10.0)) if leaf.kind == "partner" else 5.0
        share = 1.0 if dice.random() < 0.7 else round(dice.uniform(0.5, 0.9), 2)
        gives_up = dice.random() < optional
        calls[caller].append(Edge(leaf.name, share, timeout, optional=gives_up))
    return leaf.name, leaf


def draw_service(dice: Random, name: str, calls: tuple[Edge, ...], *, entry: bool) -> Service:
    """One of any language and size that makes those calls."""
    noun = name.partition("-")[0]
    return Service(
        name=name,
        language=dice.choice((JAVA, GO, PYTHON, NODE)),
        version=dice.choice(("{}.{}.{}", "v{}.{}.{}")).format(
            dice.randint(1, 5), dice.randint(0, 30), dice.randint(0, 9)
        ),
        instances=dice.randint(2, 3) if entry else dice.randint(1, 3),
        takes=dice.uniform(0.003, 0.025),
        route=dice.choice((f"/{noun}s/{{id}}", f"/api/v1/{noun}", f"/{noun}/lookup")),
        cores=dice.choice((0.5, 1.0, 2.0)),
        mebibytes=dice.choice((256, 512, 1024)),
        calls=tuple(dice.sample(calls, len(calls))),
    )
