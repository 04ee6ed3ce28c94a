"""How far the gaps of a run could lift its causes: what was not looked at is no proof."""

from collections.abc import Collection, Iterable, Mapping

from troubleshoot.engine.candidates import MOST, everyone
from troubleshoot.engine.conclude import missed
from troubleshoot.engine.evidence import Matcher
from troubleshoot.engine.rank import arguments, assumed, verdict
from troubleshoot.model.diagnosis import Bearing, Verdict
from troubleshoot.model.finding import Finding
from troubleshoot.model.messages import Family
from troubleshoot.model.playbook import DiagnosisRule


def within_reach(
    rules: Collection[DiagnosisRule],
    symptoms: Collection[str],
    findings: Mapping[str, Finding],
    families: Iterable[Family],
) -> frozenset[Verdict]:
    """The verdict of each cause on which a gap bears, if every gap spoke for it.

    A symptom that was not looked at may be there: then any cause may have something to explain.
    """
    gaps = {one.check for one in missed(findings.values())}
    shown = [findings[name].outcome for name in symptoms if name in findings]
    symptom = any(one.firing or not one.told for one in shown)
    hidden = not gaps.isdisjoint(symptoms)
    matcher = Matcher({one.name: one for one in families})
    found: set[Verdict] = set()
    for rule in rules:
        if hidden or not gaps.isdisjoint(one.check for one in (*rule.for_, *rule.against)):
            every = everyone(rule, findings)
            for about in every[:MOST]:
                pro, contra = arguments(about, findings, matcher, symptom=symptom)
                best = assumed(pro, Bearing.HOLDS, gaps), assumed(contra, Bearing.ABSENT, gaps)
                found.add(verdict(*best))
            if len(every) > MOST:  # too many to look at each: none of them is cleared
                found.add(Verdict.CONFIRMED)
    return frozenset(found)
