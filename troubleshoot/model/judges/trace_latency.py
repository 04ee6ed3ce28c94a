"""Where the time of slow traces goes."""

from typing import ClassVar, Literal

from pydantic import Field

from troubleshoot.model.judges.traces import SampledJudge
from troubleshoot.model.limits import Compare


class TraceLatency(SampledJudge):
    """Where the time of slow traces goes: each service's share of what they waited for.

    ``among`` is the query for all sampled traces; shares count only where ``slow``, the share of
    those that took longer than ``longer`` (seconds), holds.
    """

    kind: Literal["trace_latency"]
    longer: float = Field(gt=0)
    slow: Compare

    sentence: ClassVar[str] = (
        "share of the time of slow traces, where {slow:ratio} of all take longer than"
        " {longer:duration}"
    )
    words: ClassVar[tuple[str, ...]] = ("service", "caller", "party", "observed", "operation")
    dates_origins: ClassVar[bool] = True
