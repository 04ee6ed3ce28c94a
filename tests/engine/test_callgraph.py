"""Who calls whom, and whose trouble is that of somebody they call."""

from tests.analysis.made import span, trace
from tests.engine.made import RAW
from troubleshoot.engine.collect.answers import Answer, Answers
from troubleshoot.engine.plan.inventory import Known
from troubleshoot.engine.topology.call_graph import (
    call_graph,
    charged,
    explained,
    graph_of,
    reached,
)
from troubleshoot.model.facts import Dimension, MetricFacts, TagFacts, TraceFacts
from troubleshoot.model.finding import Evidence, Finding, Item, Outcome
from troubleshoot.model.query import QueryKind, Request
from troubleshoot.model.signal import Calls, Metrics, Series, Traces
from troubleshoot.model.store import Store

SERVICES = ("gateway", "booking", "ledger")


def latency(*rows: tuple[str, float]) -> Finding:
    """Each was at 0.1 s before; at 0.3 s and more it is in trouble."""
    items = tuple(
        Item((), Outcome.CRITICAL if now >= 0.3 else Outcome.OK, now, 0.1, facts=MetricFacts(name))
        for name, now in rows
    )
    return Finding("l", "L", "s", "S", "1", Outcome.CRITICAL, Evidence.METRIC, items=items)


def reasons(finding: Finding, *edges: tuple[str, str]) -> dict[str, str]:
    found = explained(finding, reached(graph_of(edges)))
    return {item.service: ", ".join(explaining(item)) for item in found.items}


def explaining(item: Item) -> tuple[str, ...]:
    assert isinstance(item.facts, MetricFacts)
    return item.facts.explained_by


def test_a_caller_is_explained_by_its_callee() -> None:
    found = reasons(latency(("a", 2.0), ("b", 2.0), ("c", 2.0)), ("a", "b"), ("b", "d"))
    assert found == {"a": "b", "b": "", "c": ""}


def test_a_caller_two_calls_away_is_explained_too() -> None:
    found = reasons(latency(("a", 2.0), ("b", 0.1), ("c", 2.0)), ("a", "b"), ("b", "c"))
    assert found == {"a": "c", "b": "", "c": ""}


def test_of_a_chain_the_last_is_the_reason() -> None:
    found = reasons(latency(("a", 2.0), ("b", 2.0), ("c", 2.0)), ("a", "b"), ("b", "c"))
    assert found == {"a": "c", "b": "c", "c": ""}


def test_a_small_rise_does_not_explain_a_large_one() -> None:
    found = reasons(latency(("a", 9.0), ("b", 0.4)), ("a", "b"))
    assert found == {"a": "", "b": ""}


def test_whom_traces_charge_explains_what_metrics_show_of_its_callers() -> None:
    items = (
        Item((), Outcome.CRITICAL, 0.9, facts=TraceFacts(caller="a", service="b")),
        Item((), Outcome.OK, 0.1, facts=TraceFacts(caller="a", service="c")),
        Item((), Outcome.CRITICAL, 0.9, facts=TagFacts(Dimension.VERSION, "d")),
    )
    shift = Finding("t", "T", "s", "S", "1", Outcome.CRITICAL, Evidence.TRACE, items=items)
    assert charged([shift, latency(("e", 9.0))]) == {"b"}
    depends = reached(graph_of([("a", "b"), ("b", "c")]))
    found = explained(latency(("a", 2.0), ("b", 2.0), ("c", 2.0)), depends, {"b"}).items
    assert list(map(explaining, found)) == [("b",), (), ()]


def test_services_that_call_each_other_do_not_explain_each_other() -> None:
    found = reasons(latency(("a", 2.0), ("b", 2.0)), ("a", "b"), ("b", "a"))
    assert found == {"a": "", "b": ""}


def test_the_call_graph_is_put_together_from_all_that_tells_it() -> None:
    whole = trace(
        span("in", "gateway"),
        span("out", "gateway", parent="in", kind="client"),
        span("serve", "booking", parent="out"),
        span("ask", "booking", parent="serve", kind="client", peer__service="partner"),
    )
    request = Request(Store.JAEGER, QueryKind.TRACES, "GET", "/t")
    answers = Answers({request.key: Answer(request, RAW, Traces((whole,)))})
    edges = Metrics(
        (
            Series((("host", "booking.shop.svc:8080"), ("source", "ledger")), ((0, 1.0),)),
            Series((("service", "tax"), ("source", "ledger")), ((0, 0.0),)),
            Series((("service", "ledger"), ("source", "ledger")), ((0, 1.0),)),
            Series((("service", "ledger"), ("source", "")), ((0, 1.0),)),
        )
    )
    known = Known(calls=Calls((("booking", "ledger", 3),)), edges=edges)
    assert call_graph(answers, known, [("ledger", "bank")], SERVICES) == {
        "gateway": {"booking"},
        "booking": {"ledger", "partner"},
        "ledger": {"bank", "booking", "tax"},
    }
