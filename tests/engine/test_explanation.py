"""Whose trouble is that of somebody they call, and what part of the symptom each adds itself."""

from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from troubleshoot.engine.topology.call_graph import graph_of, reached
from troubleshoot.engine.topology.contribution import Contributions, contributions, flows_of
from troubleshoot.engine.topology.explanation import explanation
from troubleshoot.model.facts import Dimension, Explains, MetricFacts, TagFacts, TraceFacts
from troubleshoot.model.finding import Evidence, Finding, Item, Outcome

Edge = tuple[str, str]
Row = tuple[str, float, float]  # service, now, normally


def rows(means: str, *found: Row, statistic: str = "", beyond: bool = True) -> Finding:
    """In trouble is what is half as much again, and beyond chance."""
    items = tuple(
        Item(
            (), Outcome.CRITICAL if now > 1.5 * usual and beyond else Outcome.OK, now, usual,
            facts=MetricFacts(name, statistic=statistic, means=means, beyond=beyond),
        )
        for name, now, usual in found
    )  # fmt: skip
    return Finding(means, means, "s", "S", "1", Outcome.CRITICAL, Evidence.METRIC, items=items)


def latency(*found: tuple[str, float]) -> Finding:
    """The p95 of each; it was at 0.1 s before."""
    return rows("latency", *((name, now, 0.1) for name, now in found), statistic="p95")


def told(findings: list[Finding], edges: Iterable[Edge], symptom: str = "") -> list[Finding]:
    graph = graph_of(edges)
    depends = reached(graph)
    parts = contributions(flows_of(findings), graph, depends, symptom)
    every = explanation(findings, depends, parts)
    return [every.of(one) for one in findings]


def facts(finding: Finding) -> dict[str, MetricFacts]:
    each = (item.facts for item in finding.items)
    return {one.service: one for one in each if isinstance(one, MetricFacts)}


def reasons(finding: Finding, *edges: Edge) -> dict[str, str]:
    (found,) = told([finding], edges)
    return {name: ", ".join(one.explained_by) for name, one in facts(found).items()}


def test_a_caller_is_explained_by_its_callee() -> None:
    found = reasons(latency(("a", 2.0), ("b", 2.0), ("c", 2.0)), ("a", "b"), ("b", "d"))
    assert found == {"a": "b", "b": "", "c": ""}


def test_through_whom_nobody_measures_a_caller_is_explained_too() -> None:
    assert reasons(latency(("a", 2.0), ("c", 2.0)), ("a", "b"), ("b", "c"))["a"] == "c"


def test_not_through_one_who_is_fine() -> None:
    found = reasons(latency(("a", 2.0), ("b", 0.1), ("c", 2.0)), ("a", "b"), ("b", "c"))
    assert found == {"a": "", "b": "", "c": ""}


def test_of_a_chain_the_last_is_the_reason() -> None:
    found = reasons(latency(("a", 2.0), ("b", 2.0), ("c", 2.0)), ("a", "b"), ("b", "c"))
    assert found == {"a": "c", "b": "c", "c": ""}


def test_a_rise_that_is_less_than_half_of_another_does_not_explain_it() -> None:
    assert reasons(latency(("a", 9.0), ("b", 4.0)), ("a", "b"))["a"] == ""


def test_a_callee_that_is_called_ten_times_adds_ten_times_its_rise() -> None:
    traffic = rows("traffic", ("a", 1.0, 1.0), ("b", 10.0, 10.0))
    found, _ = told([latency(("a", 9.0), ("b", 0.9)), traffic], [("a", "b")])
    assert facts(found)["a"].explained_by == ("b",)


def test_services_that_call_each_other_do_not_explain_each_other() -> None:
    assert reasons(latency(("a", 2.0), ("b", 2.0)), ("a", "b"), ("b", "a")) == {"a": "", "b": ""}


def test_whom_traces_charge_explains_what_metrics_show_of_its_callers() -> None:
    items = (
        Item((), Outcome.CRITICAL, 0.9, facts=TraceFacts(caller="a", service="b")),
        Item((), Outcome.OK, 0.1, facts=TraceFacts(caller="a", service="c")),
        Item((), Outcome.CRITICAL, 0.9, facts=TagFacts(Dimension.VERSION, "d")),
    )
    shift = Finding("t", "T", "s", "S", "1", Outcome.CRITICAL, Evidence.TRACE, items=items)
    slow = latency(("a", 2.0), ("b", 2.0), ("c", 2.0))
    _, found = told([shift, slow], [("a", "b"), ("b", "c")])
    assert [one.explained_by for one in facts(found).values()] == [("b",), (), ()]


def test_failures_are_explained_by_a_callee_of_which_instances_are_missing() -> None:
    errors = rows("errors", ("a", 0.4, 0.0))
    gone = Item((), Outcome.CRITICAL, 1.0, 3.0, facts=MetricFacts("b", means="up"))
    up = Finding("up", "Up", "s", "S", "1", Outcome.CRITICAL, Evidence.METRIC, items=(gone,))
    found, _ = told([errors, up], [("a", "b")])
    assert facts(found)["a"].explained_by == ("b",)


def test_demand_comes_from_callers_and_not_from_callees() -> None:
    (found,) = told([rows("traffic", ("a", 9.0, 3.0), ("b", 9.0, 3.0))], [("a", "b")])
    assert {name: one.explained_by for name, one in facts(found).items()} == {"a": (), "b": ("a",)}
    assert facts(found)["b"].demanded


# a front door with 100 requests per second calls b for each and c for one in a hundred
CALLS = rows("traffic", ("door", 100.0, 100.0), ("b", 100.0, 100.0), ("c", 1.0, 1.0))
EDGES = [("door", "b"), ("door", "c")]


def shares(means: Finding, *more: Finding, edges: Iterable[Edge] = EDGES) -> dict[str, Explains]:
    found = told([means, CALLS, *more], edges)[0]
    return {name: one.explains for name, one in facts(found).items()}


def test_a_small_rise_of_much_traffic_explains_more_than_a_large_one_of_little() -> None:
    slow = rows("latency", ("door", 0.2, 0.1), ("b", 0.18, 0.1), ("c", 2.0, 0.1), statistic="mean")
    found = told([slow, CALLS], EDGES)[0]
    assert facts(found)["b"].share == pytest.approx(0.8)
    assert shares(slow) == {"door": Explains.LITTLE, "b": Explains.MOST, "c": Explains.SOME}


def test_what_a_caller_takes_longer_than_its_callees_is_its_own() -> None:
    slow = rows("latency", ("door", 1.1, 0.1), ("b", 0.2, 0.1), ("c", 0.1, 0.1), statistic="mean")
    assert shares(slow)["door"] is Explains.MOST
    assert facts(told([slow, CALLS], EDGES)[0])["door"].explained_by == ()


def test_failures_count_as_time_does_by_how_many_requests_they_spoil() -> None:
    failing = rows("errors", ("door", 0.045, 0.0), ("b", 0.04, 0.0), ("c", 0.5, 0.0))
    assert shares(failing) == {"door": Explains.LITTLE, "b": Explains.MOST, "c": Explains.SOME}


def test_percentiles_do_not_add_up_so_that_nobody_knows_the_part() -> None:
    slow = rows("latency", ("door", 0.2, 0.1), ("b", 0.2, 0.1), statistic="p95")
    assert shares(slow) == {"door": Explains.UNKNOWN, "b": Explains.UNKNOWN}


def test_time_explains_nothing_of_a_symptom_that_is_failures() -> None:
    slow = rows("latency", ("door", 0.1, 0.1), ("b", 0.9, 0.1), ("c", 0.1, 0.1), statistic="mean")
    failing = rows("errors", ("door", 0.3, 0.0), ("b", 0.0, 0.0), ("c", 0.0, 0.0))
    assert shares(slow, failing)["b"] is Explains.LITTLE


def test_a_callee_that_had_no_traffic_explains_nothing_and_adds_nothing() -> None:
    traffic = rows("traffic", ("a", 9.0, 9.0), ("new", 9.0, 0.0))
    failing = rows("errors", ("a", 0.9, 0.0), ("new", 1.0, 0.0))
    found = facts(told([failing, traffic], [("door", "a"), ("a", "new")], "a")[0])
    assert (found["a"].explains, found["a"].explained_by) == (Explains.MOST, ())
    assert found["new"].explains is Explains.UNKNOWN


def test_whose_callees_nobody_measures_may_only_pass_on_what_they_do() -> None:
    failing = rows("errors", ("door", 0.3, 0.0))
    assert shares(failing) == {"door": Explains.UNKNOWN}


def test_whom_no_request_with_the_symptom_waits_for_explains_nothing() -> None:
    """A job that is at its limit, and calls the same database."""
    slow = rows("latency", ("door", 0.2, 0.1), ("b", 0.2, 0.1), ("c", 0.1, 0.1), statistic="mean")
    busy = rows("saturation", ("b", 0.99, 0.2), ("job", 0.99, 0.2), ("alone", 0.99, 0.2))
    found = facts(told([busy, slow, CALLS], [*EDGES, ("job", "b")], "door")[0])
    assert {name: one.explains for name, one in found.items()} == {
        "b": Explains.MOST, "job": Explains.LITTLE, "alone": Explains.UNKNOWN,
    }  # fmt: skip


def test_a_callee_of_several_adds_to_each_by_their_traffic() -> None:
    traffic = rows("traffic", ("a", 30.0, 30.0), ("b", 10.0, 10.0), ("c", 40.0, 40.0))
    slow = rows("latency", ("a", 1.1, 0.1), ("b", 1.1, 0.1), ("c", 1.1, 0.1), statistic="mean")
    graph = graph_of([("a", "c"), ("b", "c")])
    parts = Contributions(flows_of([slow, traffic]), graph, reached(graph), ("a", "b"))
    assert parts.own("time", "a") == pytest.approx(0)
    assert parts.own("time", "b") == pytest.approx(0)
    assert parts.share("time", "c") == pytest.approx(1)


@given(
    scale=st.floats(0.01, 1000),
    names=st.permutations(["north", "south", "east", "west"]),
    other=st.floats(0.1, 5.0),
)
def test_neither_traffic_nor_names_nor_an_innocent_service_decide(
    scale: float, names: list[str], other: float
) -> None:
    door, slow, quick, alone = names
    traffic = rows(
        "traffic", (door, 100 * scale, 100 * scale), (slow, 50 * scale, 50 * scale),
        (quick, 70 * scale, 70 * scale), (alone, scale, scale),
    )  # fmt: skip
    means = rows(
        "latency", (door, 0.5, 0.1), (slow, 0.9, 0.1), (quick, 0.1, 0.1), (alone, other, 0.1),
        statistic="mean",
    )  # fmt: skip
    found = facts(told([means, traffic], [(door, slow), (door, quick)], door)[0])
    assert max(found, key=lambda one: found[one].share or 0.0) == slow
    assert found[slow].explains is Explains.MOST
