import json

import pytest

from tests.backends.requests import INSTANT, NAMES, RANGE, TYPES, raw
from troubleshoot.backends.parse.parsing import parse
from troubleshoot.model.query import RawResponse
from troubleshoot.model.signal import Metrics, MetricTypes, Missing, Names, ProblemKind, Series


def success(kind: str, result: object, **more: object) -> RawResponse:
    data = {"resultType": kind, "result": result}
    return raw(json.dumps({"status": "success", "data": data, **more}))


def metrics(answer: RawResponse) -> Metrics:
    signal = parse(RANGE, answer)
    assert isinstance(signal, Metrics)
    return signal


def test_a_matrix_becomes_series_in_order_of_their_labels() -> None:
    result = [
        {"metric": {"job": "b"}, "values": [[100, "1"], [115.5, "2.5"]]},
        {"metric": {"job": "a", "__name__": "up"}, "values": [[100, "0"]]},
    ]
    assert metrics(success("matrix", result)) == Metrics(
        (
            Series((("__name__", "up"), ("job", "a")), ((100.0, 0.0),)),
            Series((("job", "b"),), ((100.0, 1.0), (115.5, 2.5))),
        )
    )


def test_a_vector_becomes_series_of_one_point() -> None:
    signal = parse(INSTANT, success("vector", [{"metric": {}, "value": [200.25, "7e-3"]}]))
    assert signal == Metrics((Series((), ((200.25, 0.007),)),))


def test_a_scalar_is_one_series_without_labels() -> None:
    assert metrics(success("scalar", [5, "42"])) == Metrics((Series((), ((5.0, 42.0),)),))


def test_points_that_are_not_finite_are_counted_and_left_out() -> None:
    values = [[1, "NaN"], [2, "1"], [3, "+Inf"], [4, "-Inf"]]
    (series,) = metrics(success("matrix", [{"metric": {}, "values": values}])).series
    assert series == Series((), ((2.0, 1.0),), not_finite=3)


def test_an_empty_answer_is_no_problem_here() -> None:
    assert metrics(success("vector", [])) == Metrics(())


def test_warnings_make_it_partial_and_keep_the_series() -> None:
    words = "No StoreAPIs matched\nfor this query"
    signal = metrics(success("vector", [{"metric": {}, "value": [1, "1"]}], warnings=[words]))
    assert len(signal.series) == 1
    assert signal.problem is not None
    assert signal.problem.trouble is ProblemKind.PARTIAL
    assert signal.problem.reason == "No StoreAPIs matched for this query"


def test_infos_alone_only_comment_on_the_query() -> None:
    info = "PromQL info: metric might not be a counter, name does not end in _total"
    assert metrics(success("vector", [], infos=[info])).problem is None


def test_a_partial_answer_of_victoriametrics_is_partial() -> None:
    problem = metrics(success("vector", [], isPartial=True)).problem
    assert problem is not None
    assert problem.trouble is ProblemKind.PARTIAL
    assert metrics(success("vector", [], isPartial=False)).problem is None


def test_native_histograms_are_said_not_to_be_read() -> None:
    signal = metrics(success("vector", [{"metric": {}, "histogram": [1, {"count": "2"}]}]))
    assert signal.problem is not None
    assert "native histograms" in signal.problem.reason


@pytest.mark.parametrize("status", [200, 400, 422, 503])
def test_an_error_keeps_the_words_of_the_server(status: int) -> None:
    body = '{"status":"error","errorType":"bad_data","error":"parse error:\\n unexpected end"}'
    signal = parse(RANGE, raw(body, status))
    assert isinstance(signal, Missing)
    assert signal.problem.trouble is ProblemKind.ERROR
    assert "bad_data: parse error: unexpected end" in signal.problem.reason


def test_rubbish_points_do_not_lose_the_others() -> None:
    values = [None, [], ["1", "1"], [1, None], [1, "x"], [2], [3, "4"], "56", {"a": 1}]
    result = [7, {"metric": None, "values": values}, None]
    assert metrics(success("matrix", result)).series == (Series((), ((3.0, 4.0),)),)


def test_names_are_the_set_of_names() -> None:
    answer = raw('{"status":"success","data":["up","orders_total"],"warnings":["one store down"]}')
    signal = parse(NAMES, answer)
    assert isinstance(signal, Names)
    assert signal.names == {"up", "orders_total"}
    assert signal.problem is not None
    assert signal.problem.trouble is ProblemKind.PARTIAL


def test_no_names_may_be_null() -> None:
    assert parse(NAMES, raw('{"status":"success","data":null}')) == Names(frozenset())


def test_a_series_that_cannot_be_read_costs_only_itself() -> None:
    good = '{"metric":{"job":"a"},"values":[[1,"1"]]}'
    result = f'[{good},{{"metric":{{}},"values":[[1e999,"1"]]}},7]'
    body = f'{{"status":"success","data":{{"resultType":"matrix","result":{result}}}}}'
    signal = metrics(raw(body))
    assert signal.series == (Series((("job", "a"),), ((1.0, 1.0),)),)
    assert signal.problem is not None
    assert signal.problem.trouble is ProblemKind.PARTIAL
    assert signal.problem.reason == "2 series could not be read"


def test_a_label_that_is_no_utf8_is_replaced() -> None:
    answer = success("vector", [{"metric": {"path": "?"}, "value": [1, "1"]}])
    (series,) = metrics(raw(answer.body.replace(b"?", b"\xff"))).series
    assert series.label("path") == "\N{REPLACEMENT CHARACTER}"


def test_what_metrics_are_is_what_the_first_says_that_exposes_them() -> None:
    said = {"a": [{"type": "counter", "help": "h"}, {"type": "gauge"}], "b": [], "c": "x"}
    signal = parse(TYPES, raw(json.dumps({"status": "success", "data": said})))
    assert signal == MetricTypes((("a", "counter"), ("b", ""), ("c", "")))
    assert isinstance(parse(TYPES, raw('{"status": "success", "data": []}')), Missing)
