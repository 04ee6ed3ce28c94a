"""A page for a postmortem: the answer, the timeline, the evidence, what was done and not seen."""

from collections.abc import Iterator

from troubleshoot.model.report import Report
from troubleshoot.render import time_format, view
from troubleshoot.render.markdown.appendix import backends, explained, findings, links, notices
from troubleshoot.render.markdown.escape import bullets, code, fence, md, table
from troubleshoot.render.markdown.evidence import diagnoses, gaps, ruled_out, undetermined
from troubleshoot.render.timeline import Move, moves, undated
from troubleshoot.render.units import against_normal
from troubleshoot.render.wording import (
    RECOVERED,
    TEACH,
    about,
    answer_line,
    finding_facts,
    not_made_words,
    outcome_word,
    verification_facts,
)


def render(report: Report, *, explain: bool) -> str:
    return "\n\n".join(_page(report, explain=explain)) + "\n"


def _page(report: Report, *, explain: bool) -> Iterator[str]:
    yield from _header(report)
    yield from _verifications(report)
    yield from diagnoses(report, explain=explain)
    yield from _timeline(report)
    yield from _actions(report)
    yield from ruled_out(report)
    yield from undetermined(report, explain=explain)
    yield from gaps(report)
    yield from findings(report)
    yield from _follow_ups(report)
    yield from links(report)
    yield from backends(report)
    yield from notices(report)
    if explain:
        yield from explained(report)
    if report.teach:
        yield TEACH
        yield fence(report.teach)


def _header(report: Report) -> Iterator[str]:
    window, (told, every) = report.window, view.told(report)
    yield f"# {md(report.title)}"
    yield f"**{md(answer_line(report))}**"
    local = time_format.zone(report.timezone)
    there = f" = {time_format.between(window.recent, local)} {md(report.timezone)}" if local else ""
    rows = [
        ("Environment", md(report.environment)),
        ("Window", f"{time_format.dated(window.recent)} UTC{there}"),
        ("Charts, logs, traces", f"{time_format.between(window.looked)} UTC"),
        ("Normal is", f"{time_format.between(window.normal)} UTC ({window.baseline.value})"),
        ("Checks", f"{told} of {every} answered, {'' if report.complete else 'not '}complete"),
    ]
    if labels := view.from_alert(report):
        rows.append(("Parameters", md(labels)))
    rows += [("Not made", md(not_made_words(report, each))) for each in report.not_made]
    if report.symptom:
        symptom = report.symptom
        words = f"{outcome_word(symptom.outcome)}: {finding_facts(symptom, window.at)}"
        rows.append((md(symptom.title), md(words)))
    yield table(("", ""), rows)


def _timeline(report: Report) -> Iterator[str]:
    """What moved first stands first."""
    moved = moves(report)
    if not moved:
        return
    yield "## Timeline"
    rows = [
        (
            md(move.began(report.window.at)),
            md(move.finding.title),
            code(about(move.item, several=len(move.finding.items) > 1)),
            md(move.amount()),
            md(_compared(move, report)),
        )
        for move in moved
    ]
    end = time_format.since(report.window.at, report.window.at)
    rows.append((end, "end of the window", "", "", ""))
    rows += [("unknown", md(finding.title), "", "", "") for finding in undated(report)]
    yield table(
        ("Began (UTC)", "What left its normal range", "Where", "Value at the end", ""), rows
    )


def _compared(move: Move, report: Report) -> str:
    usual = against_normal(move.value(), move.item.normal, move.finding.unit)
    if not move.past:
        return usual
    return (
        f"{usual}, at its worst; over since {time_format.since(move.past.until, report.window.at)}"
    )


def _actions(report: Report) -> Iterator[str]:
    if report.actions:
        yield "## What to do"
    for place, action in enumerate(report.actions, start=1):
        helps = view.titles_of(report, action.helps)
        yield f"### {place}. {md(action.remedy.title)}"
        pairs = (
            ("Risk", action.remedy.risk),
            ("Owner", action.remedy.owner),
            ("Only if", action.remedy.precondition),
            ("Confirm by", view.check_title(report, action.remedy.verify)),
            ("Helps if", helps),
            ("Guide", action.remedy.guide),
        )
        yield bullets(f"{label}: {md(value)}" for label, value in pairs if value)
        for label, text in (
            ("Run", "\n".join(action.remedy.commands)),
            ("Change", action.remedy.snippet),
            ("Undo", action.remedy.rollback),
        ):
            if text:
                yield f"{label}:\n\n{fence(text)}"


def _verifications(report: Report) -> Iterator[str]:
    if not report.verifications:
        return
    yield "## Recovered?"
    yield f"Each must hold over the whole of {time_format.between(report.window.recent)} UTC."
    rows = [
        (RECOVERED[each.recovered][0], md(each.finding.title), md(verification_facts(each)))
        for each in report.verifications
    ]
    yield table(("", "Check", "Value"), rows)


def _follow_ups(report: Report) -> Iterator[str]:
    chosen = view.follow_ups(report)
    if chosen:
        yield "## So that it does not happen again"
    for each in chosen:
        guide = f", guide {md(each.guide)}" if each.guide else ""
        yield f"- [ ] {md(each.title)} ({md(each.kind)}{guide})"
        if each.snippet:
            yield fence(each.snippet, "  ")
