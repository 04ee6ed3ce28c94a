"""Candidate causes, ranked by sums that a person can redo."""

from troubleshoot.engine.rank.balance import kinds
from troubleshoot.engine.rank.candidates import candidates
from troubleshoot.engine.rank.case import Case
from troubleshoot.engine.rank.downstream import linked
from troubleshoot.engine.rank.evidence import weighed
from troubleshoot.engine.rank.rivals import told_apart
from troubleshoot.model.diagnosis import Diagnosis, Verdict

ORDER = tuple(Verdict)  # best first


def rank(case: Case, *, symptom: bool) -> tuple[Diagnosis, ...]:
    """``symptom``: without one there is nothing to explain, and no cause is more than possible."""
    every = (one for rule in case.rules for one in candidates(rule, case.findings))
    found = (weighed(case, one, symptom=symptom).diagnosis(one, symptom=symptom) for one in every)

    return tuple(sorted(told_apart(linked(tuple(sorted(found, key=_place)))), key=_place))


def _place(one: Diagnosis) -> tuple[int, bool, int, float, float, int, float, str]:
    """Of equal sums whoever explains more comes first, then what more kinds of signal say.

    A consequence comes after the causes of its standing.
    """
    since = one.since.timestamp() if one.since else float("inf")
    many = kinds(one.arguments_for)
    place = (ORDER.index(one.verdict), bool(one.consequence_of))
    explains = (-(one.share or 0.0), -one.estimate)
    return (*place, -one.score, *explains, -many, since, one.id)
