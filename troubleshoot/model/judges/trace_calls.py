"""Whose callers see calls fail."""

from typing import ClassVar, Literal

from troubleshoot.model.judges.traces import TraceJudge


class TraceCalls(TraceJudge):
    """Whose callers see their calls fail: the share of failed calls to each callee.

    It counts where it is more than twice that of the baseline. Calls whose failure the caller
    survived count too.
    """

    kind: Literal["trace_calls"]

    sentence: ClassVar[str] = (
        "share of the calls to a callee that fail, where it is twice that of the baseline"
    )
    words: ClassVar[tuple[str, ...]] = ("service", "caller", "party", "message")
    compares: ClassVar[bool] = True
