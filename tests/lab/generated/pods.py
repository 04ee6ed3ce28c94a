"""The instances of a service over time: released, gone, killed and back."""

from dataclasses import dataclass, field
from math import inf
from random import Random

from tests.lab.generated.effects import Fault
from tests.lab.generated.topology import Service, Topology

HEX = "0123456789bcdf"


@dataclass(slots=True, eq=False)
class Pod:
    """Lives from `since` to `until`; within `downs` it is a target that does not answer."""

    service: str
    number: int
    name: str
    ip: str
    version: str
    since: float = -inf
    until: float = inf
    downs: list[tuple[float, float]] = field(default_factory=list)

    def listed(self, at: float) -> bool:
        """Whether its callers and Prometheus know of it."""
        return self.since <= at < self.until

    def down(self, at: float) -> bool:
        """Whether it refuses connections."""
        return any(start <= at < end for start, end in self.downs)

    def starts(self, at: float) -> int:
        """How often it was started again."""
        return sum(end <= at for _, end in self.downs)


Pods = dict[str, list[Pod]]


def draw(dice: Random, system: Topology, fault: Fault, history: float) -> Pods:
    """All instances of all services that ever were, with what happened to them."""
    pods = {
        name: [_pod(dice, each, number, each.version) for number in range(each.instances)]
        for name, each in system.services.items()
    }
    for release in fault.releases:
        at = max(history - release.start, 0.0)
        for old in pods[release.service][: release.instances]:
            service = system.services[release.service]
            new = _pod(dice, service, old.number, release.version)
            new.since = old.until = at
            at += 15.0
            pods[release.service].append(new)
    for effect in fault.effects:
        at, end = max(history - effect.start, 0.0), history - effect.end
        for pod in pods.get(effect.target, ()):
            if effect.instance in (None, pod.number) and pod.until > at:
                if effect.what == "down":
                    pod.downs.append((at, end if effect.end else inf))
                elif effect.what == "removed":
                    pod.until = at
    return pods


def _pod(dice: Random, service: Service, number: int, version: str) -> Pod:
    ends = "".join(dice.choices(HEX, k=9)), "".join(dice.choices(HEX, k=5))
    return Pod(
        service.name,
        number,
        "-".join((service.name, *ends)),
        f"10.{dice.randint(1, 9)}.{dice.randint(0, 250)}.{dice.randint(2, 250)}",
        version,
    )
