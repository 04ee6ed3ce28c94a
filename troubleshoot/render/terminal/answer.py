"""The first screen: what was looked at, what is most likely broken, since when, what to do."""

from collections.abc import Iterator
from datetime import UTC, datetime

from rich.console import RenderableType
from rich.text import Text

from troubleshoot.model.diagnosis import Diagnosis
from troubleshoot.model.report import Report
from troubleshoot.model.times import format_duration
from troubleshoot.render import moments, view
from troubleshoot.render.spark import sparkline
from troubleshoot.render.terminal.blocks import (
    VERDICT_STYLE,
    Blocks,
    indented,
    labelled,
    outcome_text,
    row,
    text,
)
from troubleshoot.render.units import duration, quantity
from troubleshoot.render.wording import answer_line, finding_facts, verdict_word


def header(report: Report) -> Blocks:
    """Title, environment, window in UTC and local time, how much was looked at."""
    window = report.window
    looked = format_duration(window.lookback)
    yield text((report.title, "bold"), f" · {report.environment}" if report.environment else "")
    yield from labelled(
        [
            ("window", _window(report)),
            (
                "charts",
                f"{moments.between(window.looked)} UTC ({looked})",
            ),
            ("normal", f"{moments.between(window.normal)} UTC ({window.baseline.value})"),
            ("checks", _checks(report)),
        ],
        7,
    )


def _window(report: Report) -> str:
    window = report.window
    utc = f"{moments.day(window.at)} {moments.between(window.recent)} UTC"
    local = moments.zone(report.timezone)
    if local is None:
        return utc
    other_day = moments.day(window.at, local) != moments.day(window.at)
    there = f"{moments.day(window.at, local)} " if other_day else ""
    return f"{utc} = {there}{moments.between(window.recent, local)} {report.timezone}"


def _checks(report: Report) -> str:
    told, every = view.told(report)
    if report.complete:
        return f"{told} of {every} answered: complete"
    where = ", see “Could not check”" if report.gaps else ""
    return f"{told} of {every} answered: NOT COMPLETE{where}"


def answer(report: Report) -> Blocks:
    """The headline, the symptom, the most likely cause and the first thing to do."""
    yield Text("")
    yield text((answer_line(report), "bold"))
    yield Text("")
    if report.symptom:
        yield row(outcome_text(report.symptom.outcome), text(report.symptom.title), 10)
        yield indented(text(finding_facts(report.symptom, report.window.at)), 11)
        if report.symptom.worst and (line := sparkline(report.symptom.worst.spark, 48)):
            yield indented(text((line, "cyan")), 11)
    first = next(iter(view.held(report)), None)
    if first:
        yield from _cause(report, first)
    if report.actions and first:
        yield from _do_first(report)
    for store in report.stores:
        if store.problem:
            yield row(("E backend", "magenta"), text(store.problem), 10)
            yield from (indented(block, 11) for block in labelled([("try", store.hint)], 3))


def _cause(report: Report, first: Diagnosis) -> Iterator[RenderableType]:
    verdict = text((verdict_word(first.verdict), VERDICT_STYLE[first.verdict]))
    yield row(verdict, text((first.title, "bold")), 10)
    yield indented(text(f"{first.component}, confidence {quantity(first.confidence, 'ratio')}"), 11)
    if first.since:
        yield row("since", text(when(first.since, report)), 10)
    if first.could_change:
        count = len(first.could_change)
        yield row("but", text(f"{count} unanswered check{'s'[: count > 1]} could change this"), 10)


def when(since: datetime, report: Report) -> str:
    """``15:12 UTC (16:12 Europe/Berlin), 18 min before the end of the window``."""
    local = moments.zone(report.timezone)
    there = f" ({moments.clock(since, local)} {report.timezone})" if local else ""
    before = duration((report.window.at - since.astimezone(UTC)).total_seconds())
    return f"{moments.since(since, report.window.at)}{there}, {before} before the window's end"


def _do_first(report: Report) -> Iterator[RenderableType]:
    action = report.actions[0]
    owner = f", {action.owner}" if action.owner else ""
    title = text((action.title, "bold"), f" ({action.risk} risk{owner})")
    yield row(("do first", "bold"), title, 10)
    yield from (indented(block, 11) for block in labelled([("only if", action.precondition)], 7))
    for command in action.commands[:1]:
        yield indented(text((command, "cyan")), 11)
