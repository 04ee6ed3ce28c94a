"""The closed set of judges: how a check turns a signal into an outcome."""

import re
from typing import Annotated, Any, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    WithJsonSchema,
    model_validator,
)

from troubleshoot.model.comparison import FORM, Comparison, parse_comparison


def _comparison(value: object) -> Comparison:
    return value if isinstance(value, Comparison) else parse_comparison(str(value))


def _pick(value: str | tuple[str, ...]) -> str | tuple[str, ...]:
    if value == ():
        raise ValueError("the list is empty: nothing could ever match")
    if isinstance(value, str) and value.startswith("~"):
        try:
            re.compile(value[1:])
        except re.error as error:
            raise ValueError(f"{value!r} is not a regular expression: {error}") from None
    return value


class Strict(BaseModel):
    """Unknown keys are mistakes; values never change after loading."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, arbitrary_types_allowed=True, allow_inf_nan=False
    )


Compare = Annotated[
    Comparison,
    BeforeValidator(_comparison),
    WithJsonSchema(
        {
            "type": "string",
            "pattern": FORM.pattern,
            "description": "an operator and a number",
            "examples": ["> 0.10", "> 10%", "< 1s", "> 3x"],
        }
    ),
]


# the values of a label to pick: one, a list, or ~regex
Pick = Annotated[str | tuple[str, ...], AfterValidator(_pick)]


class Limits(Strict):
    """Where a value becomes a warning, and where it is critical; both look the same way."""

    warning: Compare | None = None
    critical: Compare | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if not self.warning or not self.critical:
            return self
        both = f"warning {self.warning.text!r} and critical {self.critical.text!r}"
        if self.warning.upwards != self.critical.upwards:
            raise ValueError(f"{both} look in opposite directions")
        sign = 1 if self.warning.upwards else -1
        if sign * self.critical.limit < sign * self.warning.limit:
            raise ValueError(f"{both} are the wrong way round: critical would hold first")
        return self


class Threshold(Limits):
    """The value at the time of the run against limits; every series is judged, the worst counts."""

    kind: Literal["threshold"]


class Share(Limits):
    """What part of the sum over all series each value of the label ``by`` holds.

    With ``of`` (a value, a list of values, or ``~regex``) the share of those values together is
    judged; when none of them is there but several others are, a wrong name is more likely than a
    share of zero and the check could not tell. Below ``at_least`` (in the query's unit) the total
    is too small for shares to mean anything: the check is ok.
    """

    kind: Literal["share"]
    by: str
    of: Pick = ""
    at_least: float = Field(default=0.0, ge=0)


class Change(Limits):
    """The value as a multiple of its baseline; only counted where ``floor`` holds for the value.

    A baseline of zero makes any value above the floor an infinite change.
    """

    kind: Literal["change"]
    floor: Compare


class Presence(Strict):
    """Each value of the label ``by`` in ``expect`` must have series, and each series must be 1.

    A series at 0 or one that disappeared within the window is critical; a value of the label that
    was never there is ``no_data``, because a wrong name looks the same.
    """

    kind: Literal["presence"]
    by: str
    expect: tuple[str, ...] = Field(min_length=1)


class TraceErrors(Limits):
    """Where errors originate: the share of the failed traces whose deepest failed span is there.

    ``among`` is the query for all sampled traces; origins count only where ``failed``, the share
    of those that failed, holds.
    """

    kind: Literal["trace_errors"]
    among: str
    failed: Compare


class TraceLatency(Limits):
    """Where the time of slow traces goes: each service's share of their self time.

    ``among`` is the query for all sampled traces; shares count only where ``slow``, the share of
    those that took longer than ``longer`` (seconds), holds.
    """

    kind: Literal["trace_latency"]
    among: str
    longer: float = Field(gt=0)
    slow: Compare


class TraceShift(Limits):
    """Where the time was added that traces take longer than in the baseline: each service's share.

    Shares count only where ``slower``, the mean trace as a multiple of its baseline, holds.
    """

    kind: Literal["trace_shift"]
    slower: Compare


class TraceCalls(Limits):
    """Whose callers see their calls fail: the share of failed calls to each callee, where it is

    more than twice that of the baseline. Calls whose failure the caller survived count too.
    """

    kind: Literal["trace_calls"]


class TraceTags(Limits):
    """Which tag values (version, instance, zone, tenant, …) failed traces have and good ones not.

    The limits are on the share of the traces with a value that failed; only values that separate
    failed from good beyond chance are listed. ``among`` is the query for all sampled traces; they
    count only where ``failed``, the share of those that failed, holds.
    """

    kind: Literal["trace_tags"]
    among: str
    failed: Compare


class Changes(Strict):
    """Services that run a version which they did not run in the baseline; a warning at most."""

    kind: Literal["changes"]


class Events(Strict):
    """Deployments, rollbacks, configuration, scaling, restarts, as far as they were written down.

    For the query ``vocabulary/events``. A warning at most, because a change proves nothing by being
    the latest; one restart alone is not even that. The label ``separates`` is ``version`` where
    that version separates failed requests from good ones; ``origin`` where errors or added time
    begin in the changed service, and the symptom began as the change came; for all other changes it
    is not there. Only as far as that is a change evidence. With ``absent: zero`` a system without
    an index of events is ok.
    """

    kind: Literal["events"]


class LogPatterns(Limits):
    """Message patterns with counts; a pattern is judged by its growth against the baseline.

    ``at_least`` lines of a pattern must be there before it counts; of a sample, so many that both
    hold even at the cautious end of what the sample can tell. ``level``, ``message``, ``service``
    and ``trace`` name the fields, the first that a line has. A message that is itself JSON or
    ``key=value`` pairs is read for the same names; ``errors`` are the levels that count where only
    the message states one.
    """

    kind: Literal["log_patterns"]
    level: tuple[str, ...]
    message: tuple[str, ...] = Field(min_length=1)
    service: tuple[str, ...] = Field(min_length=1)
    trace: tuple[str, ...] = Field(min_length=1)
    errors: tuple[str, ...] = ("ERROR", "FATAL", "CRITICAL")
    at_least: int = Field(default=5, gt=0)


AnyJudge = (
    Threshold
    | Share
    | Change
    | Presence
    | TraceErrors
    | TraceLatency
    | TraceShift
    | TraceCalls
    | TraceTags
    | Changes
    | Events
    | LogPatterns
)
Judge = Annotated[AnyJudge, Field(discriminator="kind")]

KINDS: dict[str, type[Any]] = {
    "threshold": Threshold,
    "share": Share,
    "change": Change,
    "presence": Presence,
    "trace_errors": TraceErrors,
    "trace_latency": TraceLatency,
    "trace_shift": TraceShift,
    "trace_calls": TraceCalls,
    "trace_tags": TraceTags,
    "changes": Changes,
    "events": Events,
    "log_patterns": LogPatterns,
}
