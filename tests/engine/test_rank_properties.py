"""What must not change a ranking: the order of rules and findings, the time, and names."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from tests.analysis.properties import OTHER_ORDER, QUICK, RANDOM, SAME_ORDER, Names, plain
from troubleshoot.engine.rank.case import Case
from troubleshoot.engine.rank.ranking import rank
from troubleshoot.model.diagnosis import Diagnosis
from troubleshoot.model.facts import MetricFacts
from troubleshoot.model.finding import Evidence, Finding, Item, Outcome
from troubleshoot.model.playbook import DiagnosisRule

ONSET = datetime(2025, 11, 7, 15, 10, tzinfo=UTC)
KINDS = {"errors": Evidence.METRIC, "traces": Evidence.TRACE, "logs": Evidence.LOG}


def rule(name: str, for_: dict[str, str], against: dict[str, str]) -> DiagnosisRule:
    def pieces(strengths: dict[str, str]) -> list[dict[str, object]]:
        return [
            {"check": check, "where": {"service": "<service>"}, "strength": strength}
            for check, strength in strengths.items()
        ]

    raw = {"id": name, "each": "service", "title": f"<service> {name}", "component": "<service>"}
    return DiagnosisRule.model_validate(raw | {"for": pieces(for_), "against": pieces(against)})


RULES = (
    rule("failing", {"errors": "strong", "traces": "strong"}, {}),
    rule("slow", {"traces": "moderate", "logs": "weak"}, {"errors": "strong"}),
    rule("odd", {"logs": "decisive"}, {"traces": "weak"}),
)
_SERVICE = st.sampled_from(("alpha", "bravo", "charlie", "delta"))
_OUTCOME = st.sampled_from((Outcome.CRITICAL, Outcome.WARNING, Outcome.OK))
_ROWS = st.dictionaries(_SERVICE, st.tuples(_OUTCOME, st.integers(0, 3)), max_size=4)


def _finding(check: str, rows: Mapping[str, tuple[Outcome, int]], *, dark: bool) -> Finding:
    items = tuple(
        Item((), outcome, 0.5, since=ONSET + timedelta(minutes=minute), facts=MetricFacts(name))
        for name, (outcome, minute) in rows.items()
    )
    worst = next(
        (
            one
            for one in (Outcome.CRITICAL, Outcome.WARNING)
            if one in [row[0] for row in rows.values()]
        ),
        Outcome.OK,
    )
    outcome = Outcome.ERROR if dark else worst
    return Finding(
        check, check, "s", "S", "1", outcome, KINDS[check], items=() if dark else items,
        reason="down" if dark else "",
    )  # fmt: skip


@st.composite
def findings(draw: st.DrawFn) -> dict[str, Finding]:
    return {
        check: _finding(check, draw(_ROWS), dark=draw(st.integers(0, 4)) == 0) for check in KINDS
    }


def ranked(found: Mapping[str, Finding]) -> tuple[Diagnosis, ...]:
    return rank(Case(RULES, found), symptom=True)


@given(findings(), RANDOM)
@QUICK
def test_neither_the_order_of_rules_nor_of_findings_nor_of_rows_matters(
    found: dict[str, Finding], random: Random
) -> None:
    mixed = {
        check: replace(one, items=tuple(random.sample(one.items, len(one.items))))
        for check, one in random.sample(list(found.items()), len(found))
    }
    case = Case(tuple(random.sample(RULES, len(RULES))), mixed)
    assert rank(case, symptom=True) == ranked(found)


@given(findings(), st.integers(-(10**8), 10**8))
@QUICK
def test_the_time_moves_since_when_and_nothing_else(
    found: dict[str, Finding], seconds: int
) -> None:
    by = timedelta(seconds=seconds)

    def moved(item: Item) -> Item:
        return replace(item, since=item.since + by) if item.since else item

    later = {
        check: replace(one, items=tuple(map(moved, one.items))) for check, one in found.items()
    }
    without = frozenset({"since"})
    assert plain(ranked(later), without=without) == plain(ranked(found), without=without)
    assert [one.since and one.since - by for one in ranked(later)] == [
        one.since for one in ranked(found)
    ]


@given(findings())
@QUICK
def test_other_names_of_services_give_the_same_ranking_but_for_the_order_of_equals(
    found: dict[str, Finding],
) -> None:
    def other(names: Names) -> dict[str, Finding]:
        def item(one: Item) -> Item:
            return replace(one, facts=MetricFacts(names[one.service]))

        return {
            check: replace(one, items=tuple(map(item, one.items))) for check, one in found.items()
        }

    equals = frozenset({"rivals"})  # in the order of equals
    usual = plain(ranked(found), without=equals)
    assert plain(ranked(other(SAME_ORDER)), SAME_ORDER, without=equals) == usual
    swapped = plain(ranked(other(OTHER_ORDER)), OTHER_ORDER, without=equals)
    assert isinstance(swapped, tuple)
    assert isinstance(usual, tuple)
    assert sorted(map(repr, swapped)) == sorted(map(repr, usual))
