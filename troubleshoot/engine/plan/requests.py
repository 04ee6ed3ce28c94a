"""From the text of a query and a window to what is asked."""

from troubleshoot.engine.plan.planned import Source
from troubleshoot.load.text.templates import render
from troubleshoot.model.dialect import MetricDialect, Variables
from troubleshoot.model.promql import one_line
from troubleshoot.model.resolved_playbook import QueryFile
from troubleshoot.model.window import Interval, Window


def metric_source(dialect: MetricDialect, expression: str, window: Window) -> Source:
    """One request for baseline and lookback where they touch, else two."""
    seconds = window.step.total_seconds()
    if window.normal.end == window.looked.start:
        return Source(dialect.series(expression, whole(window), seconds))
    return Source(
        dialect.series(expression, window.looked, seconds),
        dialect.series(expression, window.varied, seconds),
    )


def expression(query: QueryFile, variables: Variables, dialect: MetricDialect) -> str:
    return one_line(filled(query, variables, dialect.language))


def filled(query: QueryFile, variables: Variables, language: str) -> str:
    return render(query.text, variables, language=language, file=query.file)


def whole(window: Window) -> Interval:
    """Baseline and lookback in one."""
    return Interval(min(window.varied.start, window.looked.start), window.at)
