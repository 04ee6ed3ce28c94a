"""Candidate causes, ranked by sums that a person can redo."""

from troubleshoot.engine.rank.balance import kinds
from troubleshoot.engine.rank.candidates import candidates
from troubleshoot.engine.rank.case import Case
from troubleshoot.engine.rank.downstream import linked
from troubleshoot.engine.rank.evidence import weighed
from troubleshoot.model.diagnosis import Diagnosis, Verdict

ORDER = tuple(Verdict)  # best first


def rank(case: Case, *, symptom: bool) -> tuple[Diagnosis, ...]:
    """``symptom``: without one there is nothing to explain, and no cause is more than possible."""
    every = (one for rule in case.rules for one in candidates(rule, case.findings))
    found = (weighed(case, one, symptom=symptom).diagnosis(one, symptom=symptom) for one in every)

    def key(one: Diagnosis) -> tuple[int, int, int, float, str]:
        since = one.since.timestamp() if one.since else float("inf")
        return (ORDER.index(one.verdict), -one.score, -kinds(one.arguments_for), since, one.id)

    return linked(tuple(sorted(found, key=key)))
