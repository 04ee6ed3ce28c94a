"""Which service the time that requests take longer than normal was added in."""

from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.analysis.made import grown, span
from tests.analysis.properties import QUICK, RANDOM
from troubleshoot.analysis.traces.added_time import Added, added
from troubleshoot.analysis.traces.requests import by_operation, requests
from troubleshoot.analysis.traces.tree import Tree

MANY = 20


def order(
    name: str, provider: float = 0.2, own: float = 0.1, operation: str = "order", **others: float
) -> Tree:
    """A request that calls the provider, then ``others``."""
    spans, end = [], own
    for service, seconds in {"provider": provider, **others}.items():
        spans.append(
            span(service, "order-service", parent=operation, start=end, duration=seconds,
                 kind="client", trace=name, peer__service=service)
        )  # fmt: skip
        end += seconds
    return grown(span(operation, "order-service", duration=end, trace=name), *spans)


def several(prefix: str, count: int = MANY, **kind: Any) -> list[Tree]:
    return [order(f"{prefix}{number}", **kind) for number in range(count)]


NORMAL = several("n")


def rows(now: list[Tree], before: list[Tree]) -> tuple[Added, ...]:
    return added(by_operation(requests(now), requests(before)))


def test_the_added_time_is_charged_to_the_callee_that_took_it() -> None:
    (row,) = rows(several("a", provider=1.2), NORMAL)
    assert (row.service, row.kind, row.seen_by) == ("provider", "remote", "order-service")
    assert row.share == pytest.approx(1.0)
    assert [row.now, row.normal] == pytest.approx([1.2, 0.2])
    assert row.certain
    assert row.pace.times == pytest.approx(1.3 / 0.3)


def test_two_services_share_what_both_added() -> None:
    found = {row.service: row.share for row in rows(several("a", provider=0.5, own=0.2), NORMAL)}
    assert found == {"provider": pytest.approx(0.75), "order-service": pytest.approx(0.25)}


def test_the_one_that_added_most_comes_first() -> None:
    found = rows(several("a", provider=0.5, own=0.9), NORMAL)
    assert [row.service for row in found] == ["order-service", "provider"]


def test_the_traces_in_which_most_was_spent_are_the_examples() -> None:
    seconds = {"a": 0.3, "b": 0.9, "c": 0.5, "d": 0.7}
    (row,) = rows([order(name, spent) for name, spent in seconds.items()], NORMAL)
    assert row.examples == ("b", "d", "c")


def test_who_saw_most_of_the_time_is_told() -> None:
    calls = [
        span(caller, caller, parent="order", start=start, duration=seconds, kind="client",
             peer__service="provider")
        for caller, start, seconds in (("b", 0.0, 1.0), ("a", 1.0, 0.5), ("c", 1.5, 0.2))
    ]  # fmt: skip
    (row,) = rows([grown(span("order", "order-service", duration=1.75), *calls)], NORMAL)
    assert (row.service, row.seen_by) == ("provider", "b")


def test_a_service_that_got_faster_adds_nothing() -> None:
    (row,) = rows(several("a", provider=0.9, own=0.01), NORMAL)
    assert (row.service, row.share) == ("provider", 1.0)


def test_a_service_that_was_not_there_before_added_all_its_time() -> None:
    (row,) = rows(several("a", fraud=0.5), NORMAL)
    assert row.service == "fraud"
    assert [row.now, row.normal] == pytest.approx([0.5, 0])
    assert row.certain


def test_nothing_is_added_where_nothing_changed() -> None:
    assert rows(NORMAL, NORMAL) == ()


def test_one_request_of_thirty_seconds_does_not_decide() -> None:
    now = [*several("a", 19, fraud=0.05), order("odd", 30.0, fraud=0.05)]
    before = several("b", fraud=0.01)
    assert [row.service for row in rows(now, before)] == ["fraud"]


def test_an_operation_that_was_not_there_before_adds_nothing() -> None:
    report = several("r", provider=60.0, operation="report")
    (row,) = rows([*several("a", provider=0.5), *report], NORMAL)
    assert [row.now, row.normal] == pytest.approx([0.5, 0.2])


def test_more_requests_of_an_operation_that_always_takes_long_add_nothing() -> None:
    """Reports are half of the requests now, and were a twentieth: they ask a slow warehouse."""
    before = [*several("n", 38), *several("r", 2, operation="report", warehouse=9.0)]
    now = [*several("o", 20, fraud=0.1), *several("p", 20, operation="report", warehouse=9.0)]
    assert [row.service for row in rows(now, before)] == ["fraud"]


def test_more_requests_that_go_through_a_service_make_it_no_slower() -> None:
    """The same operation for all of them, as of servers whose spans tell no route."""
    before = [*several("n", 36), *several("w", 4, warehouse=9.0)]
    now = [*several("o", 20, provider=0.3), *several("p", 20, provider=0.3, warehouse=9.0)]
    assert [row.service for row in rows(now, before)] == ["provider"]


def test_each_operation_weighs_as_many_requests_as_it_has_now() -> None:
    """Searches got slower by 0.1 s, reports by 1 s: there are many searches."""
    before = [*several("n", 20, operation="search"), *several("r", 20, operation="report", pdf=1)]
    now = [
        *several("o", 90, operation="search", provider=0.3),
        *several("p", 5, operation="report", pdf=2),
    ]
    found = {row.service: row.share for row in rows(now, before)}
    assert found == {"provider": pytest.approx(9 / 14), "pdf": pytest.approx(5 / 14)}


def test_numbers_in_the_name_of_an_operation_make_no_other_operation_of_it() -> None:
    before = [order(f"n{one}", operation=f"GET /order/{one}") for one in range(MANY)]
    now = [order(f"o{one}", 0.9, operation=f"GET /order/{one + 70}") for one in range(MANY)]
    (row,) = rows(now, before)
    assert (row.service, row.pace.operation) == ("provider", "order-service GET /order/<*>")


def test_the_gap_between_call_and_answer_is_said_to_lie_between_them() -> None:
    def served(name: str, gap: float) -> Tree:
        return grown(
            span("GET", "shop", duration=1 + gap, trace=name),
            span("out", "shop", parent="GET", duration=1 + gap, kind="client", trace=name),
            span("serve", "stock", parent="out", start=gap / 2, duration=1, trace=name),
        )

    now, before = ([served(f"{gap}{one}", gap) for one in range(9)] for gap in (2.0, 0.1))
    (row,) = rows(now, before)
    assert (row.service, row.kind, row.seen_by) == ("stock", "service", "shop")
    assert row.between == pytest.approx(1.0)


def test_a_service_that_slows_few_requests_down_is_measured_by_those() -> None:
    """One request in twenty pays, and those take five times as long."""
    before = [*several("n", 190), *several("q", 10, payment=0.1)]
    now = [*several("o", 190), *several("p", 10, payment=1.7)]
    (row,) = rows(now, before)
    assert (row.service, row.certain, row.pace.requests) == ("payment", True, 10)
    assert row.pace.times == pytest.approx(5.0)


def test_a_service_that_is_slow_in_one_operation_is_measured_by_that() -> None:
    before = [*several("n", 90), *several("r", 10, operation="report")]
    now = [*several("o", 90), *several("s", 10, operation="report", provider=2.0)]
    (row,) = rows(now, before)
    assert (row.pace.operation, row.pace.requests) == ("order-service report", 10)


def noisy(random: Random, prefix: str, count: int, *, slow: bool, crowd: int = 0) -> list[Tree]:
    """Everything differs by a third; ``crowd`` innocent services are called as well."""

    def about(seconds: float) -> float:
        return seconds * random.uniform(2 / 3, 4 / 3)

    def others() -> dict[str, Any]:
        return {"stock": about(0.2)} | {f"service-{one}": about(0.05) for one in range(crowd)}

    return [
        order(f"{prefix}{number}", about(1.0 if slow else 0.2), about(0.1), **others())
        for number in range(count)
    ]


@given(RANDOM, st.integers(10, 60), st.integers(10, 60), st.integers(0, 12))
@QUICK
def test_neither_noise_nor_traffic_nor_innocent_services_change_who_is_first(
    random: Random, count: int, usual: int, crowd: int
) -> None:
    now = noisy(random, "a", count, slow=True, crowd=crowd)
    first, *others = rows(now, noisy(random, "b", usual, slow=False, crowd=crowd))
    assert (first.service, first.certain) == ("provider", True)
    assert all(one.share < 0.3 for one in others)


def test_noise_alone_is_seldom_certain() -> None:
    """In one comparison of a hundred, by what is said of it; each here has a dozen services."""
    found = 0
    for number in range(100):
        random = Random(number)
        now, before = (
            noisy(random, side, random.randint(5, 60), slow=False, crowd=9) for side in "ab"
        )
        found += any(one.certain for one in rows(now, before))
    assert found <= 3


@given(st.integers(1, 4))
def test_seeing_the_traces_several_times_changes_no_share(times: int) -> None:
    now = [order("a", 0.5, own=0.2), order("b", 0.9)]
    once, often = rows(now, NORMAL), rows(now * times, NORMAL * times)
    assert [row.share for row in often] == pytest.approx([row.share for row in once])


@given(st.permutations([order("a", 0.5), order("b", 0.9, own=0.3), order("c", 0.1)]))
def test_the_order_of_traces_does_not_matter(traces: list[Tree]) -> None:
    usual = rows([order("a", 0.5), order("b", 0.9, own=0.3), order("c", 0.1)], NORMAL)
    assert [(row.service, round(row.share, 9)) for row in rows(traces, NORMAL)] == [
        (row.service, round(row.share, 9)) for row in usual
    ]
