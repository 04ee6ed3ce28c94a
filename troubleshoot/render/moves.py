"""What moved first, so that a cause stands before its consequences."""

from dataclasses import dataclass, replace
from datetime import datetime

from troubleshoot.model.finding import Finding, Item
from troubleshoot.model.report import Report
from troubleshoot.render import view


@dataclass(frozen=True, slots=True)
class Move:
    """Something that left its normal range, and when; ``others`` of its check moved as well."""

    since: datetime
    finding: Finding
    item: Item
    others: int = 0


def moves(report: Report) -> tuple[Move, ...]:
    """Everything that moved, first mover first."""
    found = [
        Move(item.since, finding, item)
        for finding in view.findings(report)
        for item in finding.items
        if item.since is not None
    ]
    return tuple(sorted(found, key=lambda move: move.since))


def first_moves(report: Report) -> tuple[Move, ...]:
    """The earliest of each check; checks that judge the same answer twice count once."""
    firsts: dict[str, Move] = {}
    for move in moves(report):
        first = firsts.setdefault(move.finding.check, move)
        if first is not move:
            firsts[move.finding.check] = replace(first, others=first.others + 1)
    once: dict[object, Move] = {}
    for move in firsts.values():
        asked = tuple(query.text for query in move.finding.queries) or move.finding.check
        once.setdefault((asked, move.since, move.item.value), move)
    return tuple(once.values())
