"""The first screen: what was looked at, what is most likely broken, since when, what to do."""

from collections.abc import Iterator
from datetime import datetime

from rich.console import RenderableType
from rich.text import Text

from troubleshoot.model.diagnosis import Diagnosis
from troubleshoot.model.finding import Finding
from troubleshoot.model.report import Action, Report, StoreStatus
from troubleshoot.model.window import Baseline
from troubleshoot.render import time_format, view
from troubleshoot.render.gaps import brief, dead_store
from troubleshoot.render.spark import sparkline
from troubleshoot.render.terminal.blocks import (
    VERDICT_STYLE,
    Blocks,
    indented,
    labelled,
    outcome_text,
    row,
)
from troubleshoot.render.terminal.breaks import Verbatim, text
from troubleshoot.render.units import duration
from troubleshoot.render.wording import (
    answer_line,
    confidence,
    finding_facts,
    not_made_words,
    verdict_word,
)

_WIDTH = 10  # of the words on the left
_COURSE = 28  # of a sparkline; beside those words it fits the narrowest terminal


def header(report: Report) -> Blocks:
    """Title, environment, window in UTC and local time, how much was looked at."""
    yield text((report.title, "bold"), f" · {report.environment}" if report.environment else "")
    yield text(_window(report))
    yield text(_spans(report), " · ", _checks(report))
    if told := view.from_alert(report):
        yield text(told)
    for each in report.not_made:
        yield text((not_made_words(report, each), "magenta"))


def _window(report: Report) -> str:
    window = report.window
    utc = f"{time_format.dated(window.recent)} UTC"
    local = time_format.zone(report.timezone)
    if local is None:
        return utc
    other_day = time_format.day(window.at, local) != time_format.day(window.at)
    there = (time_format.dated if other_day else time_format.between)(window.recent, local)
    return f"{utc} = {there} {report.timezone}"


def _spans(report: Report) -> str:
    window = report.window
    when = "" if window.baseline is Baseline.PREVIOUS else f" {window.baseline.value}"
    normal = time_format.between(window.normal)
    return f"charts {time_format.between(window.looked)}, normal {normal}{when}"


def _checks(report: Report) -> Text:
    told, every = view.told(report)
    style = "" if report.complete else "magenta"
    complete = "" if report.complete else ": NOT COMPLETE"
    return text((f"{told} of {every} checks answered{complete}", style))


def answer(report: Report) -> Blocks:
    """The headline, the symptom, the leading causes and the first thing to do about each."""
    yield Text("")
    yield text((answer_line(report), "bold"))
    yield Text("")
    if report.symptom:
        yield _symptom(report, report.symptom)
    yield from in_short(report)
    for store in report.stores:
        if store.problem:
            yield from _problem(report, store)


def in_short(report: Report) -> Blocks:
    """The leading causes, since when and how sure; the first thing to do about each."""
    leaders = view.leaders(report)
    for cause in leaders:
        yield from _cause(report, cause)
    for action in view.first_actions(report) if leaders else ():
        yield from _do_first(action)


def _symptom(report: Report, symptom: Finding) -> RenderableType:
    """A dead backend is said below, by itself."""
    said = not symptom.outcome.conclusive and dead_store(report, symptom.reason)
    facts = "could not be looked at" if said else finding_facts(symptom, report.window.at)
    line = text((symptom.title, "bold"), f": {brief(report, facts)}")
    course = sparkline(symptom.worst.spark, _COURSE) if symptom.worst else ""
    body = text(line, "\n" if course else "", course)
    return row(outcome_text(symptom.outcome), body, _WIDTH)


def _cause(report: Report, cause: Diagnosis) -> Iterator[RenderableType]:
    verdict = text((verdict_word(cause.verdict), VERDICT_STYLE[cause.verdict]))
    sure = f" ({cause.component}), confidence {confidence(cause)}"
    since = f", since {when(cause.since, report)}" if cause.since else ""
    yield row(verdict, text((cause.title, "bold"), f"{sure}{since}"), _WIDTH)
    if cause.could_change:
        count = len(cause.could_change)
        yield row(
            "but", text(f"{count} unanswered check{'s'[: count > 1]} could change this"), _WIDTH
        )


def when(since: datetime, report: Report) -> str:
    """``15:12 UTC (16:12 Europe/Berlin), 18 min before the end of the window``."""
    local = time_format.zone(report.timezone)
    there = f" ({time_format.clock(since, local)} {report.timezone})" if local else ""
    before = duration(round((report.window.at - since).total_seconds() / 60) * 60)
    return (
        f"{time_format.since(since, report.window.at)} UTC{there}, {before} before the window's end"
    )


def _do_first(action: Action) -> Iterator[RenderableType]:
    owner = f", {action.remedy.owner}" if action.remedy.owner else ""
    title = text((action.remedy.title, "bold"), f" ({action.remedy.risk} risk{owner})")
    yield row(("do first", "bold"), title, _WIDTH)
    yield from labelled([("only if", action.remedy.precondition)], _WIDTH)
    for command in action.remedy.commands[:1]:
        yield Verbatim(command)


def _problem(report: Report, store: StoreStatus) -> Iterator[RenderableType]:
    some = f" ({store.failed} of {store.requests} requests)" * (store.failed < store.requests)
    yield row(("E backend", "magenta"), text(brief(report, store.problem), some), _WIDTH)
    yield from (indented(block, _WIDTH + 1) for block in labelled([("try", store.hint)], 3))
