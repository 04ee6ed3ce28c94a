"""A vocabulary: which names of one naming convention mean what. This is what authors write."""

import re
from collections.abc import Collection
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from troubleshoot.model.facts import ChangeKind
from troubleshoot.model.index_expression import Indices
from troubleshoot.model.limits import regular_expression
from troubleshoot.model.playbook import Slug
from troubleshoot.model.strict import Strict

Meaning = Literal[
    "traffic", "errors", "failures", "latency", "saturation", "usage", "throttling", "restarts",
    "kills", "hits", "queue", "age", "expiry", "up", "version", "calls",
]  # fmt: skip
MEANINGS: tuple[str, ...] = Meaning.__args__  # type: ignore[attr-defined]
Statistic = Literal["mean", "p50", "p90", "p95", "p99", "max"]
PATTERN = "~"  # before a need that is a regular expression


def _need(value: str | tuple[str, ...]) -> str | tuple[str, ...]:
    for text in _several(value):
        if text.startswith(PATTERN):
            regular_expression(text.removeprefix(PATTERN))
    if not all(_several(value) or [""]):
        raise ValueError("a name is needed, a list of names, or a pattern after ~")
    return value


Need = Annotated[str | tuple[str, ...], AfterValidator(_need)]


class MetricMapping(Strict):
    """One PromQL query that means something of a service.

    Of requests: ``traffic`` per second; ``errors``, the failed ones as a share of it; ``failures``,
    the failed ones per second where nothing counts the others; ``latency`` in seconds, with the
    ``statistic`` that it is (p95 unless it says so: of all of them only means add up along a call
    path); ``calls``, how often ``source`` calls a service.
    Of resources: ``saturation``, the part of a limit in use; ``usage``, as much as is in use where
    no limit is known, in any unit; ``throttling``, the share of periods throttled; ``hits``, a
    share that is bad when it falls, as of a cache; ``queue``, how many items wait; ``age``, for how
    many seconds, or since when the oldest does; ``expiry``, seconds left until something, such as a
    certificate, expires.
    Of instances: ``up``, how many; ``restarts`` and ``kills`` (out of memory, panics, crashes), how
    many within the lookback; ``version``, which runs.

    It applies where all metrics in ``needs`` exist: a name, a list of which one must, or a regular
    expression after ``~`` that a whole name matches.

    ``labels`` says what the query's labels are in common words: ``service``, or the ``host`` where
    only its callers know it, by an address, which is turned into the service's own name;
    ``instance`` and ``version`` where there are any, as of errors and latency that are counted by
    version; ``source``, the caller, with ``calls`` alone. ``about``: whom the metric is about where
    no label says so, by an address or its name, such as a provider (``api.payments.example``).
    ``of``: which resource, queue or cache, where a service may have several.
    """

    means: Meaning
    needs: tuple[Need, ...] = Field(min_length=1)
    labels: dict[Literal["service", "host", "source", "instance", "version"], str] = {}
    about: str = ""
    of: str = ""
    statistic: Statistic | None = None
    query: str

    @property
    def metrics(self) -> frozenset[str]:
        """Every name, and every pattern after its ``~``, that any of ``needs`` has."""
        return frozenset(one for need in self.needs for one in _several(need))

    def applies(self, names: Collection[str]) -> bool:
        """Whether metrics of these ``names`` are enough."""
        return all(any(_there(one, names) for one in _several(need)) for need in self.needs)


def _several(need: str | tuple[str, ...]) -> tuple[str, ...]:
    return (need,) if isinstance(need, str) else need


def _there(need: str, names: Collection[str]) -> bool:
    if not need.startswith(PATTERN):
        return need in names
    wanted = re.compile(need.removeprefix(PATTERN))
    return any(wanted.fullmatch(name) for name in names)


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
    """One file under ``queries/vocabulary/``: metrics, logs, events or names, at least one of them.

    ``aliases``: by the name that reports say, the others of the same component, as where its spans,
    its metrics and its load balancer call it differently: ``{payment-service: [payments-lb]}``.
    """

    vocabulary: Slug
    title: str
    phrases: tuple[MetricMapping, ...] = ()
    logs: Logs | None = None
    events: Events | None = None
    aliases: dict[str, tuple[str, ...]] = {}

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not self.phrases and self.logs is None and self.events is None and not self.aliases:
            raise ValueError(
                "it says nothing: 'phrases', 'logs', 'events' and 'aliases' are all missing"
            )
        return self
