"""What to do, how to confirm it, and what would have prevented it. To be read, never run."""

from collections.abc import Iterator

from rich.console import RenderableType

from troubleshoot.model.report import Action, Report, Verification
from troubleshoot.render import time_format, view
from troubleshoot.render.gaps import dead_store
from troubleshoot.render.terminal.blocks import (
    Blocks,
    copied,
    heading,
    indented,
    labelled,
    row,
    undo,
)
from troubleshoot.render.terminal.breaks import Verbatim, text
from troubleshoot.render.wording import RECOVERED, verification_facts

_LABEL = 7  # columns


def actions(report: Report, *, explain: bool) -> Blocks:
    if report.actions:
        yield heading("What to do (nothing here is run for you)")
    for place, action in enumerate(report.actions, start=1):
        guide = f"guide {action.remedy.guide}" if action.remedy.guide and explain else ""
        about = " · ".join(
            p for p in (f"{action.remedy.risk} risk", action.remedy.owner, guide) if p
        )
        yield row((f"{place}.", "bold"), text((action.remedy.title, "bold"), f" · {about}"), 2)
        for block in _action(report, action, explain=explain):
            yield indented(block, 2)
    if report.actions:
        servers = "" if report.environment else ", against servers of your own,"
        yield text(f"then confirm{servers} with:")
        yield Verbatim(view.verify_command(report))


def _action(report: Report, action: Action, *, explain: bool) -> Iterator[RenderableType]:
    first = next((each.id for each in view.held(report)), "")
    said = first in action.helps and not explain
    helps = "" if said else view.titles_of(report, action.helps)
    yield from labelled([("for", helps), ("only if", action.remedy.precondition)], _LABEL)
    yield from copied("run" if explain else "", *action.remedy.commands)
    if explain:
        yield from copied("change", action.remedy.snippet)
    yield from labelled([("confirm", view.check_title(report, action.remedy.verify))], _LABEL)
    yield from undo(action.remedy.rollback, _LABEL)


def follow_ups(report: Report, *, explain: bool) -> Blocks:
    """What would have prevented it; the text to paste only when asked to explain."""
    chosen = view.follow_ups(report)
    if chosen:
        yield heading("So that it does not happen again")
    for each in chosen:
        guide = f" (guide {each.guide})" if each.guide else ""
        yield row((each.kind, "dim"), text(each.title, (guide, "dim")), 14)
        if explain and each.snippet:
            yield Verbatim(each.snippet)


def verifications(report: Report) -> Blocks:
    """Whether the fix worked, query by query."""
    if not report.verifications:
        return
    over = f"{time_format.between(report.window.recent)} UTC"
    yield heading(f"Recovered? Each must hold over the whole of {over}")
    for each in report.verifications:
        yield from _verification(report, each)


def _verification(report: Report, each: Verification) -> Iterator[RenderableType]:
    """A dead backend is said above, by itself."""
    word, style = RECOVERED[each.recovered]
    said = each.recovered is None and dead_store(report, each.reason)
    facts = "could not be looked at" if said else verification_facts(each)
    yield row((word, style), text((each.finding.title, "bold"), facts and f": {facts}"), 13)
