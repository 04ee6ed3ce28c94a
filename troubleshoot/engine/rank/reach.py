"""How far the gaps of a run could lift its causes: what was not looked at is no proof."""

from collections.abc import Collection, Iterable, Mapping

from troubleshoot.engine.rank.candidates import MOST, everyone
from troubleshoot.engine.rank.conclusion import missed
from troubleshoot.engine.rank.evidence import Matcher
from troubleshoot.engine.rank.ranking import arguments, assumed, verdict
from troubleshoot.model.diagnosis import Argument, Bearing, Verdict
from troubleshoot.model.finding import Finding
from troubleshoot.model.messages import Family
from troubleshoot.model.playbook import DiagnosisRule


def within_reach(
    rules: Collection[DiagnosisRule],
    symptoms: Collection[str],
    findings: Mapping[str, Finding],
    families: Iterable[Family],
    without: Collection[str] = (),
) -> frozenset[Verdict]:
    """The verdict of each cause on which a gap bears, if every gap spoke for it.

    A symptom that was not looked at may be there: then any cause may have something to explain.
    A check of ``without``, whose store the environment does without, is a gap of those causes
    only for which something speaks: of the others it would be one for ever.
    """
    gaps = {one.check for one in missed(findings.values(), without)}
    shown = [findings[one].outcome for one in symptoms if one in findings and one not in without]
    symptom = any(one.firing or not one.conclusive for one in shown)
    hidden = not gaps.isdisjoint(symptoms)
    matcher = Matcher({one.name: one for one in families})
    found: set[Verdict] = set()
    for rule in rules:
        checks = {one.check for one in (*rule.for_, *rule.against)}
        if not hidden and checks.isdisjoint(gaps | {*without}):
            continue
        every = everyone(rule, findings)
        for about in every[:MOST]:
            pro, contra = arguments(about, findings, matcher, symptom=symptom)
            dark = gaps | {*without} if _spoken_for(pro) else gaps
            if hidden or not checks.isdisjoint(dark):
                best = assumed(pro, Bearing.HOLDS, dark), assumed(contra, Bearing.ABSENT, dark)
                found.add(verdict(*best))
        if len(every) > MOST:  # too many to look at each: none of them is cleared
            found.add(Verdict.CONFIRMED)
    return frozenset(found)


def _spoken_for(pro: tuple[Argument, ...]) -> bool:
    """What was done to the system is no trouble by itself."""
    return any(one.bearing is Bearing.HOLDS and not (one.item and one.item.changed) for one in pro)
