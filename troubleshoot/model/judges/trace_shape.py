"""Where requests end early."""

from typing import ClassVar, Literal

from troubleshoot.model.judges.traces import TraceJudge


class TraceShape(TraceJudge):
    """Where requests end that went on before: a service makes no more calls after one, or none.

    The limits are on the part of a service's visits that end there beyond what ended there in the
    baseline; only what is beyond chance counts, each operation compared with itself. It is charged
    to the deepest service that is still there: the last one called or, where others go on after the
    same call, the one that stopped. Fewer than 5 visits on either side are no evidence. It needs
    neither status nor error tags.
    """

    kind: Literal["trace_shape"]

    sentence: ClassVar[str] = (
        "part of a service's visits that end there, beyond that of the baseline"
    )
    words: ClassVar[tuple[str, ...]] = ("service", "caller", "party", "observed", "operation")
    compares: ClassVar[bool] = True
