"""Which requests a run makes: pure, from a loaded playbook and a window."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from troubleshoot.engine.plan import requests
from troubleshoot.engine.plan.change_events import written_down
from troubleshoot.engine.plan.conventions import by_convention, edges, needed
from troubleshoot.engine.plan.inventory import Known
from troubleshoot.engine.plan.planned import Planned, Selection, Source, Written
from troubleshoot.load.playbook.loader import clock
from troubleshoot.model.dialect import Dialect, Dialects, TraceDialect, Variables
from troubleshoot.model.finding import Evidence
from troubleshoot.model.playbook import Check, Step
from troubleshoot.model.promql import metric_names
from troubleshoot.model.query import QueryKind, Request
from troubleshoot.model.resolved_playbook import EVENTS, ResolvedPlaybook, convention
from troubleshoot.model.signal import Problem, ProblemKind
from troubleshoot.model.store import Store
from troubleshoot.model.vocabulary import PATTERN
from troubleshoot.model.window import Interval, Window

LONGEST = 4_000  # characters of names asked about at once


@dataclass(frozen=True, slots=True)
class Planner:
    loaded: ResolvedPlaybook
    window: Window
    wanted: Selection
    dialects: Dialects

    def early(self) -> tuple[Planned, ...]:
        """Checks whose requests need no other answer first."""
        return tuple(self._each(waiting=False, known=Known()))

    def late(self, known: Known) -> tuple[Planned, ...]:
        """Checks that are asked in the words of what exists here."""
        return tuple(self._each(waiting=True, known=known))

    def exists(self, early: tuple[Planned, ...]) -> tuple[Request, ...]:
        """Small requests: which metrics, fields and services are there at all?"""
        return (*self._metrics(early), *self._services(), *self._fields())

    def decides(self, exists: tuple[Request, ...]) -> tuple[Request, ...]:
        """Those of ``exists`` that `late` waits for."""
        waits = {QueryKind.FIELDS, QueryKind.SERVICES, QueryKind.CALLS}
        if needed(self.loaded, self._checks()):
            waits.add(QueryKind.NAMES)
        return tuple(one for one in exists if one.ask in waits)

    def edges(self, known: Known) -> tuple[Request, ...]:
        """A small request: who calls whom, by the metrics that are here?"""
        if not needed(self.loaded, self._checks()):
            return ()
        found = edges(self.loaded, known, self.window, self.dialects)
        return (found,) if found else ()

    def _checks(self) -> list[Check]:
        return [check for _, check in self.wanted.checks]

    def _metrics(self, early: tuple[Planned, ...]) -> Iterator[Request]:
        """The names that queries read, and those by which vocabularies are chosen."""
        by_words = needed(self.loaded, self._checks())
        for store, dialect in self.dialects.metric.items():
            names = {name for one in early if one.store is store for name in one.metrics}
            if store is convention(Evidence.METRIC):
                names |= by_words
            if names:
                words = sorted({one.removeprefix(PATTERN) for one in names})
                for some in _batches(words):
                    yield dialect.names(some, requests.whole(self.window))

    def _services(self) -> Iterator[Request]:
        opened = {self.loaded.store(one) for one in self._checks() if self._open(one)}
        for store, dialect in self.dialects.trace.items():
            if store in opened:
                yield dialect.services()
                yield dialect.calls(requests.whole(self.window))

    def probes(self, known: Known) -> tuple[Request, ...]:
        """Small requests: at which services do traces begin? None where that is known."""
        opened = {self.loaded.store(one) for one in self._checks() if self._open(one)}
        return tuple(
            dialect.some_traces(service, self.window.looked)
            for store, dialect in self.dialects.trace.items()
            if store in opened
            for service in known.probed()
        )

    def _fields(self) -> tuple[Request, ...]:
        asked: dict[tuple[Store, str], list[str]] = {}
        for check in self._checks():
            if check.judge.fields:
                query, store = self.loaded.query(check.query), self.loaded.store(check)
                dialect, looked = self.dialects.log[store], self.window.looked
                where, names = dialect.reads(query, self._variables(), looked)
                asked.setdefault((store, where), []).extend((*names, *check.judge.fields))
        return tuple(
            self.dialects.log[store].fields(where, names) for (store, where), names in asked.items()
        )

    def _each(self, *, waiting: bool, known: Known) -> Iterator[Planned]:
        for step, check in self.wanted.checks:
            if self._waits(check) is waiting:
                yield self._planned(step, check, known)

    def _waits(self, check: Check) -> bool:
        by_words = check.query.startswith("vocabulary/") and check.query != EVENTS
        return by_words or bool(check.judge.fields) or self._open(check)

    def _open(self, check: Check) -> bool:
        """Traces of no service in particular: whose, is found out."""
        dialect = self.dialects.trace.get(self.loaded.store(check))
        return dialect is not None and dialect.leaves_open(self._text(check.query, dialect))

    def _planned(self, step: Step, check: Check, known: Known) -> Planned:
        if check.query == EVENTS:
            return written_down(self.loaded, step, check, self.window, self.dialects)
        if check.query.startswith("vocabulary/"):
            return by_convention(self.loaded, step, check, known, self.window, self.dialects)
        store = self.loaded.store(check)
        plan = {
            Evidence.METRIC: self._metric,
            Evidence.TRACE: self._traces,
            Evidence.LOG: self._logs,
        }[store.evidence]
        return plan(store, step, check, known)

    def _metric(self, store: Store, step: Step, check: Check, _known: Known) -> Planned:
        dialect, variables = self.dialects.metric[store], self._variables()

        def expression(name: str) -> str:
            return requests.expression(self.loaded.query(name), variables, dialect)

        text, at = expression(check.query), self.window.at.timestamp()
        written = tuple(
            Written(guide, dialect.instant(expression(guide), at)) for guide in self._written(check)
        )
        return Planned(
            step, check, store, check.query, text,
            (requests.metric_source(dialect, text, self.window),),
            as_written=written,
            metrics=metric_names(text),
        )  # fmt: skip

    def _traces(self, store: Store, step: Step, check: Check, known: Known) -> Planned:
        dialect, text = (
            self.dialects.trace[store],
            self._text(check.query, self.dialects.trace[store]),
        )
        services = known.entries() if self._open(check) else ("",)
        if not services and known.asked and (problem := _no_service(known, store)):
            return Planned(step, check, store, check.query, text, (), problem=problem)
        sources = tuple(
            self._trace_source(dialect, check, service) for service in services or ("",)
        )
        return Planned(step, check, store, check.query, text, sources)

    def _trace_source(self, dialect: TraceDialect, check: Check, service: str) -> Source:
        """``service`` '' leaves the one that the query names."""
        text, interval = self._text(check.query, dialect), self._interval(check)
        among = normal = None
        if check.judge.samples:
            everything = self._text(check.judge.samples, dialect)
            among = dialect.traces(everything, interval, service)
        if check.judge.compares:
            normal = dialect.traces(text, self.window.before(interval), service)
        return Source(dialect.traces(text, interval, service), normal, among)

    def _logs(self, store: Store, step: Step, check: Check, known: Known) -> Planned:
        dialect, interval = self.dialects.log[store], self._interval(check)

        def lines(name: str, interval: Interval) -> Request:
            query = self.loaded.query(name)
            return dialect.lines(query, self._variables(), interval, known.fields)

        main = lines(check.query, interval)
        normal = lines(check.query, self.window.before(interval))
        written = tuple(Written(guide, lines(guide, interval)) for guide in self._written(check))
        return Planned(
            step, check, store, check.query, main.body, (Source(main, normal),),
            as_written=written,
        )  # fmt: skip

    def _interval(self, check: Check) -> Interval:
        return self.window.recent if check.over == "window" else self.window.looked

    def _written(self, check: Check) -> tuple[str, ...]:
        """The guide's own queries for a check: its own, and those it is verified by."""
        if not self.wanted.as_written:
            return ()
        rules = (one for one in self.loaded.playbook.verify if one.check == check.id)
        found = (check.guide_query, *(one.guide_query for one in rules))
        return tuple(dict.fromkeys(name for name in found if name))

    def _text(self, name: str, dialect: Dialect) -> str:
        return requests.filled(self.loaded.query(name), self._variables(), dialect.language)

    def _variables(self) -> Variables:
        return {**self.loaded.variables, **clock(self.window)}


def _batches(words: Iterable[str]) -> Iterator[tuple[str, ...]]:
    """In order, each short enough to stand in an address: many servers end these at 8,000 bytes."""
    batch: list[str] = []
    for word in words:
        if batch and sum(map(len, batch)) + len(batch) + len(word) > LONGEST:
            yield tuple(batch)
            batch = []
        batch.append(word)
    if batch:
        yield tuple(batch)


def _no_service(known: Known, store: Store) -> Problem | None:
    """A search needs the name of one: an empty name is refused."""
    problem = known.services.problem
    if problem:
        return problem if problem.trouble is ProblemKind.ERROR else None
    reason = f"{store.product} knows no service: no span was ever sent to it"
    return Problem(ProblemKind.NO_DATA, reason, "are the services traced? is this the right store?")
