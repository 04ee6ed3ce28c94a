"""Comparisons and values to pick, as judges and verifications hold them."""

import re
from typing import Annotated, Self

from pydantic import AfterValidator, BeforeValidator, WithJsonSchema, model_validator

from troubleshoot.model.comparison import FORM, Comparison, parse_comparison
from troubleshoot.model.strict import Strict


def regular_expression(text: str, pattern: str | None = None) -> str:
    """The text itself. Raises ValueError when Python cannot read it, or the pattern in it."""
    try:
        re.compile(text if pattern is None else pattern)
    except re.error as error:
        raise ValueError(f"{text!r} is not a regular expression: {error}") from None
    return text


def _comparison(value: object) -> Comparison:
    return value if isinstance(value, Comparison) else parse_comparison(str(value))


def _pick(value: str | tuple[str, ...]) -> str | tuple[str, ...]:
    if value == ():
        raise ValueError("the list is empty: nothing could ever match")
    if isinstance(value, str) and value.startswith("~"):
        regular_expression(value, value[1:])
    return value


Compare = Annotated[
    Comparison,
    BeforeValidator(_comparison),
    WithJsonSchema(
        {
            "type": "string",
            "pattern": FORM.pattern,
            "description": "an operator and a number",
            "examples": ["> 0.10", "> 10%", "< 1s", "> 3x"],
        }
    ),
]

# the values of a label to pick: one, a list, or ~regex
Pick = Annotated[str | tuple[str, ...], AfterValidator(_pick)]


def matches(pattern: str | tuple[str, ...], value: str) -> bool:
    """A value, a list of values, or ``~regex`` (found anywhere in the value)."""
    if isinstance(pattern, tuple):
        return value in pattern
    return bool(re.search(pattern[1:], value)) if pattern.startswith("~") else value == pattern


class Limits(Strict):
    """Where a value becomes a warning, and where it is critical; both look the same way."""

    warning: Compare | None = None
    critical: Compare | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if not self.warning or not self.critical:
            return self
        both = f"warning {self.warning.text!r} and critical {self.critical.text!r}"
        if self.warning.upwards != self.critical.upwards:
            raise ValueError(f"{both} look in opposite directions")
        sign = 1 if self.warning.upwards else -1
        if sign * self.critical.limit < sign * self.warning.limit:
            raise ValueError(f"{both} are the wrong way round: critical would hold first")
        return self
