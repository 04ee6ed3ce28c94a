"""Explained: ranked causes with all that speaks for and against, and the ones ruled out."""

from collections.abc import Iterator

from rich.console import RenderableType
from rich.text import Text

from troubleshoot.model.diagnosis import Argument, Bearing, Diagnosis
from troubleshoot.model.report import Report
from troubleshoot.render import time_format, view
from troubleshoot.render.spark import sparkline
from troubleshoot.render.terminal.blocks import (
    VERDICT_STYLE,
    Blocks,
    heading,
    indented,
    row,
)
from troubleshoot.render.terminal.breaks import text
from troubleshoot.render.wording import (
    argument_facts,
    argument_title,
    confidence,
    quoted,
    verdict_word,
    weight,
)


def diagnoses(report: Report) -> Blocks:
    """The causes that hold, best first, as the engine ranked them."""
    for place, diagnosis in enumerate(view.held(report), start=1):
        yield heading("Most likely cause" if place == 1 else f"Cause {place}")
        yield from _diagnosis(report, diagnosis)


def undetermined(report: Report) -> Blocks:
    causes = view.undetermined(report)
    if causes:
        yield heading("Neither found nor ruled out")
    for diagnosis in causes:
        yield from _diagnosis(report, diagnosis)


def _diagnosis(report: Report, diagnosis: Diagnosis) -> Iterator[RenderableType]:
    since = diagnosis.since
    yield text((diagnosis.title, "bold"))
    yield text(
        (verdict_word(diagnosis.verdict), VERDICT_STYLE[diagnosis.verdict]),
        f" · score {diagnosis.score} · confidence {confidence(diagnosis)}",
        f" · {diagnosis.component}",
        f" · since {time_format.since(since, report.window.at)}" if since else "",
    )
    for side, against in ((diagnosis.arguments_for, False), (diagnosis.arguments_against, True)):
        if side:
            yield indented(text(("against" if against else "for", "dim")), 1)
        for argument in side:
            yield from _argument(report, argument, against=against)
    if diagnosis.could_change:
        names = "; ".join(view.check_title(report, check) for check in diagnosis.could_change)
        yield indented(row(" ?", text(("could change with: ", "dim"), names), 2), 1)
    if diagnosis.explanation:
        yield indented(text(("sum  ", "dim"), diagnosis.explanation), 1)


def _argument(report: Report, argument: Argument, *, against: bool) -> Iterator[RenderableType]:
    counts = argument.bearing is Bearing.HOLDS
    points = weight(argument, against=against)
    kind = f"  ({argument.evidence.value}, {argument.strength.name.lower()})"
    pages = "".join(f" [{number}]" for number in view.pages_of(report, argument.check))
    title = text((argument_title(argument, report), "" if counts else "dim"), (kind + pages, "dim"))
    yield indented(row((f"{points:>2}", "bold" if counts else ""), title, 2), 1)
    for block in _detail(argument, report):
        yield indented(block, 4)


def _detail(argument: Argument, report: Report) -> Iterator[Text]:
    holds = argument.bearing is Bearing.HOLDS
    absent = "not seen: " if argument.bearing is Bearing.ABSENT else ""
    if facts := argument_facts(argument, report):
        yield text(absent, facts)
    if holds and argument.item and (line := sparkline(argument.item.spark, 36)):
        yield text(line)
    if argument.item and argument.item.note:
        yield text((quoted(argument.item.note), "dim"))
    if holds and argument.because:
        yield text(("because ", "dim"), argument.because)


def ruled_out(report: Report) -> Blocks:
    """One entry each, with the value that refutes it."""
    causes = view.ruled_out(report)
    if causes:
        yield heading("Ruled out")
    for diagnosis in causes:
        yield row(("✓", "green"), text(diagnosis.title), 1)
        for refuting in view.refutations(diagnosis):
            facts = argument_facts(refuting, report)
            yield indented(text((f"{argument_title(refuting, report)}: ", "dim"), facts), 2)
            if refuting.because and refuting.bearing is Bearing.HOLDS:
                yield indented(text(("because ", "dim"), refuting.because), 2)
