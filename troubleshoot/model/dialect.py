"""How stores are asked, each in its own words: all that other floors know of those.

The words stand in the folder of each store (`backends.stores`); who starts a run hands them in.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from troubleshoot.model.finding import Evidence, Link
from troubleshoot.model.query import Request
from troubleshoot.model.resolved_playbook import QueryFile
from troubleshoot.model.signal import Names
from troubleshoot.model.store import Store
from troubleshoot.model.vocabulary import Events
from troubleshoot.model.window import Interval, Window

Variables = Mapping[str, Any]  # of a template
Urls = Mapping[str, str]  # store or page → address a browser reaches
Keys = tuple[str | int, ...]  # a place in a query that is JSON, from the outside in

FAMILIAR = "familiar"  # the count of changes of all times that could be read; see `LogDialect`


@dataclass(frozen=True, slots=True)
class Slip:
    """What is wrong in a query, and where; ``value``: with what is written there as a text."""

    keys: Keys
    message: str
    value: bool = False


class Dialect(Protocol):
    """What every store has."""

    @property
    def language(self) -> str:
        """That of its query files, a key of `load.text.escape.LANGUAGES`."""

    @property
    def unset(self) -> Variables:
        """Variables that only a run decides, as they stand while a query is checked before it."""

    def slips(self, query: Any) -> Iterable[Slip]:
        """What the store would not be asked. ``query`` is filled in: a text, or what JSON says."""

    def links(self, asked: Sequence[Request], window: Window, urls: Urls) -> tuple[Link, ...]:
        """Pages that show what one check asked, at the run's window; where an address is known."""


class MetricDialect(Dialect, Protocol):
    """Expressions are PromQL, whoever answers them."""

    def series(self, expression: str, interval: Interval, step: float) -> Request:
        """A point each ``step`` seconds, the last exactly at the interval's end."""

    def instant(self, expression: str, at: float) -> Request: ...

    def names(self, names: Sequence[str], interval: Interval) -> Request:
        """Which of ``names`` have samples in the interval; each may be a regular expression."""

    def types(self) -> Request:
        """What all metrics are, as those say that expose them."""


class TraceDialect(Dialect, Protocol):
    def services(self) -> Request: ...

    def calls(self, interval: Interval) -> Request:
        """Who calls whom."""

    def leaves_open(self, text: str) -> bool:
        """Whether the query is about no service in particular."""

    def traces(self, text: str, interval: Interval, service: str = "") -> Request:
        """``service`` is the one that the query leaves open."""

    def some_traces(self, service: str, interval: Interval) -> Request:
        """A few, to see where they begin."""


class LogDialect(Dialect, Protocol):
    def reads(
        self, query: QueryFile, variables: Variables, interval: Interval
    ) -> tuple[str, tuple[str, ...]]:
        """Where the query looks, and the fields that it would choose from."""

    def fields(self, where: str, names: Sequence[str]) -> Request:
        """Which of the fields exist there."""

    def lines(
        self, query: QueryFile, variables: Variables, interval: Interval, known: Names
    ) -> Request:
        """``known`` are the fields that exist. Raises InputError."""

    def all_lines(self, request: Request, window: Window) -> Request:
        """How many lines there are where ``request`` looks, whatever their level."""

    def services(self, index: str, names: Sequence[str], known: Names, within: Interval) -> Request:
        """Whose lines there are, by the first of ``names`` that is ``known`` and can be counted."""

    def changes(self, schemas: Sequence[Events], interval: Interval) -> Request:
        """The changes that were written down, and how many could be read at all (`FAMILIAR`)."""


@dataclass(frozen=True, slots=True)
class Dialects:
    """Those of all stores, by what these answer."""

    metric: Mapping[Store, MetricDialect]
    trace: Mapping[Store, TraceDialect]
    log: Mapping[Store, LogDialect]

    def of(self, store: Store) -> Dialect:
        kinds: dict[Evidence, Mapping[Store, Dialect]] = {
            Evidence.METRIC: self.metric,
            Evidence.TRACE: self.trace,
            Evidence.LOG: self.log,
        }
        return kinds[store.evidence][store]
