"""From findings and diagnoses to the verdict on the run and its exit code."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC

from troubleshoot.engine.rank.case import Case
from troubleshoot.engine.rank.gaps import missed, untold
from troubleshoot.engine.rank.not_made import words
from troubleshoot.model.diagnosis import Diagnosis, Verdict, leading
from troubleshoot.model.exits import Exit
from troubleshoot.model.fail_on import reaches
from troubleshoot.model.finding import Finding, Outcome
from troubleshoot.model.report import Conclusion, Verification

_NAMED = 3  # causes in a headline; more are counted


@dataclass(frozen=True, slots=True)
class Verdicts:
    """The verdict on a run, and the causes or the recoveries that it rests on."""

    conclusion: Conclusion
    complete: bool
    headline: str
    exit_code: Exit
    diagnoses: tuple[Diagnosis, ...] = ()
    verifications: tuple[Verification, ...] = ()


def conclude(
    symptom: Finding,
    case: Case,
    diagnoses: tuple[Diagnosis, ...],
    fail_on: str,
    reach: Collection[Verdict],
) -> Verdicts:
    """``reach``: the verdicts that gaps could still bring, from ``within_reach``.

    Neither ``clear`` nor exit code 0 while a gap could hide what ``fail_on`` asks for.
    """
    findings, dark, lost = tuple(case.findings.values()), untold(case), missed(case)
    found = [one for one in diagnoses if one.verdict.serious]
    broken = any(one.outcome is Outcome.ERROR for one in lost)
    blocked = Exit.BACKEND if broken else Exit.INCONCLUSIVE
    hidden = _could_hide(findings, lost) or _could_reach(fail_on, lost, reach)
    if found:
        conclusion = Conclusion.DIAGNOSED
        code = blocked if hidden and fail_on != "never" else Exit.CLEAR
    elif not symptom.outcome.conclusive:
        failed = symptom.outcome is Outcome.ERROR
        conclusion = Conclusion.FAILED if failed else Conclusion.INCONCLUSIVE
        code = blocked
    elif symptom.outcome.firing or hidden or any(one.serious for one in reach):
        conclusion, code = Conclusion.INCONCLUSIVE, blocked
    else:
        conclusion, code = Conclusion.CLEAR, Exit.CLEAR
    if reached(fail_on, findings, diagnoses):
        code = Exit.FOUND
    headline = _headline(conclusion, symptom, found, dark)
    if not found and (tied := _tied(diagnoses)):
        headline = tied
    if not found and (lacking := words(case.without)):
        headline += f"; {lacking}"
    return Verdicts(conclusion, not dark, headline, code, diagnoses)


def reached(fail_on: str, findings: tuple[Finding, ...], diagnoses: tuple[Diagnosis, ...]) -> bool:
    bad = any(reaches(fail_on, one.outcome) for one in findings)
    return bad or any(reaches(fail_on, one.verdict) for one in diagnoses)


def _could_reach(fail_on: str, lost: tuple[Finding, ...], reach: Collection[Verdict]) -> bool:
    """Whether a gap, had it been answered, could be at ``fail_on`` or lift a cause to it."""
    itself = bool(lost) and reaches(fail_on, Outcome.CRITICAL)
    return itself or any(reaches(fail_on, one) for one in reach)


def _could_hide(findings: tuple[Finding, ...], lost: tuple[Finding, ...]) -> bool:
    """A backend that failed, or a whole kind of signal that is missing, could hide anything.

    What one check answers also decides how the rows of others are read.
    """
    if any(one.outcome in (Outcome.ERROR, Outcome.PARTIAL) for one in lost):
        return True
    seen = {one.evidence for one in findings if one.outcome.conclusive}
    return any(one.evidence not in seen for one in lost)


def _headline(
    conclusion: Conclusion, symptom: Finding, found: list[Diagnosis], dark: tuple[Finding, ...]
) -> str:
    if found:
        return _causes(found)
    if not symptom.outcome.conclusive and symptom not in dark:
        return f"No verdict: {symptom.title} cannot be looked at"
    many = f"{len(dark)} checks" if len(dark) > 1 else "1 check"
    missing = f"{many} could not tell"
    if conclusion is Conclusion.CLEAR:
        return f"{symptom.title}: nothing wrong" + (f"; {missing}" if dark else "")
    if conclusion is Conclusion.FAILED:
        return f"No verdict: {symptom.title} could not be looked at"
    if symptom.outcome.firing:
        return f"{symptom.title}: no cause found" + (f"; {missing}" if dark else "")
    return f"No verdict: {missing}, and they could change the answer"


def _tied(diagnoses: tuple[Diagnosis, ...]) -> str:
    """``one of these two: a is slow or b fails; nothing here tells which``, or ''."""
    first = diagnoses[0] if diagnoses else None
    if first is None or not first.rivals:
        return ""
    equals = [one for one in diagnoses if one.id in first.rivals]
    names = [one.title for one in (first, *equals)]
    many = "one of these two" if len(names) == 2 else f"one of these {len(names)}"
    return f"{many}: {_listed(names, 'or')}; nothing here tells which"


def _causes(found: list[Diagnosis]) -> str:
    """Every cause that is confirmed and no consequence of another; of others the first."""
    leaders = leading(tuple(found))
    if len(leaders) > 1:
        return f"{len(leaders)} causes are confirmed: {_listed([_dated(one) for one in leaders])}"
    first = leaders[0]
    tied = [one for one in found if one.score == first.score and not one.consequence_of]
    rest = len([one for one in tied if one is not first])
    also = f" (and {rest} as likely)" if rest else ""
    return f"{first.title}: {first.verdict.value}{also}"


def _dated(cause: Diagnosis) -> str:
    since = f" (since {cause.since.astimezone(UTC):%H:%M} UTC)" if cause.since else ""
    return f"{cause.title}{since}"


def _listed(names: list[str], word: str = "and") -> str:
    """``a, b and c``; of many the first, and how many more."""
    rest = len(names) - _NAMED
    shown = [*names[:_NAMED], f"{rest} more"] if rest > 0 else names
    return f"{', '.join(shown[:-1])} {word} {shown[-1]}"
