"""Whose callers see calls fail."""

from typing import ClassVar, Literal

from troubleshoot.model.judges.traces import TraceJudge


class TraceCalls(TraceJudge):
    """Whose callers see their calls fail: the share of failed calls to each callee.

    Calls whose failure the caller survived count too; those that fail because of a failed call
    below them are the other's. The limits are on what fails beyond the baseline, and count only
    where so many more failed calls are no chance (Fisher's exact test). Fewer than 5 calls are no
    evidence.
    """

    kind: Literal["trace_calls"]

    sentence: ClassVar[str] = (
        "share of the calls to a callee that fail by its own fault, beyond that of the baseline"
    )
    words: ClassVar[tuple[str, ...]] = ("service", "caller", "party", "message")
    compares: ClassVar[bool] = True
