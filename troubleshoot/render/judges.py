"""Each judge in words, as ``troubleshoot show`` prints it."""

from collections.abc import Callable
from typing import Any

from troubleshoot.model.comparison import Comparison
from troubleshoot.model.judge import (
    AnyJudge,
    Change,
    Changes,
    Events,
    Limits,
    LogPatterns,
    Presence,
    Share,
    Threshold,
    TraceCalls,
    TraceErrors,
    TraceLatency,
    TraceShift,
    TraceTags,
)
from troubleshoot.render.units import duration, number, quantity


def judge_words(judge: AnyJudge, unit: str) -> str:
    """One line: what is measured, and where it becomes a warning or critical."""
    words = _WORDS[judge.kind](judge, unit)
    limits = _limits(judge, unit) if isinstance(judge, Limits) else ""
    return ": ".join(part for part in (words, limits) if part)


def _limits(judge: Limits, unit: str) -> str:
    both = (("warning", judge.warning), ("critical", judge.critical))
    if isinstance(judge, (Change, LogPatterns)):
        return ", ".join(f"{word} {e.sign} {number(e.limit)}×" for word, e in both if e)
    measured = unit if isinstance(judge, Threshold) else "ratio"
    return ", ".join(f"{word} {compared(each, measured)}" for word, each in both if each)


def compared(comparison: Comparison, unit: str) -> str:
    """``> 10 %``, ``<= 320 ms``."""
    return f"{comparison.sign} {quantity(comparison.limit, unit)}"


def picked(values: str | tuple[str, ...]) -> str:
    """Label values to pick: one, several, or a regular expression."""
    if isinstance(values, tuple):
        return " or ".join(values)
    return f"matching {values[1:]}" if values.startswith("~") else values


def _share(judge: Share, unit: str) -> str:
    of = f" of {picked(judge.of)}" if judge.of else ""
    least = f", when the total is at least {quantity(judge.at_least, unit)}"
    return f"share by {judge.by}{of}{least if judge.at_least else ''}"


def _change(judge: Change, unit: str) -> str:
    return f"multiple of its baseline, where the value is {compared(judge.floor, unit)}"


def _presence(judge: Presence, _: str) -> str:
    return f"series for every {judge.by} of {', '.join(judge.expect)}, all of them 1"


def _trace_errors(judge: TraceErrors, _: str) -> str:
    failed = compared(judge.failed, "ratio")
    return f"share of failed traces that fail there first, where {failed} of all fail"


def _trace_latency(judge: TraceLatency, _: str) -> str:
    slow = compared(judge.slow, "ratio")
    longer = duration(judge.longer)
    return f"share of the time of slow traces, where {slow} of all take longer than {longer}"


def _trace_tags(judge: TraceTags, _: str) -> str:
    failed = compared(judge.failed, "ratio")
    return f"share that failed of traces with a tag value that separates, where {failed} of all do"


def _trace_shift(judge: TraceShift, _: str) -> str:
    slower = f"{judge.slower.sign} {judge.slower.limit:g} times normal"
    return f"share of the time that was added, where traces take {slower}"


def _trace_calls(_judge: TraceCalls, _: str) -> str:
    return "share of the calls to a callee that fail, where it is twice that of the baseline"


def _changes(_judge: Changes, _: str) -> str:
    return "versions that did not run in the baseline"


def _events(_judge: Events, _: str) -> str:
    return "changes that were written down within the lookback"


def _log_patterns(judge: LogPatterns, _: str) -> str:
    return f"growth of a message pattern against its baseline, from {judge.at_least} lines on"


_WORDS: dict[str, Callable[[Any, str], str]] = {
    "threshold": lambda judge, unit: "",  # noqa: ARG005 - its limits say all
    "share": _share,
    "change": _change,
    "presence": _presence,
    "trace_errors": _trace_errors,
    "trace_latency": _trace_latency,
    "trace_tags": _trace_tags,
    "trace_shift": _trace_shift,
    "trace_calls": _trace_calls,
    "changes": _changes,
    "events": _events,
    "log_patterns": _log_patterns,
}
