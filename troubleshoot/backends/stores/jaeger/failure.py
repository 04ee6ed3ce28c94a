"""Whether a span failed, by what its tags and events say, as OpenTelemetry's conventions have it.

What a span says of itself outright goes first: OpenTracing's ``error`` tag, OpenTelemetry's status
(`trace/api`, set status). Many tracers say neither. Then the answer tells: a status that is whose
call it was to get right (`http/http-spans`, `rpc/grpc`, `rpc/connect-rpc`, `rpc/json-rpc`,
`database/database-spans`), then the type of an error (`general/recording-errors`); and where no
answer tells, an exception that left the span (`exceptions/exceptions-spans`).
Names: those in force first, then what they were called before, and Envoy's and OpenTracing's.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum

Tags = Mapping[str, str]

FALSE = ("", "false", "0")
_STATUS = "otel.status_code"
_FAILED = ("ERROR", "STATUS_CODE_ERROR", "2")
_FINE = ("OK", "STATUS_CODE_OK", "1")
_ERROR_TYPES = ("error.type", "error.kind", "exception.type")
_ERROR_EVENTS = ("error", "exception")
_CALLS = ("client", "producer")


class _Told(Enum):
    FINE = "fine"
    CALLERS_FAULT = "caller's fault"  # a failure for who called, none of who answered
    FAILED = "failed"


_GRPC = (
    *("OK", "CANCELLED", "UNKNOWN", "INVALID_ARGUMENT", "DEADLINE_EXCEEDED", "NOT_FOUND"),
    *("ALREADY_EXISTS", "PERMISSION_DENIED", "RESOURCE_EXHAUSTED", "FAILED_PRECONDITION"),
    *("ABORTED", "OUT_OF_RANGE", "UNIMPLEMENTED", "INTERNAL", "UNAVAILABLE", "DATA_LOSS"),
    "UNAUTHENTICATED",
)  # by their number
_GRPC_OWN_FAULT = (
    *("UNKNOWN", "DEADLINE_EXCEEDED", "UNIMPLEMENTED", "INTERNAL", "UNAVAILABLE", "DATA_LOSS"),
)
# SQLSTATE (ISO 9075-2): successful completion, warning, no data
_SQL_FINE = re.compile(r"0[0-2][0-9A-Z]{3}")
_SPEAKS_HTTP = re.compile(r"(?:search|couchdb|cosmosdb)$")  # search engines, and these


def _http(code: str, _tags: Tags) -> _Told | None:
    """Below 400 fine, below 500 the caller's fault; 0 and rubbish are no answer."""
    number = int(code[:3]) if re.match(r"[1-9]\d\d(?!\d)", code) else 0
    if not number:
        return None
    if number < 400:
        return _Told.FINE
    return _Told.CALLERS_FAULT if number < 500 else _Told.FAILED


def _grpc(code: str, _tags: Tags) -> _Told | None:
    """A number, ``NOT_FOUND``, ``not_found`` or ``NotFound``; what is none of them has failed."""
    name = _grpc_name(code)
    if name == "OK":
        return _Told.FINE
    return _Told.CALLERS_FAULT if name in set(_GRPC) - set(_GRPC_OWN_FAULT) else _Told.FAILED


def _grpc_name(code: str) -> str:
    if re.fullmatch("[0-9]{1,2}", code):
        return dict(enumerate(_GRPC)).get(int(code), code)
    apart = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", code)
    return apart.upper().replace("CANCELED", "CANCELLED")


def _json_rpc(code: str, _tags: Tags) -> _Told | None:
    """The specification's -32600 to -32602 and -32700 say that the request is no good."""
    if code in FALSE:
        return None
    bad_request = ("-32600", "-32601", "-32602", "-32700")
    return _Told.CALLERS_FAULT if code in bad_request else _Told.FAILED


def _database(code: str, tags: Tags) -> _Told | None:
    system = tags.get("db.system.name") or tags.get("db.system", "")
    if _SPEAKS_HTTP.search(system):
        return _http(code, tags)
    fine = code in ("0", "OK") or _SQL_FINE.fullmatch(code)
    return _Told.FINE if fine else _Told.FAILED


@dataclass(frozen=True, slots=True)
class _Answer:
    """The tags that hold the status of an answer, how it is read, and how it is told."""

    tags: tuple[str, ...]
    read: Callable[[str, Tags], _Told | None]
    title: str
    name: Callable[[str], str] = str


_ANSWERS = (
    _Answer(
        ("rpc.response.status_code", "rpc.grpc.status_code", "grpc.status_code"),
        _grpc,
        "gRPC",
        _grpc_name,
    ),
    _Answer(("rpc.connect_rpc.error_code",), _grpc, "Connect", _grpc_name),
    _Answer(("rpc.jsonrpc.error_code",), _json_rpc, "JSON-RPC"),
    _Answer(("http.response.status_code", "http.status_code"), _http, "HTTP"),
    _Answer(("error.type",), _http, "HTTP"),  # where it is the status and not a name
    _Answer(("db.response.status_code", "db.cosmosdb.status_code"), _database, "database"),
)
_TELLING = frozenset(
    ("error", _STATUS, *_ERROR_TYPES, *(name for one in _ANSWERS for name in one.tags))
)


def failed(tags: Tags, kind: str, events: Iterable[Tags]) -> bool:
    """``kind`` is that of the span: whether it calls, or answers (also where nothing says so)."""
    if not _TELLING.isdisjoint(tags):  # most spans of most systems say nothing
        for says in (_itself, _answered):
            if (found := says(tags, kind)) is not None:
                return found
    return any(_left(one) for one in events)


def _itself(tags: Tags, _kind: str) -> bool | None:
    if tags.get("error", "").lower() not in FALSE:
        return True
    status = tags.get(_STATUS, "").upper()
    return status in _FAILED if status in _FAILED + _FINE else None


def _answered(tags: Tags, kind: str) -> bool | None:
    """An exception on the way to a good answer was got over."""
    told = [found for *_, found in _told(tags)]
    if _Told.FAILED in told or _Told.CALLERS_FAULT in told:
        return _Told.FAILED in told or kind in _CALLS
    if any(map(tags.get, _ERROR_TYPES)):
        return True
    return False if told else None


def words(tags: Tags) -> str:
    """The status of an answer that is not fine, as ``HTTP 503``; or ''."""
    bad = ((answer, code) for answer, code, found in _told(tags) if found is not _Told.FINE)
    return next((f"{answer.title} {answer.name(code)}" for answer, code in bad), "")


def _told(tags: Tags) -> Iterator[tuple[_Answer, str, _Told]]:
    for answer in _ANSWERS:
        code = next(filter(None, map(tags.get, answer.tags)), "")
        if code and (found := answer.read(code, tags)):
            yield answer, code, found


def _left(event: Tags) -> bool:
    """An exception, unless the event says that it did not leave the span."""
    escaped = event.get("exception.escaped", "").lower() not in ("false", "0")
    return event.get("event") in _ERROR_EVENTS and escaped
