"""What must not change an answer about traces: order, time, names, and seeing a trace twice."""

from collections import Counter
from collections.abc import Sequence
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from tests.analysis.properties import (
    BEFORE,
    OTHER_ORDER,
    QUICK,
    RANDOM,
    SAME_ORDER,
    TRACES,
    Names,
    later,
    plain,
    renamed,
    shuffled,
)
from troubleshoot.analysis.traces.added_time import added
from troubleshoot.analysis.traces.callee import charged
from troubleshoot.analysis.traces.calls import callees
from troubleshoot.analysis.traces.critical_path import critical_paths
from troubleshoot.analysis.traces.origins import Origins, failed_share, origins
from troubleshoot.analysis.traces.pace import pace
from troubleshoot.analysis.traces.requests import by_operation, requests
from troubleshoot.analysis.traces.tag_columns import first_values
from troubleshoot.analysis.traces.time_spent import spent
from troubleshoot.analysis.traces.tree import once, tree
from troubleshoot.model.signal import Trace

Traces = Sequence[Trace]


def each_charged(traces: Traces) -> object:
    """Every span by the trace it is in, with whom it is charged to and what is below it."""
    found = {}
    for whole in once(map(tree, traces)):
        took = {id(one): sec for path in critical_paths(whole) for one, sec in path.parts}
        for one in whole.spans:
            below = sorted(child.span_id for child in whole.children(one))
            key = f"{whole.trace.trace_id} {one.span_id} {one.kind}"
            found[key] = (charged(one, whole), took.get(id(one), 0.0), below)
    return found


def each_values(traces: Traces) -> object:
    return {one.trace_id: first_values(one) for one in traces}


def answers(now: Traces, before: Traces) -> dict[str, object]:
    """Of every analysis of traces; for what separates them see `test_separation`."""
    trees, usual = list(map(tree, now)), list(map(tree, before))
    compared = by_operation(requests(trees), requests(usual))
    return {
        "added": added(compared),
        "callees": callees(trees),
        "charged": each_charged(now),
        "failed_share": failed_share(trees),
        "first_values": each_values(now),
        "origins": origins(trees),
        "pace": pace(compared),
        "spent": spent(trees),
    }


@given(TRACES, BEFORE, RANDOM)
@QUICK
def test_neither_the_order_of_traces_nor_of_spans_nor_of_tags_matters(
    now: list[Trace], before: list[Trace], random: Random
) -> None:
    mixed = answers(shuffled(now, random), shuffled(before, random))
    assert plain(mixed) == plain(answers(now, before))


@given(TRACES, BEFORE, st.integers(-900, 10**9))
@QUICK
def test_the_time_does_not_matter(now: list[Trace], before: list[Trace], seconds: int) -> None:
    moved = answers(later(now, seconds), later(before, seconds))
    assert plain(moved) == plain(answers(now, before))


@given(TRACES, BEFORE)
@QUICK
def test_other_names_of_services_give_the_same_answer_with_those_names(
    now: list[Trace], before: list[Trace]
) -> None:
    other = answers(renamed(now, SAME_ORDER), renamed(before, SAME_ORDER))
    assert plain(other, SAME_ORDER) == plain(answers(now, before))


@given(TRACES, BEFORE)
@QUICK
def test_names_in_another_order_of_the_alphabet_change_the_order_of_equals_only(
    now: list[Trace], before: list[Trace]
) -> None:
    other = answers(renamed(now, OTHER_ORDER), renamed(before, OTHER_ORDER))
    assert unordered(other, OTHER_ORDER) == unordered(answers(now, before), {})


def unordered(found: dict[str, object], names: Names) -> object:
    """Without what is chosen by name among equals."""
    return {
        name: sorted(map(repr, rows)) if isinstance(rows, tuple) else rows
        for name, answer in found.items()
        for whole in [answer.origins if isinstance(answer, Origins) else answer]
        for rows in [plain(whole, names, without=frozenset({"seen_by", "caller"}))]
    }


@given(TRACES, BEFORE, RANDOM)
@QUICK
def test_a_trace_that_is_there_several_times_counts_once(
    now: list[Trace], before: list[Trace], random: Random
) -> None:
    again = [*now, *random.choices(now, k=3)] if now else []
    assert plain(answers(again, before * 2)) == plain(answers(now, before))


def test_the_random_traces_have_something_to_tell() -> None:
    """Not all of the answers that are compared above may be empty ones."""
    seen: Counter[str] = Counter()

    @given(TRACES, BEFORE)
    @QUICK
    def look(now: list[Trace], before: list[Trace]) -> None:
        found = answers(now, before)
        found["origins"] = origins(map(tree, now)).origins
        seen.update(name for name, answer in found.items() if answer)

    look()
    assert min(seen[name] for name in answers([], [])) >= 10
