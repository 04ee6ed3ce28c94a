"""Checks in brief: what could not be told, what moved first, and one line for each check."""

from datetime import datetime

from rich.console import RenderableType
from rich.constrain import Constrain
from rich.table import Table
from rich.text import Text

from troubleshoot.model.finding import Finding, Item, Outcome
from troubleshoot.model.report import Report
from troubleshoot.render import time_format, view
from troubleshoot.render.gaps import Blind, blind
from troubleshoot.render.terminal.blocks import (
    Blocks,
    Fitted,
    heading,
    indented,
    labelled,
    linked,
    row,
    symbol,
)
from troubleshoot.render.terminal.breaks import folded, text
from troubleshoot.render.timeline import Move, first_moves, undated
from troubleshoot.render.units import quantity
from troubleshoot.render.wording import (
    about,
    limit_words,
    outcome_word,
    shortened,
)

_WIDEST = 110  # wider, and the eye loses the row
_MOVES = 8  # the first; the others follow from them
_SUBJECT = 30
_COLUMNS = 60  # fewer, and a title has no room beside its value
_ADDRESS = 400  # characters: a search with all its filters pushes the answer off the screen
_GUIDE = 11  # columns: “3, database”


def gaps(report: Report) -> Blocks:
    """What could not be checked, why, which answers it might change, and once what to do."""
    if report.gaps:
        yield heading("Could not check")
    answered = view.told(report)[0] > 0  # otherwise it goes without saying what could change
    said: set[str] = set()
    for each in blind(report):
        hint = "" if each.store or each.hint in said else each.hint  # a dead one's is at the top
        said.add(each.hint)
        changes = view.changes(report, each.could_change) if answered else ""
        yield row(symbol(each.outcome), text(*_blind(each)), 1)
        for block in labelled([("try", hint), ("could change", changes)], 12):
            yield indented(block, 2)


def _blind(each: Blind) -> tuple[tuple[str, str] | str, ...]:
    titles = ("; ".join(each.titles), "bold")
    if each.store:
        return (f"{each.store} did not answer: ", titles)
    return (titles, f": {outcome_word(each.outcome).lower()}: {each.reason}")


def timeline(report: Report) -> Blocks:
    moves = first_moves(report)
    if moves:
        yield heading("What moved first, and when it began (UTC)")
    grid = Table.grid(padding=(0, 1, 0, 0), expand=True)
    grid.add_column(overflow="fold")
    grid.add_column(ratio=1, overflow="fold")
    grid.add_column(justify="right", overflow="fold")
    grid.add_column(overflow="fold")
    for move in moves[:_MOVES]:
        began = text((move.began(report.window.at), "bold"))
        usual = text((_usual(move, report), "dim"))
        grid.add_row(*map(folded, (began, _what(move), text(move.amount()), usual)))
    if moves:
        yield Constrain(grid, _WIDEST)
        if unknown := undated(report):
            titles = "; ".join(each.title for each in unknown)
            yield Constrain(row(("unknown", "bold"), text(titles), 11), _WIDEST)


def _what(move: Move) -> Text:
    """A change says itself what it is."""
    if move.item.value is None and not move.others:
        return text(move.item.subject)
    return text(move.finding.title, (_which(move), "dim"))


def _usual(move: Move, report: Report) -> str:
    if move.past:
        return f"over {time_format.since(move.past.until, report.window.at)}"
    usual = move.item.normal
    return f"normal {quantity(usual, move.finding.unit)}" if usual is not None else ""


def _which(move: Move) -> str:
    if move.others:
        who = move.item.service
        return f" · {who} and {move.others} more" if who else f" and {move.others} more"
    subject = about(move.item, several=len(move.finding.items) > 1)
    return f" · {shortened(subject, _SUBJECT)}" if subject else ""


def checks(report: Report) -> Blocks:
    """A line for each that fires or could not tell, one for all of a step that are fine."""
    verified = {each.finding.check for each in report.verifications}
    if view.told(report)[0] == 0 or verified >= {each.check for each in view.findings(report)}:
        return
    yield heading("Checks, by step of the guide")
    for step in view.steps(report):
        guide = step.guide or step.title
        fine = [e for e in step.findings if e.outcome is Outcome.OK and not view.last_over(e)]
        for finding in step.findings:
            if finding not in fine:
                yield _in_step(guide, _line(finding, report))
                guide = ""
        if fine:
            titles = "; ".join(f"{each.title} {_value(each)}".strip() for each in fine)
            yield _in_step(guide, row(symbol(Outcome.OK), text(titles), 1))


def _in_step(guide: str, line: RenderableType) -> RenderableType:
    return Constrain(row((guide, "dim"), line, _GUIDE), _WIDEST)


def _line(finding: Finding, report: Report) -> RenderableType:
    """Symbol, title, value, the limit that decided, and since when."""
    mark, worst, at = symbol(finding.outcome), finding.worst, report.window.at
    if not finding.outcome.conclusive:
        word = outcome_word(finding.outcome).lower()
        return row(mark, text(finding.title, (f": {word}", "dim")), 1)
    if worst is None or worst.value is None:
        return row(mark, text(finding.title, f": {finding.summary}"), 1)
    held = _held(finding, worst, at)
    grid = Table.grid(padding=(0, 1, 0, 0), expand=True)
    for width in (1, None, 8, 26):
        grid.add_column(width=width, ratio=None if width else 1, overflow="fold")
    columns = (text(finding.title), text(_value(finding)), text((held, "dim")))
    grid.add_row(mark, *map(folded, columns))
    running = text(finding.title, f" {_value(finding)} ", (held, "dim"))
    return Fitted(grid, row(mark, running, 1), _COLUMNS)


def _held(finding: Finding, worst: Item, at: datetime) -> str:
    """The limit and since when; of what is over, the worst and until when."""
    over = view.last_over(finding)
    if over and over.past:
        was = quantity(over.past.worst, finding.unit)
        return f"was {was}, over {time_format.since(over.past.until, at)}"
    since = f"since {time_format.since(worst.since, at)}" if worst.since else ""
    return " ".join(part for part in (limit_words(worst), since) if part)


def _value(finding: Finding) -> str:
    """The worst value; of what is fine the sum, where a check has one."""
    worst = finding.worst
    if worst is None or worst.value is None or (finding.summary and not finding.outcome.firing):
        return finding.summary
    return quantity(worst.value, finding.unit)


def pages(report: Report) -> Blocks:
    """Of the symptom and of what speaks for the first cause; --explain lists them all."""
    found = view.key_pages(report)
    if found:
        yield heading("Pages at exactly this window (--explain lists all)")
    for link, check in found.items():
        yield text((f"{check}: {link.title}", "dim"))
        yield linked(link, _ADDRESS)
