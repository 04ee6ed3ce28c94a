"""Likely is only who stands above the others."""

from dataclasses import replace

import pytest

from troubleshoot.engine.rank.rivals import told_apart
from troubleshoot.model.diagnosis import Diagnosis, Verdict

LIKELY, POSSIBLE, CONFIRMED = Verdict.LIKELY, Verdict.POSSIBLE, Verdict.CONFIRMED


def cause(
    name: str, verdict: Verdict = LIKELY, score: int = 4, share: float | None = None, **more: str
) -> Diagnosis:
    """One of a rule about any service."""
    found = Diagnosis(f"slow:{name}", f"{name} is slow", name, verdict, score, 0.5, (), (), "")
    return replace(found, subject=name, share=share, **more)  # type: ignore[arg-type]


def verdicts(*causes: Diagnosis) -> dict[str, Verdict]:
    return {one.id: one.verdict for one in told_apart(causes)}


@pytest.mark.parametrize(
    ("first", "second", "wanted"),
    [
        # equal sums, nobody knows what either explains
        (cause("a"), cause("b"), (POSSIBLE, POSSIBLE)),
        (cause("a", share=0.6), cause("b", share=0.5), (POSSIBLE, POSSIBLE)),
        # equal sums, and one explains twice as much
        (cause("a", share=0.8), cause("b", share=0.3), (LIKELY, POSSIBLE)),
        # the higher sum of two
        (cause("a", score=6), cause("b"), (LIKELY, POSSIBLE)),
        # what is confirmed is not contested by what is likely
        (cause("a", CONFIRMED, 8), cause("b"), (CONFIRMED, POSSIBLE)),
        (cause("a", CONFIRMED, 8), cause("b", CONFIRMED, 8), (CONFIRMED, CONFIRMED)),
        # a consequence contests nothing
        (cause("a"), cause("b", consequence_of="slow:a"), (LIKELY, LIKELY)),
        (cause("a"), cause("b", POSSIBLE), (LIKELY, POSSIBLE)),
    ],
)
def test_of_two_causes_the_one_above_is_likely_and_of_equals_neither(
    first: Diagnosis, second: Diagnosis, wanted: tuple[Verdict, Verdict]
) -> None:
    assert tuple(verdicts(first, second).values()) == wanted


def test_each_of_two_that_nothing_tells_apart_names_the_other() -> None:
    found = told_apart((cause("a"), cause("b")))
    assert [one.rivals for one in found] == [("slow:b",), ("slow:a",)]


def test_two_causes_of_one_service_do_not_contest_each_other() -> None:
    fails = replace(cause("a"), id="failing:a")
    assert verdicts(cause("a"), fails) == {"slow:a": LIKELY, "failing:a": LIKELY}


def test_where_rules_name_their_causes_a_lower_sum_may_be_likely_too() -> None:
    """Two faults at once: each has evidence of its own, written for it."""
    rules = (replace(cause("a", score=7), subject=""), replace(cause("b"), subject=""))
    assert verdicts(*rules) == {"slow:a": LIKELY, "slow:b": LIKELY}
