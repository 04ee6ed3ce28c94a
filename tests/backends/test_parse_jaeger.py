import json
from typing import Any

import pytest

from tests.backends.requests import CALLS, SERVICES, TRACES, raw
from troubleshoot.backends.parse.parsing import parse
from troubleshoot.model.query import RawResponse
from troubleshoot.model.signal import Calls, Missing, Names, ProblemKind, Span, Trace, Traces

Json = dict[str, Any]


def tag(key: str, value: object, kind: str = "string") -> Json:
    return {"key": key, "type": kind, "value": value}


def span(span_id: str = "s1", start: int = 1_700_000_000_000_000, **more: object) -> Json:
    return {
        "traceID": "t1",
        "spanID": span_id,
        "operationName": "POST /orders",
        "references": [],
        "startTime": start,
        "duration": 2_500_000,
        "tags": [],
        "logs": [],
        "processID": "p1",
    } | more


def trace(*spans: Any, trace_id: str = "t1") -> Json:
    processes = {"p1": {"serviceName": "order", "tags": [tag("host.name", "o-1")]}}
    return {"traceID": trace_id, "spans": list(spans), "processes": processes}


def answer(*traces: Any, **more: object) -> RawResponse:
    return raw(json.dumps({"data": list(traces), "total": 0, "errors": None} | more))


def read(*traces: Any, **more: object) -> Traces:
    signal = parse(TRACES, answer(*traces, **more))
    assert isinstance(signal, Traces)
    return signal


def only(one: Json) -> Span:
    signal = read(trace(one))
    assert signal.problem is None
    return signal.traces[0].spans[0]


def test_a_span_has_its_service_and_times_in_seconds() -> None:
    tags = [tag("span.kind", "SERVER"), tag("http.status_code", 500, "int64"), tag("ok", True)]
    assert only(span(tags=tags)) == Span(
        trace_id="t1",
        span_id="s1",
        parent_id="",
        service="order",
        operation="POST /orders",
        start=1_700_000_000.0,
        duration=2.5,
        failed=True,
        kind="server",
        tags=(
            ("span.kind", "SERVER"),
            ("http.status_code", "500"),
            ("ok", "true"),
            ("host.name", "o-1"),
        ),
        message="HTTP 500",
    )


def reference(kind: str, span_id: str, trace_id: str = "t1") -> Json:
    return {"refType": kind, "traceID": trace_id, "spanID": span_id}


@pytest.mark.parametrize(
    ("references", "parent"),
    [
        ([reference("FOLLOWS_FROM", "a"), reference("CHILD_OF", "b")], "b"),
        ([reference("FOLLOWS_FROM", "a")], "a"),
        ([reference("CHILD_OF", "x", "another trace"), reference("FOLLOWS_FROM", "a")], "a"),
        ([reference("CHILD_OF", "x", "another trace")], ""),
        (None, ""),
    ],
)
def test_the_parent_is_the_span_it_is_a_child_of(references: Any, parent: str) -> None:
    assert only(span(references=references)).parent_id == parent


def event(**fields: str) -> Json:
    return {
        "timestamp": 1,
        "fields": [tag(name.replace("_", "."), v) for name, v in fields.items()],
    }


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"tags": [tag("otel.status_description", "timed out")]}, "timed out"),
        ({"logs": [event(event="retry"), event(event="exception", exception_message="no")]}, "no"),
        ({"logs": [event(event="error", message="refused")]}, "refused"),
        ({"logs": [event(level="error", message="deadlock")]}, "deadlock"),
        ({"logs": [event(level="info", message="started")]}, ""),
        ({"tags": [tag("error", "pool is empty")]}, "pool is empty"),
        ({"tags": [tag("error", True)]}, ""),
    ],
)
def test_the_message_is_what_the_span_says_about_its_failure(more: Json, message: str) -> None:
    assert only(span(**more)).message == message


def test_spans_come_in_order_of_time_and_traces_oldest_first() -> None:
    first = trace(span("b", 20), span("a", 10))
    second = trace(span("c", 5, traceID="t0"), trace_id="t0")
    signal = read(first, second)
    assert [[one.span_id for one in each.spans] for each in signal.traces] == [["c"], ["a", "b"]]


def test_of_spans_that_start_together_the_outer_one_comes_first() -> None:
    inner, outer = span("a", duration=5), span("b", duration=9)
    assert [one.span_id for one in read(trace(inner, outer)).traces[0].spans] == ["b", "a"]


def test_more_traces_than_wanted_are_truncated_to_the_newest() -> None:
    several = [trace(span(start=n, traceID=f"t{n}"), trace_id=f"t{n}") for n in (3, 1, 2)]
    signal = read(*several)
    assert signal.truncated
    assert [one.trace_id for one in signal.traces] == ["t2", "t3"]
    assert not read(*several[:2]).truncated


def test_a_span_without_its_process_is_of_an_unknown_service() -> None:
    entry = trace(span())
    del entry["processes"]
    assert read(entry).traces[0].spans[0].service == "unknown"
    assert only(span(processID="p9", process={"serviceName": "inline"})).service == "inline"


def test_of_two_spans_with_one_id_the_failed_one_is_kept() -> None:
    twice = trace(span(), span(tags=[tag("error", True)]), span())
    (one,) = read(twice).traces[0].spans
    assert one.failed


def test_a_call_and_its_answer_with_one_id_are_two_spans() -> None:
    """So Zipkin's libraries write them."""
    both = [span(tags=[tag("span.kind", kind)]) for kind in ("client", "server")]
    assert [one.kind for one in read(trace(*both)).traces[0].spans] == ["client", "server"]


@pytest.mark.parametrize(
    "rubbish",
    [
        None,
        7,
        [],
        {},
        span(spanID=None),
        span(startTime="yesterday"),
        span(duration=None),
        span(startTime=True),
    ],
)
def test_rubbish_in_one_span_is_counted_and_does_not_lose_the_rest(rubbish: Any) -> None:
    signal = read(trace(span(), rubbish))
    assert len(signal.traces[0].spans) == 1
    assert signal.problem is not None
    assert signal.problem.trouble is ProblemKind.PARTIAL
    assert signal.problem.reason == "1 spans or traces from Jaeger could not be read"


def test_what_is_no_utf8_is_replaced() -> None:
    body = json.dumps({"data": [trace(span(operationName="GET caf?"))]}).encode()
    signal = parse(TRACES, raw(body.replace(b"?", b"\xe9")))
    assert isinstance(signal, Traces)
    assert signal.traces[0].spans[0].operation == "GET caf\N{REPLACEMENT CHARACTER}"


@pytest.mark.parametrize("beyond", ["1e999", "9" * 5_000])
def test_a_value_beyond_all_bounds_costs_only_its_own_trace(beyond: str) -> None:
    good, bad = (json.dumps(trace(span(tags=[tag("odd", text)]))) for text in ("", "HERE"))
    bad = bad.replace('"HERE"', beyond)
    signal = parse(TRACES, raw(f'{{"data": [{good}, {bad}]}}'))
    assert isinstance(signal, Traces)
    assert len(signal.traces) == 1
    assert signal.problem is not None
    assert signal.problem.reason == "1 spans or traces from Jaeger could not be read"


@pytest.mark.parametrize("more", [{"tags": 5}, {"logs": [None, {"fields": 3}]}, {"tags": [None]}])
def test_wrong_types_inside_a_span_cost_only_themselves(more: Json) -> None:
    assert only(span(**more)).span_id == "s1"


def test_rubbish_as_a_whole_is_an_error() -> None:
    signal = parse(TRACES, answer(None, 5, trace({}, None)))
    assert isinstance(signal, Missing)
    assert signal.problem.trouble is ProblemKind.ERROR


def test_errors_beside_traces_make_it_partial() -> None:
    signal = read(trace(span()), errors=[{"code": 500, "msg": "one\nshard failed"}])
    assert len(signal.traces) == 1
    assert signal.problem is not None
    assert signal.problem.trouble is ProblemKind.PARTIAL
    assert signal.problem.reason == "Jaeger answered in part: one shard failed"


@pytest.mark.parametrize("status", [200, 400, 500])
@pytest.mark.parametrize("data", [None, []])
def test_errors_without_traces_are_an_error(status: int, data: Any) -> None:
    body = json.dumps({"data": data, "errors": [{"code": 400, "msg": "malformed 'start'"}]})
    signal = parse(TRACES, raw(body, status))
    assert isinstance(signal, Missing)
    assert "malformed 'start'" in signal.problem.reason


@pytest.mark.parametrize("data", [None, []])
def test_no_traces_are_no_problem_here(data: Any) -> None:
    assert parse(TRACES, raw(json.dumps({"data": data, "errors": None}))) == Traces(())


def test_services_are_a_set_of_names() -> None:
    assert parse(SERVICES, answer("order", "payment", None)) == Names(
        frozenset(("order", "payment"))
    )
    assert parse(SERVICES, raw('{"data":null,"total":0}')) == Names(frozenset())


def test_a_trace_takes_its_id_from_itself_when_the_spans_have_none() -> None:
    signal = read(trace(span(traceID="")))
    assert isinstance(signal.traces[0], Trace)
    assert signal.traces[0].trace_id == "t1"


def edge(parent: object, child: object, count: object) -> Json:
    return {"parent": parent, "child": child, "callCount": count}


def test_the_call_graph_is_its_edges_in_order() -> None:
    signal = parse(CALLS, answer(edge("order", "payment", 7), edge("edge", "order", 9)))
    assert signal == Calls((("edge", "order", 9), ("order", "payment", 7)))


def test_edges_without_names_are_left_out() -> None:
    odd = answer(edge("", "payment", 7), edge(None, 3, "x"), "rubbish", edge("a", "b", None))
    assert parse(CALLS, odd) == Calls((("a", "b", 0),))


def test_a_store_without_dependencies_has_no_edges() -> None:
    assert parse(CALLS, raw('{"data":null,"total":0}')) == Calls(())
    assert isinstance(parse(CALLS, raw("[]")), Missing)
