"""How far the gaps of a run could lift its causes: what was not looked at is no proof."""

from troubleshoot.engine.rank.candidates import MOST, everyone
from troubleshoot.engine.rank.case import Case
from troubleshoot.engine.rank.evidence import weighed
from troubleshoot.engine.rank.gaps import missed
from troubleshoot.model.diagnosis import Verdict


def within_reach(case: Case) -> frozenset[Verdict]:
    """The verdict of each cause on which a gap bears, if every gap spoke for it.

    A symptom that was not looked at may be there: then any cause may have something to explain.
    A check whose store the environment does without is a gap of those causes only for which
    something speaks: of the others it would be one for ever. What no metric here measures is none:
    it says nothing of any cause, on good days and on bad ones.
    """
    stores = {check for check, lack in case.without.items() if not lack.meaning}
    gaps = {one.check for one in missed(case)}
    shown = [one for one in case.symptoms if one in case.findings and one not in case.without]
    outcomes = [case.findings[one].outcome for one in shown]
    symptom = any(one.firing or not one.conclusive for one in outcomes)
    hidden = not gaps.isdisjoint(case.symptoms)
    found: set[Verdict] = set()
    for rule in case.rules:
        checks = {one.check for one in (*rule.for_, *rule.against)}
        if not hidden and checks.isdisjoint(gaps | stores):
            continue
        every = everyone(rule, case.findings)
        for about in every[:MOST]:
            balance = weighed(case, about, symptom=symptom)
            dark = gaps | stores if balance.spoken_for else gaps
            if hidden or not checks.isdisjoint(dark):
                found.add(balance.at_best(dark).verdict)
        if len(every) > MOST:  # too many to look at each: none of them is cleared
            found.add(Verdict.CONFIRMED)
    return frozenset(found)
