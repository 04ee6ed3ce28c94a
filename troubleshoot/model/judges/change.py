"""Change against the baseline."""

from typing import ClassVar, Literal

from troubleshoot.model.judges.base import Judge
from troubleshoot.model.limits import Compare, Limits


class Change(Limits, Judge):
    """The value as a multiple of its baseline; only counted where ``floor`` holds for the value.

    A baseline of zero makes any value above the floor an infinite change.
    """

    kind: Literal["change"]
    floor: Compare

    sentence: ClassVar[str] = "multiple of its baseline, where the value is {floor:}"
    measures: ClassVar[str] = "times"
