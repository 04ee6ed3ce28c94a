"""Which requests a run makes: pure, from a loaded playbook and a window."""

from collections.abc import Iterator
from dataclasses import dataclass

from troubleshoot.analysis.promql import metric_names
from troubleshoot.engine import requests
from troubleshoot.load.playbooks import clock
from troubleshoot.model.judge import LogPatterns, TraceErrors, TraceLatency
from troubleshoot.model.loaded import Loaded
from troubleshoot.model.playbook import Check, Step
from troubleshoot.model.query import Request, Store
from troubleshoot.model.signal import Names
from troubleshoot.model.window import Baseline, Window


@dataclass(frozen=True, slots=True)
class Planned:
    """A check with its requests. ``text`` is the resolved query, ``metrics`` the names it reads.

    ``normal`` is the baseline where one request cannot give both; ``among`` all sampled traces.
    """

    step: Step
    check: Check
    store: Store
    file: str
    text: str
    main: Request
    normal: Request | None = None
    among: Request | None = None
    as_written: Request | None = None
    metrics: tuple[str, ...] = ()

    def requests(self) -> tuple[Request, ...]:
        found = (self.main, self.normal, self.among, self.as_written)
        return tuple(one for one in found if one is not None)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which part of a playbook a run makes: all steps, or some; the guide's own queries too?"""

    checks: tuple[tuple[Step, Check], ...]
    as_written: bool = False

    def stores(self, loaded: Loaded) -> tuple[Store, ...]:
        used = {loaded.query(check.query).store for _, check in self.checks}
        return tuple(store for store in Store if store in used)


@dataclass(frozen=True, slots=True)
class Planner:
    loaded: Loaded
    window: Window
    wanted: Wanted

    def early(self) -> tuple[Planned, ...]:
        """Checks whose requests need no other answer first."""
        return tuple(self._each(logs=False))

    def late(self, fields: Names) -> tuple[Planned, ...]:
        """Checks on logs: which fields the indices have decides how they are asked."""
        return tuple(self._each(logs=True, fields=fields))

    def exists(self, early: tuple[Planned, ...]) -> tuple[Request, ...]:
        """One small request a store: which metrics and fields are there at all."""
        found: list[Request] = []
        metrics = {name for one in early for name in one.metrics}
        if metrics:
            found.append(requests.metric_names(sorted(metrics), requests.whole(self.window)))
        return (*found, *self._fields())

    def _fields(self) -> tuple[Request, ...]:
        asked: dict[str, list[str]] = {}
        for _, check in self.wanted.checks:
            if isinstance(check.judge, LogPatterns):
                query, judge = self.loaded.query(check.query), check.judge
                index, names = requests.log_fields(query, self._variables(), self.window.looked)
                read = (*judge.level, *judge.message, *judge.service, *judge.trace)
                asked.setdefault(index, []).extend((*names, *read))
        return tuple(requests.fields(index, names) for index, names in asked.items())

    def _each(self, *, logs: bool, fields: Names | None = None) -> Iterator[Planned]:
        for step, check in self.wanted.checks:
            if isinstance(check.judge, LogPatterns) is logs:
                yield self._planned(step, check, fields or Names(frozenset()))

    def _planned(self, step: Step, check: Check, fields: Names) -> Planned:
        query = self.loaded.query(check.query)
        if query.store is Store.PROMETHEUS:
            return self._metric(step, check)
        if query.store is Store.JAEGER:
            return self._traces(step, check)
        return self._logs(step, check, fields)

    def _metric(self, step: Step, check: Check) -> Planned:
        text = requests.metrics_text(self.loaded, check.query, self._variables())
        seconds = self.window.step.total_seconds()
        together = self.window.baseline is Baseline.PREVIOUS
        interval = requests.whole(self.window) if together else self.window.looked
        main = requests.metric_range(text, interval, seconds)
        apart = requests.metric_range(text, self.window.normal, seconds)
        written = None
        if guide := self._written(check):
            plain = requests.metrics_text(self.loaded, guide, self._variables())
            written = requests.metric_instant(plain, self.window.at.timestamp())
        return Planned(
            step, check, Store.PROMETHEUS, check.query, text, main,
            normal=None if together else apart,
            as_written=written,
            metrics=metric_names(text),
        )  # fmt: skip

    def _traces(self, step: Step, check: Check) -> Planned:
        interval = self.window.recent if check.over == "window" else self.window.looked
        text = requests.traces_text(self.loaded, check.query, self._variables())
        among = None
        if isinstance(check.judge, TraceErrors | TraceLatency):
            everything = requests.traces_text(self.loaded, check.judge.among, self._variables())
            among = requests.traces(everything, interval)
        main = requests.traces(text, interval)
        return Planned(step, check, Store.JAEGER, check.query, text, main, among=among)

    def _logs(self, step: Step, check: Check, fields: Names) -> Planned:
        query, variables = self.loaded.query(check.query), self._variables()
        interval = self.window.recent if check.over == "window" else self.window.looked
        main = requests.logs(query, variables, interval, fields)
        written = None
        if guide := self._written(check):
            written = requests.logs(self.loaded.query(guide), variables, interval, fields)
        return Planned(
            step, check, Store.ELASTICSEARCH, check.query, main.body, main,
            normal=requests.logs(query, variables, self.window.before(interval), fields),
            as_written=written,
        )  # fmt: skip

    def _written(self, check: Check) -> str:
        return check.guide_query if self.wanted.as_written else ""

    def _variables(self) -> requests.Variables:
        return {**self.loaded.variables, **clock(self.window)}
