"""How many lines of the store a few that were read stand for, and how sure that is."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

SPREAD = 2.0  # standard deviations that a count from a sample may be off
UNSEEN = 3.0  # lines of a sample that could have been there though none was (95 %)


@dataclass(frozen=True, slots=True)
class Count:
    """``lines`` of the store; between ``low`` and ``high`` where only a sample was read."""

    lines: float
    low: float
    high: float

    def times(self, part: float) -> "Count":
        """Of an interval that is ``part`` as long."""
        return Count(self.lines * part, self.low * part, self.high * part)


def counted(weights: Iterable[float]) -> Count:
    """``weights``: how many lines each that was read stands for; 1 where all were read."""
    each = list(weights)
    lines = math.fsum(each)
    off = SPREAD * math.sqrt(math.fsum(max(one * (one - 1), 0.0) for one in each))
    return Count(lines, max(lines - off, float(min(len(each), lines))), lines + off)


def unseen(coarsest: float) -> Count:
    """The count of what was in no line, where a line stands for up to ``coarsest``."""
    return Count(0.0, 0.0, UNSEEN * max(coarsest - 1, 0.0))
