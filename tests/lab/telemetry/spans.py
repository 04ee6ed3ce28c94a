"""Spans of one simulated request, as an instrumented service would record them."""

from dataclasses import dataclass
from random import Random

INTERNAL, SERVER, CLIENT = 1, 2, 3
"""Span kinds, as OTLP numbers them."""


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a piece of work failed: the exception a service would have raised, and a short kind."""

    kind: str
    type: str
    message: str


@dataclass(slots=True)
class Span:
    """One timed piece of work; times are seconds since the start of the history."""

    trace_id: str
    span_id: str
    parent_id: str | None
    service: str
    instance: str
    version: str
    name: str
    kind: int
    start: float
    attributes: dict[str, str | int]
    end: float = -1.0
    failure: Failure | None = None


@dataclass(frozen=True, slots=True)
class Trace:
    """One request's identity. Whether its spans are kept was decided at its head, by its id."""

    trace_id: str
    sampled: bool
    verbose: bool
    """Whether its everyday INFO lines are kept."""
    ids: Random


def new_trace(ids: Random, sampled: float, verbose: float) -> Trace:
    """Begin a trace; `sampled` and `verbose` are shares of all traces.

    Deciding by the id takes nothing from another random stream: the same simulation with another
    sampling share is the same simulation.
    """
    number = ids.getrandbits(128) | 1
    return Trace(
        trace_id=f"{number:032x}",
        sampled=(number >> 8 & 0xFFFF) < sampled * 0x10000,
        verbose=(number >> 32 & 0xFFFF) < verbose * 0x10000,
        ids=Random(number),
    )
