"""What failed traces have in common."""

from typing import ClassVar, Literal

from troubleshoot.model.judges.traces import FailedJudge


class TraceTags(FailedJudge):
    """Which tag values (version, instance, zone, tenant, …) failed traces have and good ones not.

    The limits are on the share of the traces with a value that failed; only values that separate
    failed from good beyond chance are listed. ``among`` is the query for all sampled traces; they
    count only where ``failed``, the share of those that failed, holds. Where it does not, the calls
    to one callee are compared instead, of which so many fail: callers may survive that.
    """

    kind: Literal["trace_tags"]

    sentence: ClassVar[str] = (
        "share that failed of traces with a tag value that separates, where {failed:ratio} of all"
        " do"
    )
    words: ClassVar[tuple[str, ...]] = ("service", "dimension", "tag", "value")
