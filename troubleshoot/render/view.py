"""Selections from a report that several formats print."""

import shlex
from dataclasses import dataclass

from troubleshoot.model.diagnosis import Argument, Bearing, Diagnosis, Verdict, leading
from troubleshoot.model.finding import Evidence, Finding, Item, Link, Outcome
from troubleshoot.model.notice import Notice
from troubleshoot.model.report import Action, FollowUp, Report
from troubleshoot.render.gaps import brief

_MANY = 2  # titles; more are counted
_LEADERS = 3  # causes on the first screen
_NOTHING_TO_SEE = (Outcome.OK, Outcome.ERROR, Outcome.SKIPPED)


@dataclass(frozen=True, slots=True)
class StepView:
    """The findings of one step of the guide, in the order of the playbook."""

    title: str
    guide: str
    findings: tuple[Finding, ...]


def held(report: Report) -> tuple[Diagnosis, ...]:
    return tuple(each for each in report.diagnoses if each.verdict.stands)


def leaders(report: Report) -> tuple[Diagnosis, ...]:
    """The causes that the first screen names; of many the first."""
    return leading(report.diagnoses)[:_LEADERS]


def first_actions(report: Report) -> tuple[Action, ...]:
    """The first thing to do about each of the leading causes, once."""
    firsts = (
        next((each for each in report.actions if cause.id in each.helps), None)
        for cause in leaders(report)
    )
    found = tuple(dict.fromkeys(each for each in firsts if each))
    return found or report.actions[:1]


def consequences(report: Report, cause: Diagnosis) -> tuple[Diagnosis, ...]:
    """Whose trouble this cause explains."""
    return tuple(each for each in held(report) if each.consequence_of == cause.id)


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


def last_over(finding: Finding) -> Item | None:
    """Of a finding that is fine, the row with the trouble that was over last."""
    past = [(item.past.until, item) for item in finding.items if item.past]
    if not past or finding.outcome is not Outcome.OK:
        return None
    return max(past, key=lambda pair: pair[0])[1]


def told(report: Report) -> tuple[int, int]:
    """How many checks could tell, out of how many that this environment can make."""
    every = findings(report)
    apart = sum(len(each.checks) for each in report.not_made)
    return sum(each.outcome.conclusive for each in every), len(every) - apart


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
    """The symptom's, and the best of each other kind of signal that speaks for the leading causes.

    With the title of the check each belongs to.
    """
    symptom = (report.symptom,) if report.symptom and report.symptom.outcome.conclusive else ()
    seen = (
        finding_of(report, argument.check)
        for cause in leaders(report)
        for argument in cause.arguments_for
        if argument.bearing is Bearing.HOLDS
    )
    best: dict[Evidence, Finding] = {}
    for finding in (*symptom, *seen):
        if finding and finding.links:
            best.setdefault(finding.evidence, finding)
    return {link: finding.title for finding in best.values() for link in finding.links}


def notices(report: Report) -> tuple[Notice, ...]:
    """Each once, though it may be about several checks."""
    return tuple({str(each): each for each in report.notices}.values())


def follow_ups(report: Report) -> tuple[FollowUp, ...]:
    """Those that would have prevented a diagnosis that holds."""
    holding = {each.id for each in held(report)}
    return tuple(each for each in report.follow_ups if holding & set(each.prevents))


def from_alert(report: Report) -> str:
    """``namespace shop-eu (from the alert)``; empty where no parameter was taken from one."""
    found = [f"{name} {value}" for name, value, source in report.parameters if source == "alert"]
    return f"{', '.join(found)} (from the alert)" if found else ""


def title_of(report: Report, diagnosis: str) -> str:
    return next((each.title for each in report.diagnoses if each.id == diagnosis), diagnosis)


def titles_of(report: Report, diagnoses: tuple[str, ...]) -> str:
    return "; ".join(title_of(report, each) for each in diagnoses)


def changes(report: Report, diagnoses: tuple[str, ...]) -> str:
    """The titles of what could change; of many their number."""
    count, every = len(diagnoses), len(report.diagnoses)
    if count <= _MANY:
        return titles_of(report, diagnoses)
    return f"all {every} causes" if count == every else f"{count} of the {every} causes"


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
