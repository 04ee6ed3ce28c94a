"""Message patterns of logs."""

from typing import ClassVar, Literal

from pydantic import Field

from troubleshoot.model.finding import Evidence
from troubleshoot.model.judges.base import Judge
from troubleshoot.model.limits import Limits


class LogPatterns(Limits, Judge):
    """Message patterns with counts; a pattern is judged by its growth against the baseline.

    So are all lines of a service together, where they tell more than any of its patterns does.

    ``at_least`` lines of a pattern must be there before it counts; of a sample, so many that both
    hold even at the cautious end of what the sample can tell. ``level``, ``message``, ``service``
    and ``trace`` name the fields, the first that a line has. A message that is itself JSON or
    ``key=value`` pairs is read for the same names; ``errors`` are the levels that count where only
    the message states one.
    """

    kind: Literal["log_patterns"]
    level: tuple[str, ...]
    message: tuple[str, ...] = Field(min_length=1)
    service: tuple[str, ...] = Field(min_length=1)
    trace: tuple[str, ...] = Field(min_length=1)
    errors: tuple[str, ...] = ("ERROR", "FATAL", "CRITICAL")
    at_least: int = Field(default=5, gt=0)

    reads: ClassVar[Evidence] = Evidence.LOG
    sentence: ClassVar[str] = (
        "growth of a message pattern against its baseline, from {at_least} lines on"
    )
    measures: ClassVar[str] = "times"
    words: ClassVar[tuple[str, ...]] = (
        "service", "level", "message", "exception", "blames", "blames_another",
        "blames_unmonitored", "sole",
    )  # fmt: skip

    @property
    def fields(self) -> tuple[str, ...]:
        return (*self.level, *self.message, *self.service, *self.trace)
