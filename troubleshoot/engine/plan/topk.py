"""Queries that keep only the highest series, so that thousands of pods cost as much as ten.

A query file says so itself: ``… and topk(20, …)``. How many there were in all is asked
afterwards, and only where the answer is full: what was left out must be told.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from troubleshoot.engine.collect.answers import Answers
from troubleshoot.engine.plan.planned import Planned, Source
from troubleshoot.model.dialect import Dialects, MetricDialect
from troubleshoot.model.query import Request
from troubleshoot.model.signal import Series
from troubleshoot.model.window import Window

_KEEPS = re.compile(
    r"(?P<every>.*)\band\s+topk\s*(?:by\s*\((?P<by>[^)]*)\)\s*)?\(\s*(?P<most>[0-9]+)\s*,", re.S
)


@dataclass(frozen=True, slots=True)
class Keeps:
    """``every``: the expression without its limit; ``most`` are kept of each value of ``by``."""

    every: str
    by: tuple[str, ...]
    most: int

    def full(self, series: Iterable[Series]) -> bool:
        """Whether there may have been more."""
        groups = Counter(tuple(one.label(name) for name in self.by) for one in series)
        return any(count >= self.most for count in groups.values())

    def words(self) -> str:
        each = f" of each {' and '.join(self.by)}" if self.by else ""
        return f"the {self.most} highest{each}"


def keeps(source: Source) -> Keeps | None:
    found = _KEEPS.match(dict(source.main.params).get("query", ""))
    if not found:
        return None
    by = tuple(name.strip() for name in (found["by"] or "").split(",") if name.strip())
    return Keeps(found["every"].strip(), by, int(found["most"]))


def questions(
    planned: Iterable[Planned], answers: Answers, window: Window, dialects: Dialects
) -> tuple[Request, ...]:
    """How many series are there in all? Of the queries whose answer is full."""
    asked = (
        _count(kept, window, dialects.metric[one.store])
        for one in planned
        if one.store in dialects.metric
        for _, kept in _full(one.sources, answers)
    )
    return tuple(dict.fromkeys(asked))


def notes(
    planned: Planned, answers: Answers, window: Window, dialects: Dialects
) -> tuple[str, ...]:
    """``the 20 highest are looked at, of 412 series``, for each query that left some out."""
    found = []
    dialect = dialects.metric[planned.store]
    for source, kept in _full(planned.sources, answers):
        here = len(answers.metrics(source.main).series)
        counted = answers.metrics(_count(kept, window, dialect)).series
        total = counted[0].points[-1][1] if counted and counted[0].points else None
        if total is None:
            found.append(f"{kept.words()} are looked at; how many more there are is not known")
        elif total > here:
            found.append(f"{kept.words()} are looked at: {here} of {total:,.0f} series")
    return tuple(dict.fromkeys(found))


def _full(sources: Iterable[Source], answers: Answers) -> Iterator[tuple[Source, Keeps]]:
    for source in sources:
        kept = keeps(source)
        if kept and kept.full(answers.metrics(source.main).series):
            yield source, kept


def _count(kept: Keeps, window: Window, dialect: MetricDialect) -> Request:
    return dialect.instant(f"count({kept.every})", window.at.timestamp())
