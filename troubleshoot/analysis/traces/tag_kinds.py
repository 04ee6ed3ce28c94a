"""What a tag tells by its name: a version, a place, the request, or only that something failed."""

import re
from enum import StrEnum
from functools import lru_cache


class Kind(StrEnum):
    """In the order in which they come closest to a mechanism."""

    VERSION = "version"
    INSTANCE = "instance"
    ZONE = "zone"
    PEER = "peer"  # the address of a callee
    REQUEST = "request"
    OTHER = "other"
    SYMPTOM = "symptom"  # says that, or how, it failed: never why
    PLUMBING = "plumbing"  # of the tracing itself, or a quantity: compared with nothing


# OpenTelemetry, Jaeger clients, Istio and what teams write by hand agree on the words, not on names
_WORDS = {
    Kind.SYMPTOM: "error errors err exception fault fail failed failure status state response "
    "retry retries resend attempt attempts timeout fallback circuit breaker message stack "
    "stacktrace reason result outcome severity level warning cause",
    Kind.PLUMBING: "span sampler sampling telemetry internal port pid thread duration elapsed "
    "latency size length bytes count time timestamp date line lineno",
    Kind.VERSION: "version release revision rev build commit image canary replicaset",
    Kind.PEER: "peer upstream",
    Kind.ZONE: "zone region cluster datacenter dc rack az cell shard partition",
    Kind.INSTANCE: "instance pod host hostname node container replica vm machine ip",
    Kind.REQUEST: "route operation endpoint method tenant customer account org organization "
    "feature flag",
}
_KINDS = {kind: frozenset(words.split()) for kind, words in _WORDS.items()}
_EXACTLY = {
    "peer.service": Kind.PLUMBING,  # the shape of the trace
    "component": Kind.PLUMBING,
    "server.address": Kind.PEER,
    "db.instance": Kind.OTHER,  # the name of the database
}
_OF_TRACING = ("otel", "jaeger")
_OF_THE_REQUEST = ("http", "url", "client", "user")
# their versions are not the service's
_OF_OTHERS = ("net", "network", "tls", "os", "process", "rpc", "db", "messaging")
_WORD = re.compile(r"[A-Z]?[a-z0-9]+|[A-Z]+(?![a-z])")
_NUMBER = re.compile(r"[-+]?\d+(?:[.,]\d+)?\s?(?:ns|us|µs|ms|s|m|h|%|[kKMG]i?B|B)?")
_ID = re.compile(r"(?:[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}|[0-9a-fA-F]{8,})")
_NAMED = (Kind.VERSION, Kind.INSTANCE, Kind.ZONE, Kind.REQUEST, Kind.SYMPTOM)


@lru_cache(maxsize=4096)
def kind_of(name: str) -> Kind:
    if name in _EXACTLY:
        return _EXACTLY[name]
    words = [word.lower() for word in _WORD.findall(name)]
    first = words[0] if words else ""
    kind = next((one for one, known in _KINDS.items() if not known.isdisjoint(words)), Kind.OTHER)
    if kind in (Kind.SYMPTOM, Kind.PLUMBING):
        return kind
    if first in _OF_TRACING:
        return Kind.PLUMBING
    if first in _OF_THE_REQUEST:
        return Kind.REQUEST
    return Kind.OTHER if first in _OF_OTHERS and kind is Kind.VERSION else kind


def names_something(kind: Kind, value: str) -> bool:
    """Whether a value can stand for a group.

    Ids and numbers can only where the tag's name says what they are, such as a commit or the
    number of a tenant.
    """
    if kind in _NAMED:
        return value != ""
    return value != "" and not _NUMBER.fullmatch(value) and not _ID.fullmatch(value)
