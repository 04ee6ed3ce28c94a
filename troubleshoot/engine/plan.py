"""Which requests a run makes: pure, from a loaded playbook and a window."""

import json
from collections.abc import Iterator
from dataclasses import dataclass

from troubleshoot.analysis.promql import metric_names
from troubleshoot.engine import requests
from troubleshoot.engine.events import written_down
from troubleshoot.engine.known import Known
from troubleshoot.engine.planned import Planned, Source, Wanted
from troubleshoot.engine.vocabulary import by_convention, edges, needed
from troubleshoot.load.playbooks import clock
from troubleshoot.model.loaded import EVENTS, Loaded
from troubleshoot.model.playbook import Check, Step
from troubleshoot.model.query import Request
from troubleshoot.model.store import Store
from troubleshoot.model.window import Interval, Window


@dataclass(frozen=True, slots=True)
class Planner:
    loaded: Loaded
    window: Window
    wanted: Wanted

    def early(self) -> tuple[Planned, ...]:
        """Checks whose requests need no other answer first."""
        return tuple(self._each(waiting=False, known=Known()))

    def late(self, known: Known) -> tuple[Planned, ...]:
        """Checks that are asked in the words of what exists here."""
        return tuple(self._each(waiting=True, known=known))

    def exists(self, early: tuple[Planned, ...]) -> tuple[Request, ...]:
        """Small requests: which metrics, fields and services are there at all?"""
        found: list[Request] = []
        metrics = {name for one in early for name in one.metrics}
        checks = [check for _, check in self.wanted.checks]
        metrics |= needed(self.loaded, checks)
        if metrics:
            found.append(requests.metric_names(sorted(metrics), requests.whole(self.window)))
        if any(self._open(check) for check in checks):
            found += [requests.services(), requests.dependencies(requests.whole(self.window))]
        return (*found, *self._fields())

    def decides(self, exists: tuple[Request, ...]) -> tuple[Request, ...]:
        """Those of ``exists`` that `late` waits for."""
        checks = [check for _, check in self.wanted.checks]
        waits = {Store.ELASTICSEARCH}
        if needed(self.loaded, checks):
            waits.add(Store.PROMETHEUS)
        if any(self._open(check) for check in checks):
            waits.add(Store.JAEGER)
        return tuple(one for one in exists if one.store in waits)

    def edges(self, known: Known) -> tuple[Request, ...]:
        """A small request: who calls whom, by the metrics that are here?"""
        checks = [check for _, check in self.wanted.checks]
        found = edges(self.loaded, known, self.window) if needed(self.loaded, checks) else None
        return (found,) if found else ()

    def _fields(self) -> tuple[Request, ...]:
        asked: dict[str, list[str]] = {}
        for _, check in self.wanted.checks:
            if check.judge.fields:
                query = self.loaded.query(check.query)
                index, names = requests.log_fields(query, self._variables(), self.window.looked)
                asked.setdefault(index, []).extend((*names, *check.judge.fields))
        return tuple(requests.fields(index, names) for index, names in asked.items())

    def _each(self, *, waiting: bool, known: Known) -> Iterator[Planned]:
        for step, check in self.wanted.checks:
            if self._waits(check) is waiting:
                yield self._planned(step, check, known)

    def _waits(self, check: Check) -> bool:
        by_words = check.query.startswith("vocabulary/") and check.query != EVENTS
        return by_words or bool(check.judge.fields) or self._open(check)

    def _open(self, check: Check) -> bool:
        """Traces of no service in particular: whose, is found out."""
        if self.loaded.store(check) is not Store.JAEGER:
            return False
        text = requests.traces_text(self.loaded, check.query, self._variables())
        return not json.loads(text)["service"]

    def _planned(self, step: Step, check: Check, known: Known) -> Planned:
        store = self.loaded.store(check)
        if check.query == EVENTS:
            return written_down(self.loaded, step, check, self.window)
        if check.query.startswith("vocabulary/"):
            return by_convention(self.loaded, step, check, known, self.window)
        if store is Store.PROMETHEUS:
            return self._metric(step, check)
        if store is Store.JAEGER:
            return self._traces(step, check, known)
        return self._logs(step, check, known)

    def _metric(self, step: Step, check: Check) -> Planned:
        text = requests.metrics_text(self.loaded, check.query, self._variables())
        written = None
        if guide := self._written(check):
            plain = requests.metrics_text(self.loaded, guide, self._variables())
            written = requests.metric_instant(plain, self.window.at.timestamp())
        return Planned(
            step, check, Store.PROMETHEUS, check.query, text,
            (requests.metric_source(text, self.window),),
            as_written=written,
            metrics=metric_names(text),
        )  # fmt: skip

    def _traces(self, step: Step, check: Check, known: Known) -> Planned:
        text = requests.traces_text(self.loaded, check.query, self._variables())
        services = known.entries() if self._open(check) else ("",)
        sources = tuple(self._trace_source(check, text, service) for service in services or ("",))
        return Planned(step, check, Store.JAEGER, check.query, text, sources)

    def _trace_source(self, check: Check, text: str, service: str) -> Source:
        """``service`` '' leaves the one that the query names."""
        interval = self.window.recent if check.over == "window" else self.window.looked
        among = normal = None
        if check.judge.samples:
            everything = requests.traces_text(self.loaded, check.judge.samples, self._variables())
            among = requests.traces(everything, interval, service)
        if check.judge.compares:
            normal = requests.traces(text, self._before(interval), service)
        return Source(requests.traces(text, interval, service), normal, among)

    def _before(self, interval: Interval) -> Interval:
        return self.window.before(interval)

    def _logs(self, step: Step, check: Check, known: Known) -> Planned:
        query, variables = self.loaded.query(check.query), self._variables()
        interval = self.window.recent if check.over == "window" else self.window.looked
        main = requests.logs(query, variables, interval, known.fields)
        normal = requests.logs(query, variables, self._before(interval), known.fields)
        written = None
        if guide := self._written(check):
            written = requests.logs(self.loaded.query(guide), variables, interval, known.fields)
        return Planned(
            step, check, Store.ELASTICSEARCH, check.query, main.body, (Source(main, normal),),
            as_written=written,
        )  # fmt: skip

    def _written(self, check: Check) -> str:
        return check.guide_query if self.wanted.as_written else ""

    def _variables(self) -> requests.Variables:
        return {**self.loaded.variables, **clock(self.window)}
