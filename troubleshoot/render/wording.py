"""One wording for all formats: outcomes with a symbol and a word, evidence as one sentence."""

from datetime import datetime

from troubleshoot.model.diagnosis import Argument, Bearing, Diagnosis, Verdict
from troubleshoot.model.exits import EXIT_MEANING, Exit
from troubleshoot.model.finding import Finding, Item, Outcome
from troubleshoot.model.report import Conclusion, NotMade, Report, Verification
from troubleshoot.model.signal import Labels
from troubleshoot.model.store import Store
from troubleshoot.render import time_format, view
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

TEACH = "No metric here is known to tell of requests. This writes a vocabulary of yours to review:"
NOTICES = "Warnings about playbook, queries and configuration"


def not_made_words(report: Report, each: NotMade) -> str:
    """Once for a store, however many checks need it; once for all that no metric means."""
    count = len(each.checks)
    many = f"{count} checks" if count > 1 else "1 check"
    if each.meanings:
        return f"no metric here is known to mean {', '.join(each.meanings)}: {many} not made"
    product = Store.named(each.store).product
    return f"no {product} in environment {report.environment}: {many} not made"


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


def shortened(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def limit_words(item: Item) -> str:
    """``> 10 %``, or ``not > 10 %`` where it was not reached; what has to be one value says so."""
    if item.limit.startswith("= "):
        return f"must be {item.limit[2:]}"
    return f"not {item.limit}" if item.limit and item.outcome is Outcome.OK else item.limit


def about(item: Item, *, several: bool) -> str:
    """What a row is about: its subject, or its labels where several rows have none."""
    return item.subject or (label_text(item.labels) if several else "")


def over(item: Item, unit: str, at: datetime) -> str:
    """``was 42.3 % from 15:12, over since 15:20``; empty where nothing was."""
    if item.past is None:
        return ""
    began = f" from {time_format.since(item.past.since, at)}" if item.past.since else ""
    return (
        f"was {quantity(item.past.worst, unit)}{began}, "
        f"over since {time_format.since(item.past.until, at)}"
    )


def facts(item: Item | None, unit: str, at: datetime) -> str:
    """``42.3 % (> 10 %), normally 0.6 %, 70×, since 15:12``, as far as it is known."""
    if item is None or item.value is None:
        return ""
    limit = f" ({limit_words(item)})" if item.limit else ""
    parts = (
        f"{quantity(item.value, unit)}{limit}",
        against_normal(item.value, item.normal, unit),
        f"since {time_format.since(item.since, at)}" if item.since else "",
        over(item, unit, at),
    )
    return ", ".join(part for part in parts if part)


def finding_facts(finding: Finding, at: datetime) -> str:
    """The worst item in one sentence; without a value, the finding's own summary or reason.

    And what was wrong with another item, where that is over.
    """
    if not finding.outcome.conclusive:
        return finding.reason
    # the worst item of what is fine may be a large share of next to nothing
    fine = finding.summary if finding.outcome is Outcome.OK else ""
    known = fine or facts(finding.worst, finding.unit, at) or finding.summary or finding.rule
    last = view.last_over(finding)
    if last is None or last is finding.worst:
        return known
    return f"{known}; {about(last, several=True)} {over(last, finding.unit, at)}"


def argument_facts(argument: Argument, report: Report) -> str:
    """The value that counts; for what could not be looked at, the reason."""
    if argument.unmeasured:
        return argument.summary
    if argument.bearing is Bearing.UNKNOWN:
        reason = view.reason(report, argument.check)
        return f"could not check: {reason or outcome_word(argument.outcome).lower()}"
    known = facts(argument.item, argument.unit, report.window.at) or _when(argument.item, report)
    if argument.item is None and argument.outcome.firing:
        return "; ".join(part for part in ("nothing of this kind", argument.summary) if part)
    return known or argument.summary or argument.rule


def _when(item: Item | None, report: Report) -> str:
    """``at 15:12``: a change has no value, but a time."""
    return f"at {time_format.since(item.since, report.window.at)}" if item and item.since else ""


def confidence(diagnosis: Diagnosis) -> str:
    """Whole percent: the sum of a handful of strengths is no finer than that."""
    return quantity(round(diagnosis.confidence, 2), "ratio")


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


def argument_about(argument: Argument, report: Report) -> str:
    """What the row that counts is about; empty where the title says it."""
    if argument.item is None:
        return ""
    finding = view.finding_of(report, argument.check)
    return about(argument.item, several=finding is not None and len(finding.items) > 1)


def argument_title(argument: Argument, report: Report) -> str:
    subject = argument_about(argument, report)
    return f"{argument.title} · {subject}" if subject else argument.title


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
    rule = f"recovered when {each.rule}" if each.rule else ""
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
    if report.verifications and report.not_made and report.exit_code is Exit.CLEAR:
        return "recovered: every verification query that can be asked here holds"
    if report.verifications:
        return _VERIFIED.get(report.exit_code, meaning)
    if report.conclusion is not Conclusion.DIAGNOSED or report.exit_code is Exit.FOUND:
        return meaning
    if report.exit_code is Exit.CLEAR:
        return f"nothing reaches --fail-on {report.fail_on}"
    return f"a check that could not tell might reach --fail-on {report.fail_on}"
