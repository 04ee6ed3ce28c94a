"""Where time was added."""

from typing import ClassVar, Literal

from troubleshoot.model.judges.traces import TraceJudge
from troubleshoot.model.limits import Compare


class TraceShift(TraceJudge):
    """Where the time was added that requests take longer than in the baseline: each one's share.

    A request is what the span at the top of a trace waited for (its critical path), compared with
    those of the same operation. What passes between a call and its answer is the callee's, and is
    said to lie between. A share counts only beyond what requests of the baseline differ by chance,
    and where ``slower`` holds: of the requests that the service slowed down, the mean or the
    slowest twentieth as a multiple of normal. Fewer than 5 requests on either side are no data.
    """

    kind: Literal["trace_shift"]
    slower: Compare

    sentence: ClassVar[str] = (
        "share of the time that was added, where requests through it take {slower:times} normal"
    )
    words: ClassVar[tuple[str, ...]] = ("service", "caller", "party", "observed")
    compares: ClassVar[bool] = True
    dates_origins: ClassVar[bool] = True
