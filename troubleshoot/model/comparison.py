"""The only expressions a playbook may hold: ``> 0.1``, ``>= 3x``, ``< 1s``."""

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
_FORM = re.compile(r"^\s*(>=|<=|>|<)\s*(-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?)\s*(%|x|ms|s|m|h)?\s*$")


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
    match = _FORM.match(text)
    if not match:
        raise ValueError(
            f"{text!r} is not a comparison; write an operator and a number, "
            "for example '> 0.10', '> 10%', '< 1s' or '> 3x'"
        )
    sign, number, suffix = match[1], match[2], match[3] or ""
    return Comparison(sign, float(number) * _SUFFIX[suffix], text.strip())
