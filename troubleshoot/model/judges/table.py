"""The closed set of judges; what each does is in its namesake in `engine.judge.kinds`."""

from typing import Annotated, get_args

from pydantic import Field

from troubleshoot.model.judges.base import Judge
from troubleshoot.model.judges.change import Change
from troubleshoot.model.judges.changes import Changes
from troubleshoot.model.judges.events import Events
from troubleshoot.model.judges.log_patterns import LogPatterns
from troubleshoot.model.judges.presence import Presence
from troubleshoot.model.judges.share import Share
from troubleshoot.model.judges.threshold import Threshold
from troubleshoot.model.judges.trace_calls import TraceCalls
from troubleshoot.model.judges.trace_errors import TraceErrors
from troubleshoot.model.judges.trace_latency import TraceLatency
from troubleshoot.model.judges.trace_shape import TraceShape
from troubleshoot.model.judges.trace_shift import TraceShift
from troubleshoot.model.judges.trace_tags import TraceTags

AnyJudge = Annotated[
    Threshold
    | Share
    | Change
    | Presence
    | TraceErrors
    | TraceLatency
    | TraceShift
    | TraceCalls
    | TraceShape
    | TraceTags
    | Changes
    | Events
    | LogPatterns,
    Field(discriminator="kind"),
]


def _kind(judge: type[Judge]) -> str:
    name: str = get_args(judge.model_fields["kind"].annotation)[0]
    return name


KINDS: dict[str, type[Judge]] = {_kind(one): one for one in get_args(get_args(AnyJudge)[0])}
