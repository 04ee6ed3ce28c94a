"""Jaeger's answer to a search, decoded straight into small frozen values: no tree of dicts.

Whatever a server sends fits, as far as it is JSON: in the place of a wrong type stands the value
that was sent, for those who read to pass over.

``gc=False``: nothing here can be part of a circle, so the collector need not look at it.
"""

from typing import Any, TypedDict

from msgspec import Raw, Struct
from msgspec.json import Decoder

from troubleshoot.backends.parse.json_parts import read_part, read_whole
from troubleshoot.backends.parse.shapes import Object

# what may stand where an object, a list or a number should
_NoObject = None | bool | int | float | str | list[Any]
_NoList = None | bool | int | float | str | Object
_NoNumber = None | bool | str | list[Any] | Object


class Tag(Struct, frozen=True, gc=False):
    key: Any = None
    value: Any = None


_Tags = list[Tag | _NoObject] | _NoList


class Reference(Struct, frozen=True, gc=False):
    refType: Any = None
    traceID: Any = None
    spanID: Any = None


class Event(Struct, frozen=True, gc=False):
    fields: _Tags = None


class Process(Struct, frozen=True, gc=False):
    serviceName: Any = None
    tags: _Tags = None


class Span(Struct, frozen=True, gc=False):
    traceID: Any = None
    spanID: Any = None
    parentSpanID: Any = None
    operationName: Any = None
    references: list[Reference | _NoObject] | _NoList = None
    startTime: float | _NoNumber = None
    duration: float | _NoNumber = None
    tags: _Tags = None
    logs: list[Event | _NoObject] | _NoList = None
    processID: Any = None
    process: Process | _NoObject = None


class Trace(Struct, frozen=True, gc=False):
    traceID: Any = None
    spans: list[Span | _NoObject] | _NoList = None
    processes: dict[str, Process | _NoObject] | _NoObject = None


class _Answer(TypedDict, total=False):
    data: list[Raw] | _NoList
    errors: Any


_ANSWER: Decoder[object] = Decoder(_Answer | _NoObject)
_TRACE = Decoder(Trace)


def read_answer(body: bytes) -> object:
    """A dict with ``data``, which holds traces as `Raw`, and ``errors``; or what else it is.

    Raises ValueError where it is no JSON.
    """
    return read_whole(_ANSWER, body)


def read_trace(part: Raw) -> Trace | None:
    """None where it cannot be read."""
    return read_part(_TRACE, part)
