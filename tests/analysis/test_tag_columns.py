"""Which traces have which tag values."""

from random import Random

from hypothesis import given

from tests.analysis.made import span, trace
from tests.analysis.properties import BEFORE, QUICK, RANDOM, TRACES, plain, shuffled
from troubleshoot.analysis.significance import Table
from troubleshoot.analysis.traces.tag_columns import read
from troubleshoot.model.signal import Trace


def order(name: str, version: str) -> Trace:
    return trace(span("order", trace=name, version=version))


def test_failed_traces_come_first_each_once_by_their_ids() -> None:
    columns = read([order("d", "2"), order("b", "2"), order("d", "2")], [order("c", "1")])
    assert columns.ids == ("b", "d", "c")
    assert columns.bad == {0, 1}
    assert columns.values["shop", "version"] == {"2": {0, 1}, "1": {2}}
    assert columns.values["shop", "operation"] == {"order": {0, 1, 2}}


def test_a_trace_on_both_sides_failed() -> None:
    columns = read([order("a", "2")], [order("a", "2"), order("b", "1")])
    assert (columns.ids, columns.bad) == (("a", "b"), {0})


def test_a_table_counts_those_that_are_compared_only() -> None:
    columns = read([order("a", "2"), order("b", "1")], [order("c", "2"), order("d", "1")])
    having = columns.values["shop", "version"]["2"]
    assert columns.table(having, {0, 1, 2, 3}) == Table(1, 1, 1, 1)
    assert columns.table(having, {0, 1, 3}) == Table(1, 0, 1, 1)


@given(TRACES, BEFORE, RANDOM)
@QUICK
def test_the_order_of_traces_spans_and_tags_does_not_matter(
    bad: list[Trace], good: list[Trace], random: Random
) -> None:
    mixed = read(shuffled(bad, random), shuffled(good, random))
    assert plain(mixed.values) == plain(read(bad, good).values)
    assert mixed.ids == read(bad, good).ids
