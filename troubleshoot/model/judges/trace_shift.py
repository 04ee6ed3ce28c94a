"""Where time was added."""

from typing import ClassVar, Literal

from troubleshoot.model.judges.traces import TraceJudge
from troubleshoot.model.limits import Compare


class TraceShift(TraceJudge):
    """Where the time was added that traces take longer than in the baseline: each service's share.

    Shares count only where ``slower``, the mean trace as a multiple of its baseline, holds.
    """

    kind: Literal["trace_shift"]
    slower: Compare

    sentence: ClassVar[str] = (
        "share of the time that was added, where traces take {slower:times} normal"
    )
    words: ClassVar[tuple[str, ...]] = ("service", "caller", "party", "observed")
    compares: ClassVar[bool] = True
    dates_origins: ClassVar[bool] = True
