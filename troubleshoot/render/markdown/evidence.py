"""Causes with what speaks for and against them, and what could not be checked."""

from collections.abc import Iterator

from troubleshoot.model.diagnosis import Argument, Bearing, Diagnosis
from troubleshoot.model.report import Report
from troubleshoot.render import time_format, view
from troubleshoot.render.gaps import blind
from troubleshoot.render.markdown.escape import code, md, table
from troubleshoot.render.spark import sparkline
from troubleshoot.render.wording import (
    argument_facts,
    argument_title,
    bearing_word,
    confidence,
    outcome_word,
    verdict_word,
    weight,
)


def diagnoses(report: Report, *, explain: bool) -> Iterator[str]:
    causes = view.held(report)
    if causes:
        yield "## Causes, most likely first"
    for place, diagnosis in enumerate(causes, start=1):
        yield f"### {place}. {md(diagnosis.title)}"
        yield from _diagnosis(report, diagnosis, explain=explain)


def undetermined(report: Report, *, explain: bool) -> Iterator[str]:
    causes = view.undetermined(report)
    if causes:
        yield "## Neither found nor ruled out"
    for diagnosis in causes:
        yield f"### {md(diagnosis.title)}"
        yield from _diagnosis(report, diagnosis, explain=explain)


def _diagnosis(report: Report, diagnosis: Diagnosis, *, explain: bool) -> Iterator[str]:
    since = diagnosis.since
    yield (
        f"**{verdict_word(diagnosis.verdict)}** in {md(diagnosis.component)}"
        f", score {diagnosis.score}, confidence {confidence(diagnosis)}"
        + (f", since {time_format.since(since, report.window.at)} UTC" if since else "")
    )
    if diagnosis.consequence_of:
        yield f"A consequence of: {md(view.title_of(report, diagnosis.consequence_of))}"
    if explained := view.consequences(report, diagnosis):
        yield f"Explains: {md('; '.join(each.title for each in explained))}"
    sides = ((diagnosis.arguments_for, False), (diagnosis.arguments_against, True))
    rows = [
        _row(report, each, against=against) for arguments, against in sides for each in arguments
    ]
    yield table(("Points", "For or against", "Evidence", "Kind", "Value", "Last hours"), rows)
    if diagnosis.could_change:
        titles = "; ".join(view.check_title(report, each) for each in diagnosis.could_change)
        yield f"Could change with: {md(titles)}"
    if explain and diagnosis.explanation:
        yield f"Sum: {md(diagnosis.explanation)}"


def _row(report: Report, argument: Argument, *, against: bool) -> tuple[str, ...]:
    side = "against" if against else "for"
    because = f" (because {argument.because})" if argument.because else ""
    return (
        weight(argument, against=against),
        f"{side}, {bearing_word(argument)}",
        md(argument_title(argument, report)),
        f"{argument.evidence.value}, {argument.strength.name.lower()}",
        md(argument_facts(argument, report) + because),
        code(sparkline(argument.item.spark, 16)) if argument.item else "",
    )


def ruled_out(report: Report) -> Iterator[str]:
    causes = view.ruled_out(report)
    if not causes:
        return
    yield "## Ruled out"
    rows = [
        (
            md(diagnosis.title),
            md(argument_title(each, report)),
            md(argument_facts(each, report)),
            md(each.because if each.bearing is Bearing.HOLDS else ""),
        )
        for diagnosis in causes
        for each in view.refutations(diagnosis)
    ]
    yield table(("Cause", "Refuted by", "Value", "Because"), rows)


def gaps(report: Report) -> Iterator[str]:
    if not report.gaps:
        return
    yield "## Could not check"
    rows = []
    for each in blind(report):
        changes = md(view.titles_of(report, each.could_change))
        titles = md("; ".join(each.titles))
        rows.append((outcome_word(each.outcome), titles, md(each.reason), md(each.hint), changes))
    yield table(("", "Checks", "Why", "Try", "Could change"), rows)
