"""Selections from a report that several formats print."""

import re
import shlex
from dataclasses import dataclass, replace
from datetime import datetime

from troubleshoot.model.diagnosis import Argument, Bearing, Diagnosis, Verdict
from troubleshoot.model.finding import Finding, Item, Link, Outcome
from troubleshoot.model.report import FollowUp, Gap, Report, StoreStatus

_HELD = (Verdict.CONFIRMED, Verdict.LIKELY, Verdict.POSSIBLE)

_NOTHING_TO_SEE = (Outcome.OK, Outcome.ERROR, Outcome.SKIPPED)


@dataclass(frozen=True, slots=True)
class Blind:
    """Checks that could not tell for the same reason, and the diagnoses they might overturn.

    ``store`` is the backend that gave no answer at all, or empty.
    """

    store: str
    outcome: Outcome
    reason: str
    hint: str
    titles: tuple[str, ...]
    could_change: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StepView:
    """The findings of one step of the guide, in the order of the playbook."""

    title: str
    guide: str
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Move:
    """Something that left its normal range, and when."""

    since: datetime
    finding: Finding
    item: Item


def held(report: Report) -> tuple[Diagnosis, ...]:
    return tuple(each for each in report.diagnoses if each.verdict in _HELD)


def ruled_out(report: Report) -> tuple[Diagnosis, ...]:
    return tuple(each for each in report.diagnoses if each.verdict is Verdict.RULED_OUT)


def undetermined(report: Report) -> tuple[Diagnosis, ...]:
    return tuple(each for each in report.diagnoses if each.verdict is Verdict.UNDETERMINED)


def refutations(diagnosis: Diagnosis) -> tuple[Argument, ...]:
    """What speaks against it; without that, what was looked for and not there."""
    seen = tuple(a for a in diagnosis.arguments_against if a.bearing is Bearing.HOLDS)
    return seen or tuple(a for a in diagnosis.arguments_for if a.bearing is Bearing.ABSENT)


def findings(report: Report) -> tuple[Finding, ...]:
    """Every finding once, by check; the symptom first where no step holds it."""
    symptom = (report.symptom,) if report.symptom else ()
    verified = tuple(each.finding for each in report.verifications)
    known = {each.check for each in report.findings}
    extra = {each.check: each for each in (*symptom, *verified) if each.check not in known}
    return (*extra.values(), *report.findings)


def steps(report: Report) -> tuple[StepView, ...]:
    groups: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings(report):
        groups.setdefault((finding.step_title, finding.guide), []).append(finding)
    return tuple(StepView(title, guide, tuple(each)) for (title, guide), each in groups.items())


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


def dead(report: Report) -> tuple[StoreStatus, ...]:
    """Backends that answered nothing."""
    return tuple(each for each in report.stores if each.problem and each.failed == each.requests)


def brief(report: Report, reason: str) -> str:
    """With the address of a dead backend in place of each address that was asked for."""
    for store in dead(report):
        base = store.url.rstrip("/")
        reason = re.sub(rf"{re.escape(base)}/[^\s,;)]*", lambda _, base=base: base, reason)
    return reason


def dead_store(report: Report, reason: str) -> str:
    """The dead backend that is the reason, or nothing."""
    said = brief(report, reason)
    return next((s.store for s in dead(report) if brief(report, s.problem) == said), "")


def told(report: Report) -> tuple[int, int]:
    """How many checks could tell, out of how many."""
    every = findings(report)
    return sum(each.outcome.told for each in every), len(every)


def links(report: Report) -> dict[Link, int]:
    """Links worth a look, from 1: of the symptom and of what is neither fine nor out of reach."""
    symptom = report.symptom.check if report.symptom else ""
    numbers: dict[Link, int] = {}
    for finding in findings(report):
        if finding.outcome not in _NOTHING_TO_SEE or finding.check == symptom:
            for link in finding.links:
                numbers.setdefault(link, len(numbers) + 1)
    return numbers


def pages_of(report: Report, check: str) -> tuple[int, ...]:
    """The numbers of a check's links."""
    numbers = links(report)
    found = finding_of(report, check)
    return tuple(numbers[link] for link in found.links if link in numbers) if found else ()


def key_pages(report: Report) -> dict[Link, str]:
    """Of the symptom and of what speaks for the first cause, with the title of the check."""
    symptom = (report.symptom,) if report.symptom and report.symptom.outcome.told else ()
    seen = (
        finding_of(report, argument.check)
        for cause in held(report)[:1]
        for argument in cause.arguments_for
        if argument.bearing is Bearing.HOLDS
    )
    pages: dict[Link, str] = {}
    for finding in (*symptom, *seen):
        for link in finding.links if finding else ():
            pages.setdefault(link, finding.title if finding else "")
    return pages


def timeline(report: Report) -> tuple[Move, ...]:
    """What moved, first mover first."""
    moves = [
        Move(item.since, finding, item)
        for finding in findings(report)
        for item in finding.items
        if item.since is not None
    ]
    return tuple(sorted(moves, key=lambda move: move.since))


def first_moves(report: Report) -> tuple[Move, ...]:
    """The earliest of each check; checks that judge the same values twice count once."""
    moves: dict[object, Move] = {}
    for move in timeline(report):
        queries = tuple(each.text for each in move.finding.queries)
        key = (queries, move.since, move.item.value) if queries else move.finding.check
        if move.finding.check in {known.finding.check for known in moves.values()}:
            known = 
        moves.setdefault(key, move)
    return tuple(moves.values())


def follow_ups(report: Report) -> tuple[FollowUp, ...]:
    """Those that would have prevented a diagnosis that holds."""
    holding = {each.id for each in held(report)}
    return tuple(each for each in report.follow_ups if holding & set(each.prevents))


def title_of(report: Report, diagnosis: str) -> str:
    return next((each.title for each in report.diagnoses if each.id == diagnosis), diagnosis)


def titles_of(report: Report, diagnoses: tuple[str, ...]) -> str:
    return "; ".join(title_of(report, each) for each in diagnoses)


def check_title(report: Report, check: str) -> str:
    found = finding_of(report, check)
    return found.title if found else check


def verify_command(report: Report) -> str:
    """The command that tells whether a fix worked."""
    words = ["troubleshoot", "verify", report.playbook]
    return shlex.join([*words, "--env", report.environment] if report.environment else words)


def reason(report: Report, check: str) -> str:
    """Why a check could not tell."""
    found = finding_of(report, check)
    return brief(report, found.reason) if found else ""


def finding_of(report: Report, check: str) -> Finding | None:
    return next((each for each in findings(report) if each.check == check), None)


def browsable(url: str) -> bool:
    """Whether a link may be made clickable: never ``javascript:`` and its like."""
    return url.startswith(("https://", "http://"))
