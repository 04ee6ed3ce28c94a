"""Likely is only who stands above the others: of two that nothing tells apart, neither is."""

from collections.abc import Sequence
from dataclasses import replace

from troubleshoot.model.diagnosis import Diagnosis, Verdict

DOMINATES = 2.0  # times as much of the symptom: then what is left is the smaller part


def told_apart(ranked: Sequence[Diagnosis]) -> tuple[Diagnosis, ...]:
    """A likely cause that another one equals is possible, as that one is: each is its rival.

    So is one that stands below another, where a rule is about any service: a fault shows in many,
    and the best of them is meant. What is confirmed stays so: there may be two faults.
    """
    causes = [one for one in ranked if one.verdict.serious and not one.consequence_of]
    return tuple(_compared(one, causes) if one in causes else one for one in ranked)


def _compared(one: Diagnosis, causes: Sequence[Diagnosis]) -> Diagnosis:
    if one.verdict is not Verdict.LIKELY:
        return one
    others = [other for other in causes if other.whom != one.whom]
    rivals = [other for other in others if not _above(one, other) and not _above(other, one)]
    rivals = [other for other in rivals if other.verdict is Verdict.LIKELY]
    below = bool(one.subject) and any(_above(other, one) for other in others)
    if not rivals and not below:
        return one
    return replace(
        one, verdict=Verdict.POSSIBLE, rivals=() if below else tuple(each.id for each in rivals)
    )


def _above(one: Diagnosis, other: Diagnosis) -> bool:
    if one.verdict is not other.verdict:
        return one.verdict is Verdict.CONFIRMED
    if one.score != other.score:
        return one.score > other.score
    return one.share is not None and one.share >= DOMINATES * (other.share or 0.0) > 0.0
