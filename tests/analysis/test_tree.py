"""A trace as a tree, however its spans were kept, and whom a span is charged to."""

from collections.abc import Iterable
from dataclasses import replace

import pytest

from tests.analysis.made import grown, span, trace
from troubleshoot.analysis.traces.callee import charged
from troubleshoot.analysis.traces.tree import Tree, calls_out, failed, once, tree, within
from troubleshoot.model.signal import Span, Trace


def shape(whole: Tree) -> dict[str, list[str]]:
    """Operations, each with those below it."""
    return {
        one.operation: [child.operation for child in whole.children(one)] for one in whole.spans
    }


def test_a_span_is_below_its_parent() -> None:
    whole = tree(trace(span("order"), span("pay", parent="order"), span("ship", parent="order")))
    assert shape(whole) == {"order": ["pay", "ship"], "pay": [], "ship": []}
    assert [one.operation for one in whole.roots] == ["order"]


def test_children_come_in_order_of_time_the_longer_one_first() -> None:
    late, short, long = (
        span("late", parent="top", start=2.0),
        span("a", parent="top", start=1.0, duration=0.1),
        span("b", parent="top", start=1.0, duration=0.9),
    )
    assert shape(tree(trace(span("top"), late, short, long)))["top"] == ["b", "a", "late"]


def test_an_orphan_is_at_the_top_only_where_nothing_else_is() -> None:
    orphan = span("charge", parent="lost", start=-9.0, failed=True)
    assert [one.operation for one in tree(trace(orphan)).roots] == ["charge"]
    assert [one.operation for one in tree(trace(span("order"), orphan)).roots] == ["order"]


def test_a_request_failed_when_its_top_span_did() -> None:
    orphan = span("charge", parent="lost", failed=True)
    below = span("pay", parent="order", failed=True)
    assert failed(tree(trace(span("order", failed=True))))
    assert failed(tree(trace(orphan)))
    assert not failed(tree(trace(span("order"), below, orphan)))


def test_a_single_span_is_a_tree() -> None:
    whole = tree(trace(span("order")))
    assert (shape(whole), len(whole.roots)) == ({"order": []}, 1)


def test_a_trace_without_spans_is_an_empty_tree() -> None:
    assert (tree(Trace("t", ())).roots, failed(tree(Trace("t", ())))) == ((), False)


@pytest.mark.parametrize("spans", [
    [span("a", parent="a")],
    [span("a", parent="b"), span("b", parent="a")],
])  # fmt: skip
def test_spans_that_are_their_own_ancestors_have_one_on_top(spans: list[Span]) -> None:
    assert [one.operation for one in tree(trace(*spans)).roots] == ["a"]


def shared(parent_of_answer: str) -> list[Span]:
    """As Zipkin keeps them: the call and its answer have one id."""
    call = span("POST", "order", parent="top", duration=3.0, kind="client", failed=True)
    answer = replace(span("charge", "payment", start=1.0, failed=True), span_id="POST")
    below = span("SELECT", "payment", parent="POST", start=1.5, duration=0.1, kind="client",
                 db__system="mysql", db__name="ledger")  # fmt: skip
    top = span("top", "order", duration=3.5, failed=True)
    return [top, call, replace(answer, parent_id=parent_of_answer), below]


@pytest.mark.parametrize("parent_of_answer", ["top", "POST"])
@pytest.mark.parametrize("order", [1, -1])
def test_an_answer_with_the_id_of_its_call_is_below_it(parent_of_answer: str, order: int) -> None:
    whole = tree(trace(*shared(parent_of_answer)[::order]))
    assert shape(whole) == {"top": ["POST"], "POST": ["charge"], "charge": ["SELECT"], "SELECT": []}
    assert [charged(one, whole)[0] for one in whole.spans] == [
        "order", "payment", "payment", "ledger",
    ]  # fmt: skip


def test_one_shared_id_below_another_stays_below_it() -> None:
    inner = [
        span("GET", "payment", parent="POST", start=2.0, kind="client"),
        replace(span("read", "vault", parent="POST", start=2.0, duration=0.5), span_id="GET"),
    ]
    whole = tree(trace(*shared("top"), *inner))
    assert shape(whole)["charge"] == ["SELECT", "GET"]
    assert shape(whole)["GET"] == ["read"]


@pytest.mark.parametrize("order", [1, -1])
def test_a_span_that_is_there_twice_counts_once_and_failed_if_either_did(order: int) -> None:
    pay = span("pay", parent="top", start=0.1)
    twice = [pay, replace(pay, failed=True, message="refused")][::order]
    whole = tree(trace(span("top"), *twice))
    assert [(one.operation, one.message) for one in whole.spans] == [
        ("top", ""),
        ("pay", "refused"),
    ]


def test_a_trace_that_is_there_twice_counts_once_with_all_that_is_known_of_it() -> None:
    whole, half = grown(span("a"), span("b", parent="a")), grown(span("a"))
    other = grown(span("c", trace="t0"))
    assert once([half, whole, other]) == once([other, whole, half, whole]) == [other, whole]


def test_clients_and_producers_call_and_nobody_else_does() -> None:
    kinds = ("client", "producer", "server", "consumer", "internal", "")
    assert [calls_out(span("x", kind=kind)) for kind in kinds] == [True] * 2 + [False] * 4


@pytest.mark.parametrize("order", [1, -1])
def test_of_two_answers_with_the_id_of_one_call_the_order_does_not_matter(order: int) -> None:
    call = span("POST", "order", kind="client")
    answers = [replace(span("charge", name), span_id="POST") for name in ("proxy", "payment")]
    whole = tree(trace(*[call, *answers][::order]))
    assert [one.service for one in whole.spans] == ["order", "payment", "proxy"]


def reaching(*, kind: str = "server") -> Tree:
    return grown(
        span("GET", "gateway"),
        span("out", "gateway", parent="GET", kind="client"),
        span("cart", "cart", parent="out", kind=kind),
        span("step", "cart", parent="cart", kind="internal"),
        span("more", "cart", parent="step", kind="client"),
        span("again", "cart", parent="more"),
        span("ads", "ads", parent="GET"),
    )


def ids(spans: Iterable[Span]) -> list[str]:
    return sorted(one.span_id for one in spans)


def test_of_a_service_below_the_top_the_calls_to_it_are_at_the_top() -> None:
    part = within(reaching(), "cart")
    assert part
    assert ids(part.roots) == ["out"]
    assert ids(part.spans) == ["again", "cart", "more", "out", "step"]
    assert part.trace.trace_id == "t1"


def test_a_message_is_the_readers_own_request() -> None:
    part = within(reaching(kind="consumer"), "cart")
    assert part
    assert ids(part.roots) == ["cart"]


def test_what_nobody_called_by_a_span_is_at_the_top_itself() -> None:
    part = within(reaching(), "ads")
    assert part
    assert ids(part.roots) == ids(part.spans) == ["ads"]


def test_of_a_service_at_the_top_the_whole_trace_counts() -> None:
    whole = reaching()
    assert within(whole, "gateway") is whole


def test_of_a_service_that_takes_no_part_nothing_counts() -> None:
    assert within(reaching(), "mail") is None
