"""What the evidence about a cause turned out to be."""

from collections.abc import Iterable

from troubleshoot.engine.rank.balance import Balance
from troubleshoot.engine.rank.candidates import Candidate
from troubleshoot.engine.rank.case import Case
from troubleshoot.engine.rank.rows import missing_label, of_subject, unmeasured
from troubleshoot.model.diagnosis import Argument, Bearing, Strength
from troubleshoot.model.finding import Item, Outcome
from troubleshoot.model.playbook import EvidenceRule, Observation


def weighed(case: Case, about: Candidate, *, symptom: bool) -> Balance:
    """What works is evidence by elimination, and only where there is a symptom to explain."""
    rule = about.rule
    fitting = tuple(one for one in rule.for_ if symptom or one.when != "ok")

    def made(one: EvidenceRule) -> Argument:
        return _argument(case, one, about)

    return Balance(tuple(map(made, fitting)), tuple(map(made, rule.against)))


def doubts(
    case: Case, observations: Iterable[Observation], about: Candidate
) -> tuple[str, ...] | None:
    """The checks that could not tell whether any one of these is so; None where none is."""
    seen = [(case.findings[one.check].title, bearing(case, one, about)[0]) for one in observations]
    if not seen or any(turned_out is Bearing.HOLDS for _, turned_out in seen):
        return ()
    unknown = (title for title, turned_out in seen if turned_out is Bearing.UNKNOWN)
    return tuple(dict.fromkeys(unknown)) or None


def bearing(case: Case, rule: Observation, about: Candidate) -> tuple[Bearing, Item | None]:
    """What an observation turned out to be, and the row that says so."""
    finding = case.findings[rule.check]
    if not finding.outcome.conclusive or missing_label(rule.where, finding):
        return Bearing.UNKNOWN, None
    narrowed = bool(rule.where.asked)
    chosen = case.matcher.chosen(rule.where, finding.items, about)
    shown = chosen[0] if chosen else (None if narrowed else finding.worst)
    if rule.when == "ok":
        firing = any(item.outcome.firing for item in chosen)
        if narrowed and unmeasured(chosen, finding):
            return Bearing.UNKNOWN, None
        calm = not firing if narrowed else finding.outcome is Outcome.OK
        return (Bearing.HOLDS if calm else Bearing.ABSENT), shown
    wanted = (Outcome.CRITICAL,) if rule.when == "critical" else (Outcome.CRITICAL, Outcome.WARNING)
    hit = next((item for item in chosen if item.outcome in wanted), None)
    return (Bearing.HOLDS, hit) if hit else (Bearing.ABSENT, shown)


def _argument(case: Case, rule: EvidenceRule, about: Candidate) -> Argument:
    finding = case.findings[rule.check]
    turned_out, item = bearing(case, rule, about)
    # where being fine counts, it counts only of those whom the check has looked at
    calm = {one.check for one in (*about.rule.for_, *about.rule.against) if one.when == "ok"}
    if rule.check in calm and about.subject and unmeasured(of_subject(about, finding), finding):
        turned_out, item = Bearing.UNKNOWN, None
    summary = finding.summary
    if turned_out is Bearing.UNKNOWN and finding.outcome.conclusive:
        summary = f"not measured for {about.subject}" if about.subject else "not measured"
        if label := missing_label(rule.where, finding):
            summary = f"no row has the label {label!r}"
    return Argument(
        rule.check, finding.title, Strength[rule.strength.upper()], turned_out, finding.evidence,
        finding.outcome, rule.because, summary, item, finding.unit, finding.rule,
    )  # fmt: skip
