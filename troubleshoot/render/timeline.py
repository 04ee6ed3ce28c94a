"""What moved first, so that a cause stands before its consequences."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from troubleshoot.model.finding import Episode, Finding, Item
from troubleshoot.model.report import Report
from troubleshoot.render import time_format, view
from troubleshoot.render.units import quantity


@dataclass(frozen=True, slots=True)
class Move:
    """Something that left its normal range, and when; ``past`` where it came back.

    ``others`` of its check moved as well.
    """

    since: datetime
    finding: Finding
    item: Item
    past: Episode | None = None
    others: int = 0

    def began(self, at: datetime) -> str:
        """``15:05–15:11``."""
        return time_format.began(None if self.past else self.item.not_before, self.since, at)

    def value(self) -> float | None:
        """Now, or at its worst where it is over."""
        return self.past.worst if self.past else self.item.value

    def amount(self) -> str:
        """The value in words; what was changed has none."""
        value = self.value()
        return "" if value is None else quantity(value, self.finding.unit)

    def about(self) -> tuple[str, str]:
        """What is told once: a check; of changes, each service that was changed."""
        return self.finding.check, self.item.service if self.item.changed else ""


def moves(report: Report) -> tuple[Move, ...]:
    """Everything that moved, first mover first; also what came back within the lookback."""
    found = [move for finding in view.findings(report) for move in _moves(finding)]
    return tuple(sorted(found, key=lambda move: move.since))


def _moves(finding: Finding) -> Iterator[Move]:
    for item in finding.items:
        if item.since is not None:
            yield Move(item.since, finding, item)
        elif item.past and item.past.since:
            yield Move(item.past.since, finding, item, item.past)


def undated(report: Report) -> tuple[Finding, ...]:
    """What is wrong and nobody can say since when; last in every timeline."""
    return tuple(
        finding
        for finding in view.findings(report)
        if finding.outcome.firing and not any(item.since for item in finding.items)
    )


def first_moves(report: Report) -> tuple[Move, ...]:
    """The earliest of each check; checks that judge the same answer twice count once."""
    firsts: dict[tuple[str, str], Move] = {}
    for move in moves(report):
        first = firsts.setdefault(move.about(), move)
        if first is not move:
            firsts[move.about()] = replace(first, others=first.others + 1)
    once: dict[object, Move] = {}
    for move in firsts.values():
        asked = tuple(query.text for query in move.finding.queries) or move.finding.check
        changed = move.item.subject if move.item.changed else ""
        once.setdefault((asked, move.since, move.item.value, changed), move)
    return tuple(once.values())
