"""Where errors originate."""

from typing import ClassVar, Literal

from troubleshoot.model.judges.traces import FailedJudge


class TraceErrors(FailedJudge):
    """Where errors originate: the share of the failed traces whose deepest failed span is there.

    ``among`` is the query for all sampled traces; origins count only where ``failed``, the share
    of those that failed, holds.
    """

    kind: Literal["trace_errors"]

    sentence: ClassVar[str] = (
        "share of failed traces that fail there first, where {failed:ratio} of all fail"
    )
    words: ClassVar[tuple[str, ...]] = (
        "service", "caller", "party", "observed", "answers", "operation", "message",
    )  # fmt: skip
    dates_origins: ClassVar[bool] = True
