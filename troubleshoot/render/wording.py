"""One wording for all formats: outcomes with a symbol and a word, evidence as one sentence."""

import re
from datetime import datetime

from troubleshoot.model.diagnosis import Argument, Bearing, Verdict
from troubleshoot.model.finding import Finding, Item, Outcome
from troubleshoot.model.report import EXIT_MEANING, Conclusion, Exit, Report, Verification
from troubleshoot.model.signal import Labels
from troubleshoot.render import moments, view
from troubleshoot.render.units import against_normal, quantity

SYMBOL: dict[Outcome, str] = {
    Outcome.OK: "✓",
    Outcome.WARNING: "!",
    Outcome.CRITICAL: "✗",
    Outcome.NO_DATA: "?",
    Outcome.PARTIAL: "~",
    Outcome.ERROR: "E",
    Outcome.SKIPPED: "-",
}


# a comparison that is written without a unit; "> 3x", "> 10%" and "> 1s" have theirs
_BARE_LIMIT = re.compile(
    r"(>=|<=|>|<)\s*(-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?)(?=\s*(?:$|[,;)]|and\b))"
)


def outcome_word(outcome: Outcome) -> str:
    return outcome.value.replace("_", " ").upper()


def verdict_word(verdict: Verdict) -> str:
    return verdict.value.replace("_", " ").upper()


CONCLUSION: dict[Conclusion, str] = {
    Conclusion.DIAGNOSED: "DIAGNOSED",
    Conclusion.CLEAR: "CLEAR",
    Conclusion.INCONCLUSIVE: "INCONCLUSIVE",
    Conclusion.FAILED: "FAILED",
}


def answer_line(report: Report) -> str:
    """``DIAGNOSED: …``; the headline of a verification says all by itself."""
    if report.verifications:
        return report.headline
    return f"{CONCLUSION[report.conclusion]}: {report.headline}"


def label_text(labels: Labels) -> str:
    return ", ".join(f"{name}={value}" for name, value in labels)


def quoted(note: str, most: int = 300) -> str:
    """A backend's own words, in quotes; a page of stack trace must not push out the rest."""
    if len(note) <= most:
        return f"“{note}”"
    return f"“{note[:most]}…” and {len(note) - most:,} more characters"


def limit(rule: str, unit: str) -> str:
    """``limit > 10 %``: bare numbers get the unit; a rule that is a sentence stays one."""
    factors, times, rest = rule.rpartition("times normal")
    words = factors + times + _BARE_LIMIT.sub(lambda found: _in_unit(found, unit), rest)
    return f"limit {words}" if words[:1] in ("<", ">") else words


def _in_unit(found: re.Match[str], unit: str) -> str:
    return f"{found[1]} {quantity(float(found[2]), unit)}"


def facts(item: Item | None, unit: str, rule: str, at: datetime) -> str:
    """``42.3 %, limit > 10 %, normally 0.6 %, 70×, since 15:12 UTC``, as far as it is known."""
    if item is None:
        return limit(rule, unit)
    parts = (
        quantity(item.value, unit) if item.value is not None else "",
        limit(rule, unit),
        against_normal(item.value, item.normal, unit),
        f"since {moments.since(item.since, at)}" if item.since else "",
    )
    return ", ".join(part for part in parts if part)


def finding_facts(finding: Finding, at: datetime) -> str:
    """The worst item in one sentence; without a value, the finding's own summary or reason."""
    if not finding.outcome.told:
        return finding.reason
    if finding.worst is None or finding.worst.value is None:
        return finding.summary or limit(finding.rule, finding.unit)
    return facts(finding.worst, finding.unit, finding.rule, at)


def argument_facts(argument: Argument, report: Report) -> str:
    """The value that counts; for what could not be looked at, the reason."""
    if argument.bearing is Bearing.UNKNOWN:
        reason = view.reason(report, argument.check)
        return f"could not check: {reason or outcome_word(argument.outcome).lower()}"
    if argument.item is None or argument.item.value is None:
        return argument.summary or limit(argument.rule, argument.unit)
    return facts(argument.item, argument.unit, argument.rule, report.window.at)


def weight(argument: Argument, *, against: bool) -> str:
    """What it adds to the score: ``+4``, ``−2``, ``0``, or ``?`` for the unknown."""
    if argument.bearing is Bearing.UNKNOWN:
        return "?"
    if argument.bearing is Bearing.ABSENT:
        return "0"
    return f"{'−' if against else '+'}{argument.strength.value}"


def bearing_word(argument: Argument) -> str:
    return {
        Bearing.HOLDS: "seen",
        Bearing.ABSENT: "not seen",
        Bearing.UNKNOWN: "unknown",
    }[argument.bearing]


def argument_title(argument: Argument) -> str:
    labels = label_text(argument.item.labels) if argument.item else ""
    return f"{argument.title} · {labels}" if labels else argument.title


RECOVERED: dict[bool | None, tuple[str, str]] = {
    True: ("✓ recovered", "green"),
    False: ("✗ not yet", "bold red"),
    None: ("? cannot tell", "magenta"),
}


def verification_facts(each: Verification) -> str:
    """``0.4 % (0.3 % to 0.6 %), recovered when < 1 %``: now, least and most in the window."""
    item = each.finding.worst
    unit = each.finding.unit
    value = quantity(item.value, unit) if item and item.value is not None else ""
    if item and item.recent:
        value += f" ({quantity(item.recent[0], unit)} to {quantity(item.recent[1], unit)})"
    rule = f"recovered when {limit(each.rule, unit).removeprefix('limit ')}" if each.rule else ""
    hint = f"try: {each.finding.hint}" if each.recovered is None and each.finding.hint else ""
    return ", ".join(part for part in (value, rule, each.reason, hint) if part)


_VERIFIED = {
    Exit.CLEAR: "recovered: every verification query holds",
    Exit.FOUND: "not recovered",
    Exit.INCONCLUSIVE: "cannot tell whether it recovered",
}


def exit_meaning(report: Report) -> str:
    """What the exit code of this run means; ``verify`` has its own words for 0, 1 and 4."""
    meaning = EXIT_MEANING[report.exit_code]
    return _VERIFIED.get(report.exit_code, meaning) if report.verifications else meaning
