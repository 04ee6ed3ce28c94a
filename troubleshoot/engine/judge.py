"""Every check of a run becomes a finding."""

from collections.abc import Callable
from typing import Any

from troubleshoot.engine.judged import Judged, Sight
from troubleshoot.engine.judges import (
    change,
    changes,
    events,
    log_patterns,
    presence,
    share,
    threshold,
    trace_calls,
    trace_errors,
    trace_latency,
    trace_shift,
    trace_tags,
)

JUDGES: dict[str, Callable[[Any, Sight], Judged]] = {
    "threshold": threshold.judge,
    "share": share.judge,
    "change": change.judge,
    "presence": presence.judge,
    "changes": changes.judge,
    "events": events.judge,
    "trace_calls": trace_calls.judge,
    "trace_errors": trace_errors.judge,
    "trace_latency": trace_latency.judge,
    "trace_shift": trace_shift.judge,
    "trace_tags": trace_tags.judge,
    "log_patterns": log_patterns.judge,
}


def judge(sight: Sight) -> Judged:
    rule = sight.planned.check.judge
    return JUDGES[rule.kind](rule, sight)
