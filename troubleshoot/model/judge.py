"""The closed set of judges: how a check turns a signal into an outcome."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema

from troubleshoot.model.comparison import Comparison, parse_comparison


def _comparison(value: object) -> object:
    return parse_comparison(value) if isinstance(value, str) else value


class Strict(BaseModel):
    """Unknown keys are mistakes; values never change after loading."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)


Compare = Annotated[
    Comparison,
    BeforeValidator(_comparison),
    WithJsonSchema(
        {
            "type": "string",
            "description": "an operator and a number",
            "examples": ["> 0.10", "> 10%", "< 1s", "> 3x"],
        }
    ),
]


class Threshold(Strict):
    """The value at the time of the run against limits; every series is judged, the worst counts."""

    kind: Literal["threshold"]
    warning: Compare | None = None
    critical: Compare | None = None


class Share(Strict):
    """What part of the sum over all series each value of the label ``by`` holds.

    With ``of`` (a value, a list of values, or ``~regex``) the share of those values together is
    judged; when none of them is there but several others are, a wrong name is more likely than a
    share of zero and the check could not tell. Below ``at_least`` (in the query's unit) the total
    is too small for shares to mean anything: the check is ok.
    """

    kind: Literal["share"]
    by: str
    of: str | tuple[str, ...] = ""
    at_least: float = 0.0
    warning: Compare | None = None
    critical: Compare | None = None


class Change(Strict):
    """The value as a multiple of its baseline; only counted where ``floor`` holds for the value.

    A baseline of zero makes any value above the floor an infinite change.
    """

    kind: Literal["change"]
    floor: Compare
    warning: Compare | None = None
    critical: Compare | None = None


class Presence(Strict):
    """Each value of the label ``by`` in ``expect`` must have series, and each series must be 1.

    A series at 0 or one that disappeared within the window is critical; a value of the label that
    was never there is ``no_data``, because a wrong name looks the same.
    """

    kind: Literal["presence"]
    by: str
    expect: tuple[str, ...] = Field(min_length=1)


class TraceErrors(Strict):
    """Where errors originate: the share of the failed traces whose deepest failed span is there.

    ``among`` is the query for all sampled traces; origins count only where ``failed``, the share
    of those that failed, holds.
    """

    kind: Literal["trace_errors"]
    among: str
    failed: Compare
    warning: Compare | None = None
    critical: Compare | None = None


class TraceLatency(Strict):
    """Where the time of slow traces goes: each service's share of their self time.

    ``among`` is the query for all sampled traces; shares count only where ``slow``, the share of
    those that took longer than ``longer`` (seconds), holds.
    """

    kind: Literal["trace_latency"]
    among: str
    longer: float
    slow: Compare
    warning: Compare | None = None
    critical: Compare | None = None


class LogPatterns(Strict):
    """Message patterns with counts; a pattern is judged by its growth against the baseline.

    ``at_least`` lines of a pattern must be there before it counts. ``message``, ``service`` and
    ``trace`` name the fields to read, the first that a line has.
    """

    kind: Literal["log_patterns"]
    message: tuple[str, ...]
    service: tuple[str, ...]
    trace: tuple[str, ...]
    at_least: int = 5
    warning: Compare | None = None
    critical: Compare | None = None


AnyJudge = Threshold | Share | Change | Presence | TraceErrors | TraceLatency | LogPatterns
Judge = Annotated[AnyJudge, Field(discriminator="kind")]

KINDS: dict[str, type[Any]] = {
    "threshold": Threshold,
    "share": Share,
    "change": Change,
    "presence": Presence,
    "trace_errors": TraceErrors,
    "trace_latency": TraceLatency,
    "log_patterns": LogPatterns,
}
