"""Candidate causes, ranked by sums that a person can redo."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from troubleshoot.engine.rank.candidates import Candidate, candidates
from troubleshoot.engine.rank.downstream import linked
from troubleshoot.engine.rank.evidence import Matcher
from troubleshoot.engine.rank.score import CONFIRMED_FROM, KINDS, LIKELY_FROM, confidence, formula
from troubleshoot.model.diagnosis import Argument, Bearing, Diagnosis, Strength, Verdict
from troubleshoot.model.finding import Evidence, Finding, Item, Outcome
from troubleshoot.model.messages import Family
from troubleshoot.model.playbook import DiagnosisRule, EvidenceRule, Observation
from troubleshoot.model.where import Where

ORDER = tuple(Verdict)  # best first


def rank(
    rules: tuple[DiagnosisRule, ...],
    findings: Mapping[str, Finding],
    families: Iterable[Family],
    *,
    symptom: bool,
) -> tuple[Diagnosis, ...]:
    """``symptom``: without one there is nothing to explain, and no cause is more than possible."""
    matcher = Matcher({one.name: one for one in families})
    every = (one for rule in rules for one in candidates(rule, findings))
    found = [_diagnosis(one, findings, matcher, symptom=symptom) for one in every]

    def key(one: Diagnosis) -> tuple[int, int, int, float, str]:
        since = one.since.timestamp() if one.since else float("inf")
        kinds = len(_kinds(one.arguments_for))
        return (ORDER.index(one.verdict), -one.score, -kinds, since, one.id)

    return linked(tuple(sorted(found, key=key)))


def verdict(
    arguments_for: tuple[Argument, ...], arguments_against: tuple[Argument, ...]
) -> Verdict:
    """From the arguments as they turned out.

    ``confirmed``: at least one decisive piece's worth, from two kinds of signal, nothing strong
    against. ``ruled_out``: something strong against that outweighs all that is for; or everything
    could be looked at and nothing was there. ``undetermined``: nothing was there, but not
    everything could be looked at; or too little was there, and the first piece, which says what
    the cause is, could not be looked at. So too, however much was there, where the check that
    says what the cause is and would rule it out measures others, but not whom the cause is about.
    """
    score = _score(arguments_for, arguments_against)
    refuted = any(one.strength >= Strength.STRONG for one in _holding(arguments_against))
    first = next((one.check for one in arguments_for[:1] if one.unmeasured), "")
    if score > 0 and any(one.unmeasured and one.check == first for one in arguments_against):
        return Verdict.UNDETERMINED
    if score >= CONFIRMED_FROM and len(_kinds(arguments_for)) >= KINDS and not refuted:
        return Verdict.CONFIRMED
    if score >= LIKELY_FROM:
        return Verdict.LIKELY
    if score > 0:
        dark = arguments_for[0].bearing is Bearing.UNKNOWN
        return Verdict.UNDETERMINED if dark else Verdict.POSSIBLE
    if refuted or not any(one.bearing is Bearing.UNKNOWN for one in arguments_for):
        return Verdict.RULED_OUT
    return Verdict.UNDETERMINED


def arguments(
    about: Candidate, findings: Mapping[str, Finding], matcher: Matcher, *, symptom: bool
) -> tuple[tuple[Argument, ...], tuple[Argument, ...]]:
    """What speaks for the cause, and what against it, as it turned out."""
    # what works is evidence by elimination, and only where there is something to explain
    rule = about.rule
    fitting = tuple(one for one in rule.for_ if symptom or one.when != "ok")
    # where being fine counts, it counts only of those whom the check has looked at
    calm = {one.check for one in (*rule.for_, *rule.against) if one.when == "ok"}

    def made(one: EvidenceRule) -> Argument:
        finding = findings[one.check]
        if one.check in calm and about.subject and _unmeasured(_rows(about, finding), finding):
            return _argument(one, finding, Bearing.UNKNOWN, None, about)
        return _argument(one, finding, *bearing(one, finding, matcher, about), about)

    return tuple(map(made, fitting)), tuple(map(made, rule.against))


def assumed(
    arguments: tuple[Argument, ...], bearing: Bearing, checks: Collection[str] | None = None
) -> tuple[Argument, ...]:
    """What could not be looked at, of ``checks`` or of all, turned out as ``bearing``."""
    return tuple(
        replace(one, bearing=bearing)
        if one.bearing is Bearing.UNKNOWN and (checks is None or one.check in checks)
        else one
        for one in arguments
    )


def _diagnosis(
    about: Candidate, findings: Mapping[str, Finding], matcher: Matcher, *, symptom: bool
) -> Diagnosis:
    rule = about.rule
    pro, contra = arguments(about, findings, matcher, symptom=symptom)
    score = _score(pro, contra)
    decided = verdict(pro, contra)
    if not symptom and decided in (Verdict.CONFIRMED, Verdict.LIKELY):
        decided = Verdict.POSSIBLE
    seen = [one.item for one in _holding(pro) if one.item and not one.item.changed]
    times = [item.since for item in seen if item.since]
    return Diagnosis(
        about.id, about.said(rule.title), about.said(rule.component), decided, score,
        confidence(score), pro, contra,
        explanation=_explanation(pro, contra, score, symptom),
        since=min(times, default=None),
        remedies=rule.remedies,
        prevented_by=rule.prevented_by,
        could_change=_could_change(pro, contra, verdict(pro, contra)),
        rule=rule.id,
        subject=about.subject,
    )  # fmt: skip


def _argument(
    rule: EvidenceRule, finding: Finding, turned_out: Bearing, item: Item | None, about: Candidate
) -> Argument:
    found = Argument(
        rule.check, finding.title, Strength[rule.strength.upper()], turned_out, finding.evidence,
        finding.outcome, rule.because, finding.summary, item, finding.unit, finding.rule,
    )  # fmt: skip
    words = f"not measured for {about.subject}" if about.subject else "not measured"
    if label := _missing_label(rule.where, finding):
        words = f"no row has the label {label!r}"
    return replace(found, summary=words) if found.unmeasured else found


def _missing_label(where: Where, finding: Finding) -> str:
    """A label that is asked for and that none of the rows has; '' where there are no rows."""
    there = {name for item in finding.items for name, _ in item.labels}
    asked = where.labels or {}
    return next((one for one in asked if finding.items and one not in there), "")


def _rows(about: Candidate, finding: Finding) -> list[Item]:
    """Those that are about the one in question."""
    each, subject = about.rule.each, about.subject
    return [one for one in finding.items if subject in (one.service, one.label(each))]


def _unmeasured(rows: Collection[Item], finding: Finding) -> bool:
    """Whether a metric tells of others, but nothing of these.

    Traces and logs are read for what stands out: who has no row there does not.
    """
    others = (
        finding.evidence is Evidence.METRIC and finding.outcome.conclusive and bool(finding.items)
    )
    return others and not any(one.outcome.conclusive for one in rows)


def bearing(
    rule: Observation, finding: Finding, matcher: Matcher, about: Candidate
) -> tuple[Bearing, Item | None]:
    """What an observation turned out to be, and the row that says so."""
    if not finding.outcome.conclusive:
        return Bearing.UNKNOWN, None
    if _missing_label(rule.where, finding):
        return Bearing.UNKNOWN, None
    narrowed = bool(rule.where.asked)
    chosen = matcher.chosen(rule.where, finding.items, about)
    shown = chosen[0] if chosen else (None if narrowed else finding.worst)
    if rule.when == "ok":
        firing = any(item.outcome.firing for item in chosen)
        if narrowed and _unmeasured(chosen, finding):
            return Bearing.UNKNOWN, None
        calm = not firing if narrowed else finding.outcome is Outcome.OK
        return (Bearing.HOLDS if calm else Bearing.ABSENT), shown
    wanted = (Outcome.CRITICAL,) if rule.when == "critical" else (Outcome.CRITICAL, Outcome.WARNING)
    hit = next((item for item in chosen if item.outcome in wanted), None)
    return (Bearing.HOLDS, hit) if hit else (Bearing.ABSENT, shown)


def _holding(arguments: tuple[Argument, ...]) -> tuple[Argument, ...]:
    return tuple(one for one in arguments if one.bearing is Bearing.HOLDS)


def _score(pro: tuple[Argument, ...], contra: tuple[Argument, ...]) -> int:
    return sum(one.strength for one in _holding(pro)) - sum(
        one.strength for one in _holding(contra)
    )


def _kinds(pro: tuple[Argument, ...]) -> set[str]:
    return {one.evidence.value for one in _holding(pro)}


def _could_change(
    pro: tuple[Argument, ...], contra: tuple[Argument, ...], now: Verdict
) -> tuple[str, ...]:
    """Checks that could not tell, where one side or the other of them would move the verdict."""
    best = verdict(assumed(pro, Bearing.HOLDS), assumed(contra, Bearing.ABSENT))
    worst = verdict(assumed(pro, Bearing.ABSENT), assumed(contra, Bearing.HOLDS))
    unknown = [one.check for one in (*pro, *contra) if one.bearing is Bearing.UNKNOWN]
    return tuple(dict.fromkeys(unknown)) if best is not now or worst is not now else ()


def _explanation(
    pro: tuple[Argument, ...], contra: tuple[Argument, ...], score: int, symptom: bool
) -> str:
    plus = " + ".join(f"{int(one.strength)} {one.check}" for one in _holding(pro)) or "0"
    minus = "".join(f" - {int(one.strength)} {one.check}" for one in _holding(contra))
    text = f"{plus}{minus} = {score}"
    if score > 0:
        text += f"; confidence {formula(score)} = {confidence(score):.0%}"
    return text if symptom or score < LIKELY_FROM else f"{text}; no symptom: possible at most"
