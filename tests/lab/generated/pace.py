"""How long a piece of work takes, and the way to another host."""

from dataclasses import dataclass
from math import log
from random import Random

from tests.lab.generated.effects import Active, Effect
from tests.lab.generated.topology import Leaf, Service

WORST = 30.0
"""Times the usual; more than this nobody has ever waited."""

FALLS = 1.5
"""Exponent of the tail: few of those that take longer take much longer."""


@dataclass(frozen=True, slots=True)
class Pace:
    """Random times, and what makes them longer at a moment."""

    active: Active
    dice: Random

    def work(self, one: Service | Leaf, at: float, instance: int = 0) -> float:
        """Seconds of its own work."""
        median = one.takes
        for effect in self.active.now("works", one.name, at):
            if effect.hits(instance) and self._meets(effect):
                median = median * effect.factor + effect.seconds
        seconds = self.dice.lognormvariate(log(median), one.spread)
        if one.tail and self.dice.random() < one.tail:
            seconds *= min(self.dice.paretovariate(FALLS), WORST)
        return seconds

    def way(self, caller: str, callee: str, at: float) -> float:
        """Seconds from the one to the other."""
        seconds = self.dice.lognormvariate(log(0.0004), 0.4)
        for effect in self.active.now("delays", callee, at):
            if effect.caller == caller and self._meets(effect):
                seconds += self.dice.lognormvariate(log(effect.seconds / 2), 0.2)
        return seconds

    def _meets(self, effect: Effect) -> bool:
        return effect.share >= 1 or self.dice.random() < effect.share
