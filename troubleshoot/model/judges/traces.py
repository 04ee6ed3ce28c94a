"""Judges of traces."""

from typing import ClassVar

from troubleshoot.model.finding import Evidence
from troubleshoot.model.judges.base import Judge
from troubleshoot.model.limits import Compare, Limits


class TraceJudge(Limits, Judge):
    """What the judges of traces share: their limits are on shares."""

    reads: ClassVar[Evidence] = Evidence.TRACE
    measures: ClassVar[str] = "ratio"


class SampledJudge(TraceJudge):
    """One that looks at some traces among all that were sampled."""

    among: str

    @property
    def samples(self) -> str:
        return self.among


class FailedJudge(SampledJudge):
    """One whose rows count only where enough of all traces failed."""

    failed: Compare
