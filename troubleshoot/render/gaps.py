"""What could not be told: gaps by reason, a dead backend once and by its own address."""

import re
from dataclasses import dataclass

from troubleshoot.model.finding import Outcome
from troubleshoot.model.report import Gap, Report, StoreStatus


@dataclass(frozen=True, slots=True)
class Blind:
    """Checks that could not tell for the same reason, and the diagnoses they might overturn.

    ``store`` is the backend that answered nothing at all, or empty.
    """

    store: str
    outcome: Outcome
    reason: str
    hint: str
    titles: tuple[str, ...]
    could_change: tuple[str, ...]


def blind(report: Report) -> tuple[Blind, ...]:
    """The gaps by reason: a dead backend is said once, not once a check."""
    groups: dict[tuple[str, Outcome, str, str], list[Gap]] = {}
    for gap in report.gaps:
        key = (dead_store(report, gap.reason), gap.outcome, brief(report, gap.reason), gap.hint)
        groups.setdefault(key, []).append(gap)
    return tuple(
        Blind(
            *key,
            tuple(gap.title for gap in group),
            tuple(dict.fromkeys(each for gap in group for each in gap.could_change)),
        )
        for key, group in groups.items()
    )


def dead_store(report: Report, reason: str) -> str:
    """The dead backend that is the reason, or nothing."""
    said = brief(report, reason)
    return next((each.store for each in _dead(report) if brief(report, each.problem) == said), "")


def brief(report: Report, reason: str) -> str:
    """With a dead backend's own address in place of each page of it that was asked for."""
    for store in _dead(report):
        base = re.escape(store.url.rstrip("/"))
        # a comma may stand between indices; one that ends the address has a space behind it
        reason = re.sub(rf"({base})/(?:[^\s,;)]|,(?=\S))*", r"\1", reason)
    return reason


def _dead(report: Report) -> tuple[StoreStatus, ...]:
    """Backends that answered nothing."""
    return tuple(each for each in report.stores if each.problem and each.failed == each.requests)
