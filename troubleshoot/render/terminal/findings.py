"""Explained: everything that moved, and every finding with its items, by step of the guide."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from rich.console import RenderableType
from rich.constrain import Constrain
from rich.table import Table
from rich.text import Text

from troubleshoot.model.finding import Finding, Item, Link
from troubleshoot.model.report import Report
from troubleshoot.render import time_format, view
from troubleshoot.render.terminal.blocks import (
    Blocks,
    heading,
    indented,
    linked,
    outcome_text,
    row,
)
from troubleshoot.render.terminal.breaks import folded, text
from troubleshoot.render.timeline import moves, undated
from troubleshoot.render.units import quantity
from troubleshoot.render.wording import about, facts, quoted

_TABLE_WIDTH = 110  # wider, and the eye loses the row
_SHOWN = 5  # items of a finding; the other formats hold all


def moved(report: Report) -> Blocks:
    """Everything that moved, so that a cause stands before its consequences."""
    found = moves(report)
    if found:
        yield heading("What moved first, and when it began (UTC)")
    for move in found:
        several = len(move.finding.items) > 1
        subject = about(move.item, several=several)
        facts_ = facts(replace(move.item, since=None), move.finding.unit, report.window.at)
        when = text((move.began(report.window.at), "bold"))
        where = (f" · {subject}" if subject else "", "dim")
        yield row(when, text(move.finding.title, where, f": {facts_}" if facts_ else ""), 11)
    for finding in undated(report) if found else ():
        yield row(("unknown", "bold"), text(finding.title), 11)


def findings(report: Report) -> Blocks:
    numbers = view.links(report)
    for step in view.steps(report):
        guide = f"Guide {step.guide} · " if step.guide else ""
        yield heading(f"{guide}{step.title}")
        for finding in step.findings:
            yield _line(finding, report.window.at, numbers)
            for block in _details(finding, report):
                yield indented(block, 11)


def _line(finding: Finding, at: datetime, numbers: dict[Link, int]) -> RenderableType:
    """Outcome, title, value now, normal, since: columns that line up from row to row."""
    references = "".join(f" [{numbers[link]}]" for link in finding.links if link in numbers)
    title = text(finding.title, (references, "dim"))
    if not finding.outcome.conclusive:
        return row(outcome_text(finding.outcome), title, 10)
    grid = Table.grid(padding=(0, 1, 0, 0), expand=True)
    grid.add_column(width=10)
    grid.add_column(ratio=1, overflow="fold")
    grid.add_column(width=9, justify="right", overflow="fold")
    grid.add_column(width=18, overflow="fold")
    worst = finding.worst
    now = quantity(worst.value, finding.unit) if worst and worst.value is not None else ""
    columns = (title, text(now), text((_usual(worst, finding.unit, at), "dim")))
    grid.add_row(outcome_text(finding.outcome), *map(folded, columns))
    return Constrain(grid, _TABLE_WIDTH)


def _usual(item: Item | None, unit: str, at: datetime) -> str:
    if item is None:
        return ""
    if item.outcome.firing and item.since:
        return f"since {time_format.since(item.since, at)}"
    return f"normal {quantity(item.normal, unit)}" if item.normal is not None else ""


def _details(finding: Finding, report: Report) -> Iterator[Text]:
    if not finding.outcome.conclusive:
        if finding.check not in {gap.check for gap in report.gaps}:  # those are said above
            yield text(finding.reason)
    elif finding.summary:
        yield text(finding.summary)
    several = len(finding.items) > 1
    shown = [each for each in finding.items if each.outcome.firing or each.note or each.past]
    shown = shown[:_SHOWN]
    for item in shown:
        if several or item.note or item.examples or item.past:
            yield from _item(item, finding, report.window.at)
    if len(finding.items) > len(shown) and several:
        yield text((f"and {len(finding.items) - len(shown)} more", "dim"))
    for note in finding.notes:
        yield text((note, "dim"))


def _item(item: Item, finding: Finding, at: datetime) -> Iterator[Text]:
    subject = about(item, several=len(finding.items) > 1)
    yield text((f"{subject}: " if subject else "", "dim"), facts(item, finding.unit, at))
    if item.note:
        yield text((quoted(item.note), "dim"))
    if item.examples:
        yield text(("e.g. ", "dim"), ", ".join(item.examples))


def links(report: Report) -> Blocks:
    """Pages that open at exactly this window, numbered as in the table."""
    numbers = view.links(report)
    if numbers:
        yield heading("Pages at exactly this window")
    for finding in view.findings(report):
        for link in finding.links:
            if link in numbers:
                yield row((f"[{numbers[link]}]", "dim"), text(f"{finding.title}: {link.title}"), 4)
                yield indented(linked(link), 5)
