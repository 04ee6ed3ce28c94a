"""How the calls to each callee end, whatever became of the request that made them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.analysis.made import grown, span
from troubleshoot.analysis.traces.calls import callees
from troubleshoot.analysis.traces.tree import Tree


def visit(name: str, *, cache_ok: bool = False) -> Tree:
    """Falls back to the database when the cache refuses; the visit succeeds either way."""
    return grown(
        span("GET", "sessions", trace=name),
        span("get", "sessions", parent="GET", kind="client", failed=not cache_ok, trace=name,
             message="" if cache_ok else "connection refused", db__system="redis",
             server__address="cache-main"),
        span("SELECT", "sessions", parent="GET", kind="client", trace=name,
             db__system="mysql", server__address="mysql-main"),
    )  # fmt: skip


def test_a_failed_call_that_its_caller_survived_counts() -> None:
    first, second = callees([visit("a"), visit("b")])
    assert (first.service, first.kind, first.share) == ("cache-main", "database", 1.0)
    assert (first.caller, first.message, first.examples) == (
        "sessions", "connection refused", ("a", "b"),
    )  # fmt: skip
    assert (second.service, second.share) == ("mysql-main", 0.0)


def test_the_share_is_of_calls_not_of_traces() -> None:
    first = callees([visit("a"), visit("b", cache_ok=True)])[0]
    assert (first.calls, first.failed, first.share) == (2, 1, 0.5)


def refused(name: str, caller: str, message: str) -> Tree:
    return grown(span("get", caller, kind="client", failed=True, trace=name, message=message,
                      peer__service="cache"))  # fmt: skip


def test_the_caller_and_the_message_of_most_failed_calls_are_told() -> None:
    rows = [("a", "shop", ""), ("b", "cart", "refused"), ("c", "cart", "refused"),
            ("d", "cart", "timed out"), ("e", "shop", "")]  # fmt: skip
    (one,) = callees([refused(*row) for row in rows])
    assert (one.caller, one.message, one.examples) == ("cart", "refused", ("a", "b", "c"))


def test_spans_that_call_nobody_have_no_callee() -> None:
    assert callees([grown(span("GET"), span("compute", parent="GET", kind="internal"))]) == ()


def test_the_calls_of_a_library_within_a_call_are_counted_and_not_the_call_around_them() -> None:
    retried = grown(
        span("GET", "sessions"),
        span("rpc", "sessions", parent="GET", kind="client", rpc__service="v1.Pay"),
        span("HTTP 1", "sessions", parent="rpc", kind="client", failed=True,
             server__address="pay"),
        span("HTTP 2", "sessions", parent="rpc", kind="client", server__address="pay"),
    )  # fmt: skip
    (one,) = callees([retried])
    assert (one.service, one.calls, one.failed) == ("pay", 2, 1)


@given(st.permutations([visit("a"), visit("b", cache_ok=True), visit("c")]))
def test_the_order_of_traces_does_not_matter(traces: list[Tree]) -> None:
    assert callees(traces) == callees([visit("a"), visit("b", cache_ok=True), visit("c")])


@given(st.integers(1, 5))
def test_seeing_the_traces_several_times_changes_no_share(times: int) -> None:
    once = callees([visit("a"), visit("b", cache_ok=True)])
    often = callees([visit("a"), visit("b", cache_ok=True)] * times)
    assert [one.share for one in often] == pytest.approx([one.share for one in once])
