"""The only expressions a playbook may hold: ``> 0.1``, ``>= 3x``, ``< 1s``."""

import math
import operator
import re
from collections.abc import Callable
from dataclasses import dataclass

_OPERATORS: dict[str, Callable[[float, float], bool]] = {
    ">": operator.gt,
    ">=": operator.ge,
    "<": operator.lt,
    "<=": operator.le,
}
_SUFFIX = {"": 1.0, "%": 0.01, "x": 1.0, "ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0}
FORM = re.compile(r"^\s*(>=|<=|>|<)\s*(-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?)\s*(%|x|ms|s|m|h)?\s*$")


@dataclass(frozen=True, slots=True)
class Comparison:
    """A value against a limit; ``text`` is what was written and what reports show."""

    sign: str
    limit: float
    text: str

    def holds(self, value: float) -> bool:
        return _OPERATORS[self.sign](value, self.limit)

    @property
    def upwards(self) -> bool:
        """Whether larger values are the worse ones."""
        return self.sign.startswith(">")


def parse_comparison(text: str) -> Comparison:
    """Raises ValueError with the accepted form."""
    match = FORM.match(text)
    if not match:
        raise ValueError(
            f"{text!r} is not a comparison; write an operator and a number, "
            "for example '> 0.10', '> 10%', '< 1s' or '> 3x'"
        )
    limit = float(match[2]) * _SUFFIX[match[3] or ""]
    if not math.isfinite(limit):
        raise ValueError(f"{text!r}: the number is larger than this program can count")
    return Comparison(match[1], limit, text.strip())
