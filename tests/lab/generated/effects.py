"""What happens to a drawn system, and when it does."""

from collections import defaultdict
from dataclasses import dataclass, field
from math import sin, tau

from tests.lab.scenario import FAULT, Culprit

DAY = 86_400.0


@dataclass(frozen=True, slots=True)
class Effect:
    """From `start` to `end` (seconds before the end of the history) something is not as it was.

    `what` says which mechanism, `share` of the calls it touches, `seconds` are added to each,
    `factor` times the usual. `version`: only where that version runs. `caller`: only its calls.
    `instance`: only the instance with that number.
    """

    what: str
    target: str
    start: float = FAULT
    end: float = 0.0
    share: float = 1.0
    seconds: float = 0.0
    factor: float = 1.0
    version: str = ""
    caller: str = ""
    instance: int | None = None

    def hits(self, instance: int) -> bool:
        """Whether the instance with that number is touched."""
        return self.instance in (None, instance)


@dataclass(frozen=True, slots=True)
class Release:
    """A new version of `service`, on all its instances or on the first `instances`."""

    service: str
    version: str
    start: float
    instances: int = 99


@dataclass(frozen=True)
class Fault:
    """All that happens to a system, and who is to blame."""

    culprit: tuple[Culprit, ...] = ()
    effects: tuple[Effect, ...] = ()
    releases: tuple[Release, ...] = ()


@dataclass(frozen=True)
class Active:
    """What is not as usual, asked by moment: seconds since the start of the history."""

    fault: Fault
    history: float
    _known: dict[tuple[str, str], list[Effect]] = field(
        default_factory=lambda: defaultdict(list), init=False
    )

    def __post_init__(self) -> None:
        """Most things are asked about often and have nothing."""
        for effect in self.fault.effects:
            self._known[effect.what, effect.target].append(effect)

    def since(self, effect: Effect) -> float:
        """When it begins."""
        return max(self.history - effect.start, 0.0)

    def begin(self, what: str, target: str) -> float:
        """When the first such effect begins."""
        return min(self.since(each) for each in self._known[what, target])

    def now(self, what: str, target: str, at: float) -> list[Effect]:
        """Those that are there at that moment."""
        known = self._known.get((what, target))
        if not known:
            return []
        return [each for each in known if self.since(each) <= at < self.history - each.end]

    def surge(self, entry: str, at: float) -> float:
        """How many times the usual traffic: it comes and goes over a while, and with the day."""
        factor = 1.0
        for effect in self.now("tide", entry, at):
            factor += (effect.factor - 1) * sin(tau * (at + effect.seconds) / DAY)
        for effect in (*self.now("surge", entry, at), *self.now("burst", entry, at)):
            ramp = 15.0 if effect.what == "burst" else 60.0 if effect.factor > 2 else 600.0
            begun, left = at - self.since(effect), self.history - effect.end - at
            rising = min(1.0, begun / ramp, left / ramp if effect.end else 1.0)
            factor += (effect.factor - 1) * rising
        return factor
