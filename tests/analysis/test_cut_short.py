"""Who cuts requests short, where no span says that anything failed."""

from collections.abc import Sequence
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.analysis.made import grown, span, trace
from tests.analysis.properties import OTHER_ORDER, QUICK, RANDOM, plain, renamed
from troubleshoot.analysis.traces.cut_short import CutShort, cut_short
from troubleshoot.analysis.traces.tree import Tree, tree
from troubleshoot.model.signal import Span

MANY = 20


def called(
    name: str, caller: str, parent: str, calls: Sequence[str], start: float = 0.0
) -> list[Span]:
    """``calls`` one after the other, each answered: ``service`` or ``service/operation``."""
    spans = []
    for place, callee in enumerate(calls):
        key, (service, _, operation) = f"{parent}.{place}", callee.partition("/")
        at = start + place
        out = span(f"{key}out", caller, parent=parent, start=at, kind="client", trace=name)
        answer = span(f"{key}in", service, parent=f"{key}out", start=at, trace=name)
        spans.append(replace(out, operation="POST", tags=(("server.address", service),)))
        spans.append(replace(answer, operation=operation or "serve"))
    return spans


def request(name: str, *calls: str, caller: str = "shop", operation: str = "order") -> Tree:
    top = replace(span("top", caller, duration=20, trace=name), operation=operation)
    return grown(top, *called(name, caller, "top", calls))


def several(prefix: str, count: int, *calls: str, **more: str) -> list[Tree]:
    return [request(f"{prefix}{number}", *calls, **more) for number in range(count)]


WHOLE = ("stock", "prices", "payment", "mail")
NORMAL = several("n", MANY, *WHOLE)


def certain(now: list[Tree], before: list[Tree]) -> list[CutShort]:
    return [row for row in cut_short(now, before) if row.ending.certain]


def named(now: list[Tree], before: list[Tree]) -> list[tuple[str, str, bool]]:
    return [(row.service, row.ending.caller, row.doubtful) for row in certain(now, before)]


def test_the_last_one_that_is_called_cut_the_request_short() -> None:
    now = [*several("a", 12, "stock", "prices"), *several("b", 8, *WHOLE)]
    (row,) = certain(now, NORMAL)
    assert (row.service, row.kind, row.operation, row.doubtful) == (
        "prices", "service", "serve", False,
    )  # fmt: skip
    assert (row.ending.caller, row.ending.now, row.ending.normal) == ("shop", 0.6, 0.0)
    assert (len(row.ending.ended), row.ending.count) == (12, 20)
    assert row.traces[:2] == ("a0", "a1")


def test_a_service_that_calls_nobody_any_more_ends_its_requests_itself() -> None:
    now = [*several("a", 9), *several("b", 11, *WHOLE)]
    assert named(now, NORMAL) == [("shop", "shop", False)]


def test_a_caller_that_stops_where_others_go_on_ends_its_requests_itself() -> None:
    others = ("prices", "basket")
    now = [*several("a", MANY, "stock", "prices"), *several("c", 9, *others, caller="app")]
    before = [*NORMAL, *several("d", 9, *others, caller="app")]
    assert named(now, before) == [("shop", "shop", False)]


def test_a_callee_after_which_all_its_callers_stop_is_named_for_each() -> None:
    now = [*several("a", MANY, "stock", "prices"), *several("c", MANY, "prices", caller="app")]
    before = [*NORMAL, *several("d", MANY, "prices", "basket", caller="app")]
    assert named(now, before) == [("prices", "app", False), ("prices", "shop", False)]


def nested(name: str, inner: Sequence[str], outer: Sequence[str]) -> Tree:
    """The shop calls the checkout first, which calls ``inner``, then ``outer``."""
    whole = request(name, "checkout", *outer)
    return grown(*whole.spans, *called(name, "checkout", "top.0in", inner))


def test_a_cut_is_told_where_it_is_deepest() -> None:
    now = [nested(f"a{number}", ["stock"], []) for number in range(MANY)]
    before = [nested(f"b{number}", ["stock", "payment"], ["mail"]) for number in range(MANY)]
    assert named(now, before) == [("stock", "checkout", False)]


def test_after_an_answer_that_is_whole_it_is_either_of_the_two() -> None:
    now = [nested(f"a{number}", ["stock", "payment"], []) for number in range(MANY)]
    before = [nested(f"b{number}", ["stock", "payment"], ["mail"]) for number in range(MANY)]
    assert named(now, before) == [("checkout", "shop", True), ("shop", "shop", True)]


def test_fewer_requests_of_the_long_kind_are_not_cut_short() -> None:
    """Servers whose spans tell no route: half as many orders, and more looks at the shelf."""
    now = [*several("a", 40, *WHOLE), *several("b", 60, "stock")]
    before = [*several("c", 60, *WHOLE), *several("d", 40, "stock")]
    assert named(now, before) == []


def test_operations_are_compared_with_themselves() -> None:
    now = [*several("a", 10, *WHOLE), *several("b", 90, "stock", operation="look")]
    before = [*several("c", 90, *WHOLE), *several("d", 10, "stock", operation="look")]
    assert cut_short(now, before) == ()


def test_a_handful_of_requests_is_no_evidence() -> None:
    assert cut_short(several("a", 4, "stock"), NORMAL) == ()


@pytest.mark.parametrize(
    "calls", [(*WHOLE, "audit"), ("payment", "mail", "stock", "prices"), ("audit", *WHOLE)]
)
def test_other_calls_or_another_order_cut_nothing_short(calls: Sequence[str]) -> None:
    assert cut_short(several("a", MANY, *calls), NORMAL) == ()


def test_a_callee_that_does_not_answer_is_the_one_that_is_called_so_when_it_does() -> None:
    """Its spans are late, or it is down: the last call is the same as ever."""
    now = [
        trace(*(one for one in whole.spans if one.service != "mail"))
        for whole in several("a", MANY, *WHOLE)
    ]
    assert cut_short([tree(one) for one in now], NORMAL) == ()


def test_a_message_that_is_read_later_is_no_call() -> None:
    def read(name: str) -> Tree:
        later = span("read", "mailer", parent="top", start=30, kind="consumer", trace=name)
        return grown(*request(name, *WHOLE).spans, later)

    assert cut_short([read(f"a{number}") for number in range(MANY)], NORMAL) == ()


def cut(random: Random, prefix: str, count: int, part: float, crowd: int) -> list[Tree]:
    """``part`` of the orders end after the prices; ``crowd`` other services come before these."""
    early = ("stock", *(f"service-{one}" for one in range(crowd)), "prices")
    return [
        request(f"{prefix}{number}", *early, *(("mail",) if random.random() >= part else ()))
        if random.random() < 0.7
        else request(f"{prefix}{number}", "shelf", "banner", operation="look")
        for number in range(count)
    ]


@given(RANDOM, st.integers(60, 120), st.integers(60, 120), st.integers(0, 8))
@QUICK
def test_neither_traffic_nor_innocent_services_nor_names_change_who_is_first(
    random: Random, count: int, usual: int, crowd: int
) -> None:
    now, before = cut(random, "a", count, 0.4, crowd), cut(random, "b", usual, 0.0, crowd)
    assert named(now, before) == [("prices", "shop", False)]
    names = {**OTHER_ORDER, "prices": "aaa", "shop": "zzz"}
    other = [list(map(tree, renamed([one.trace for one in side], names))) for side in (now, before)]
    assert plain(named(other[0], other[1]), names) == plain(named(now, before))


def test_chance_alone_seldom_cuts_a_request_short() -> None:
    found = 0
    for number in range(100):
        random = Random(number)
        found += bool(certain(cut(random, "a", 60, 0.1, 3), cut(random, "b", 60, 0.1, 3)))
    assert found <= 2


@pytest.mark.parametrize("side", [0, 1])
def test_without_one_side_there_is_nothing_to_compare(side: int) -> None:
    sides = [NORMAL, NORMAL]
    sides[side] = []
    assert cut_short(*sides) == ()
