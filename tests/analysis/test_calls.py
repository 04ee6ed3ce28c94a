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


def test_an_answer_whose_caller_sends_no_span_of_the_call_is_a_call_as_well() -> None:
    told = grown(
        span("GET", "gateway"),
        span("serve", "stock", parent="GET", failed=True, message="HTTP 500"),
        span("step", "stock", parent="serve", kind="internal", failed=True),
    )
    (one,) = callees([told])
    assert (one.service, one.caller, one.calls, one.failed, one.message) == (
        "stock", "gateway", 1, 1, "HTTP 500",
    )  # fmt: skip


def checkout(name: str, *, paid: bool, found: bool = True, done: bool | None = None) -> Tree:
    """The shop calls the checkout, which asks for a voucher and for the payment."""
    done = paid if done is None else done
    return grown(
        span("out", "shop", kind="client", failed=not done, trace=name),
        span("in", "checkout", parent="out", failed=not done, trace=name),
        span("voucher", "checkout", parent="in", kind="client", failed=not found, trace=name,
             peer__service="vouchers"),
        span("pay", "checkout", parent="in", kind="client", failed=not paid, trace=name,
             peer__service="payment"),
    )  # fmt: skip


def own(*trees: Tree) -> dict[str, tuple[int, int]]:
    return {one.service: (one.failed, one.own) for one in callees(trees)}


def test_a_call_that_fails_because_of_a_call_below_it_is_the_failure_of_that_one() -> None:
    found = own(checkout("a", paid=False), checkout("b", paid=False), checkout("c", paid=True))
    assert found == {"checkout": (2, 0), "payment": (2, 2), "vouchers": (0, 0)}


def test_what_good_calls_get_over_just_as_often_explains_no_failure() -> None:
    """No voucher is ever found; and half of the checkouts break by themselves."""
    broken = [checkout(f"a{n}", paid=True, found=False, done=False) for n in range(4)]
    good = [checkout(f"b{n}", paid=True, found=False) for n in range(4)]
    assert own(*broken, *good) == {"checkout": (4, 4), "vouchers": (8, 8), "payment": (0, 0)}


def test_failures_of_both_kinds_are_told_apart_by_their_number() -> None:
    broken = [checkout(f"a{n}", paid=True, done=False) for n in range(3)]
    unpaid = [checkout(f"b{n}", paid=False) for n in range(6)]
    good = [checkout(f"c{n}", paid=True) for n in range(9)]
    assert own(*broken, *unpaid, *good)["checkout"] == (9, 3)


@given(st.permutations([visit("a"), visit("b", cache_ok=True), visit("c")]))
def test_the_order_of_traces_does_not_matter(traces: list[Tree]) -> None:
    assert callees(traces) == callees([visit("a"), visit("b", cache_ok=True), visit("c")])


@given(st.integers(1, 5))
def test_seeing_the_traces_several_times_changes_no_share(times: int) -> None:
    once = callees([visit("a"), visit("b", cache_ok=True)])
    often = callees([visit("a"), visit("b", cache_ok=True)] * times)
    assert [one.share for one in often] == pytest.approx([one.share for one in once])
