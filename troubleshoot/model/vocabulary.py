"""A vocabulary: which names of one naming convention mean what. This is what authors write."""

from typing import Literal, Self

from pydantic import Field, model_validator

from troubleshoot.model.facts import ChangeKind
from troubleshoot.model.index_expression import Indices
from troubleshoot.model.playbook import Slug
from troubleshoot.model.strict import Strict

Meaning = Literal[
    "traffic", "errors", "latency", "saturation", "restarts", "up", "version", "calls"
]
MEANINGS: tuple[str, ...] = Meaning.__args__  # type: ignore[attr-defined]


class MetricMapping(Strict):
    """One PromQL query that means something of a service.

    ``errors`` are a share of the traffic, ``latency`` is in seconds, ``saturation`` the part of a
    limit in use, ``restarts`` how many within the lookback, ``up`` how many instances, ``calls``
    how often ``source`` calls a service. It applies where all metrics in ``needs`` exist.

    ``labels`` says what the query's labels are in common words: ``service``, or the ``host`` where
    only its callers know it, by an address, which is turned into the service's own name;
    ``instance`` and ``version`` where there are any; ``source``, the caller, with ``calls`` alone.
    """

    means: Meaning
    needs: tuple[str, ...] = Field(min_length=1)
    labels: dict[Literal["service", "host", "source", "instance", "version"], str]
    query: str


class Logs(Strict):
    """How log lines are written: the fields that may hold each, and the levels that are errors.

    What a playbook leaves open (``log_level_fields``, ``log_service_fields``,
    ``log_message_fields``, ``log_trace_fields``, ``log_error_levels``: an empty list) is filled in
    with what all vocabularies say, one's own first.
    """

    level: tuple[str, ...] = ()
    service: tuple[str, ...] = ()
    message: tuple[str, ...] = ()
    trace: tuple[str, ...] = ()
    errors: tuple[str, ...] = ()


class Events(Strict):
    """Where deployments and other changes are written down: an index, and the fields of its events.

    ``index``: names, patterns, exclusions, a remote cluster before a colon; no date math.
    Of several fields the first that an event has counts. ``means``: which values of the field
    ``kind`` are a ``deployment``, ``rollback``, ``config`` (of configuration), ``scaling``,
    ``flag`` (of a feature) or ``restart``; events with other values are left out. Values are
    written as in the index; where its field is a text, capitals make no difference.
    """

    index: Indices
    time: tuple[str, ...] = Field(default=("@timestamp",), min_length=1)
    kind: tuple[str, ...] = Field(min_length=1)
    service: tuple[str, ...] = Field(min_length=1)
    version: tuple[str, ...] = ()
    message: tuple[str, ...] = ()
    means: dict[ChangeKind, tuple[str, ...]] = Field(min_length=1)


class Vocabulary(Strict):
    """One file under ``queries/vocabulary/``: metrics, logs or events, at least one of them."""

    vocabulary: Slug
    title: str
    phrases: tuple[MetricMapping, ...] = ()
    logs: Logs | None = None
    events: Events | None = None

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not self.phrases and self.logs is None and self.events is None:
            raise ValueError("it says nothing: 'phrases', 'logs' and 'events' are all missing")
        return self
