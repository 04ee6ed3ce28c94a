"""Why did a query return nothing? Asked afterwards, and only about those that did."""

import re
from collections.abc import Iterable, Iterator

from troubleshoot.engine.collect.answers import Answers
from troubleshoot.engine.plan.planned import Planned
from troubleshoot.engine.plan.requests import whole
from troubleshoot.model.dialect import Dialects, MetricDialect
from troubleshoot.model.finding import Evidence
from troubleshoot.model.promql import Selector, selectors
from troubleshoot.model.query import Request
from troubleshoot.model.signal import Logs
from troubleshoot.model.times import format_duration
from troubleshoot.model.window import Window

MOST = 5  # metrics asked about; one wrong label name makes many queries empty
SHOWN = 8  # values of a label
ALL_LINES = "all_lines"  # an aggregation over all lines of the interval, whatever their level


def questions(
    planned: Iterable[Planned], answers: Answers, window: Window, dialects: Dialects
) -> tuple[Request, ...]:
    """Of metrics: which values do the labels have? Of traces: which services are there? Of logs:

    is there any line at all?
    """
    found: list[Request] = []
    labels: list[Request] = []
    for one in planned:
        if not one.sources or answers.problem(one.main) or one.check.absent == "zero":
            continue
        kind = one.store.evidence
        if kind is Evidence.METRIC and not _has_points(answers, one):
            dialect = dialects.metric[one.store]
            labels += [_values(selector, window, dialect) for selector in _asked(one)]
        elif kind is Evidence.TRACE and not _has_traces(answers, one):
            found.append(dialects.trace[one.store].services())
        elif one.check.judge.fields and _silent(answers.logs(one.main)):
            found.append(any_line(one, window, dialects))
    return tuple(dict.fromkeys((*found, *tuple(dict.fromkeys(labels))[:MOST])))


def lines_of_all_levels(logs: Logs) -> int | None:
    """How many lines there are at all, where the query counts them itself."""
    return next((count for name, _, count in logs.counts if name == ALL_LINES), None)


def _silent(logs: Logs) -> bool:
    return not logs.total and lines_of_all_levels(logs) is None


def any_line(planned: Planned, window: Window, dialects: Dialects) -> Request:
    """A count of all lines in the same place and time."""
    return dialects.log[planned.store].all_lines(planned.main, window)


def label_reason(planned: Planned, answers: Answers, window: Window, dialects: Dialects) -> str:
    """``orders_total has no status="error"; its status is failed, success``, or ''."""
    for selector in _asked(planned):
        series = answers.metrics(_values(selector, window, dialects.metric[planned.store])).series
        for label, sign, wanted in selector.matchers:
            values = sorted({one.label(label) for one in series} - {""})
            if series and not any(_matches(sign, wanted, value) for value in values):
                there = ", ".join(values[:SHOWN]) or "not one of its labels"
                more = ", …" if len(values) > SHOWN else ""
                return f'{selector.metric} has no {label}{sign}"{wanted}"; {label} is {there}{more}'
    return ""


def _has_points(answers: Answers, planned: Planned) -> bool:
    found = (answers.metrics(source.main).series for source in planned.sources)
    return any(one.points for series in found for one in series)


def _has_traces(answers: Answers, planned: Planned) -> bool:
    asked = (one for source in planned.sources for one in (source.main, source.among) if one)
    return any(answers.traces(one).traces for one in asked)


def _asked(planned: Planned) -> Iterator[Selector]:
    if len(planned.sources) != 1 or planned.sources[0].by_words:
        return iter(())  # by convention: the reader did not choose these names
    return (one for one in selectors(planned.text) if one.metric and one.matchers)


def _values(selector: Selector, window: Window, dialect: MetricDialect) -> Request:
    labels = ", ".join(dict.fromkeys(label for label, _, _ in selector.matchers))
    span = format_duration(window.at - whole(window).start)
    expression = f"count by ({labels}) (last_over_time({selector.metric}[{span}]))"
    return dialect.instant(expression, window.at.timestamp())


def _matches(sign: str, wanted: str, value: str) -> bool:
    if sign in ("=", "!="):
        return (value == wanted) is (sign == "=")
    try:
        found = re.fullmatch(wanted, value) is not None
    except re.error:  # RE2 knows forms that Python does not: no claim then
        return True
    return found is (sign == "=~")
