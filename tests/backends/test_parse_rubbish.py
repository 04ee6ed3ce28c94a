import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.backends.requests import ALL, raw
from troubleshoot.backends.parse.parsing import parse
from troubleshoot.model.query import Request
from troubleshoot.model.signal import Calls, Logs, Metrics, MetricTypes, Missing, Names, Traces

KEYS = st.sampled_from(
    (
        *("status", "data", "result", "resultType", "metric", "values", "value", "warnings"),
        *("error", "errorType", "errors", "msg", "spans", "processes", "traceID", "spanID"),
        *("startTime", "duration", "references", "tags", "key", "logs", "fields", "hits"),
        *("total", "relation", "_source", "sort", "@timestamp", "_shards", "failed"),
        *("failures", "reason", "aggregations", "buckets", "doc_count", "_clusters"),
        *("indices", "aggregatable"),
    )
)
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.sampled_from(("success", "error", "matrix", "vector", "scalar", "NaN", "1")),
    st.text(max_size=5),
)
ANYTHING = st.recursive(
    SCALARS,
    lambda below: st.lists(below, max_size=4) | st.dictionaries(KEYS, below, max_size=6),
    max_leaves=30,
)
SHAPED = st.one_of(
    ANYTHING,
    st.fixed_dictionaries({"data": st.lists(st.fixed_dictionaries({"spans": ANYTHING}))}),
    st.fixed_dictionaries({"hits": st.fixed_dictionaries({"hits": ANYTHING, "total": ANYTHING})}),
    st.fixed_dictionaries(
        {
            "status": st.just("success"),
            "data": st.fixed_dictionaries(
                {"resultType": st.just("matrix"), "result": st.lists(ANYTHING, max_size=3)}
            ),
        }
    ),
)


@pytest.mark.parametrize("request_", ALL)
@given(document=SHAPED, status=st.sampled_from((200, 400, 404, 500)))
def test_no_json_makes_a_parser_raise(request_: Request, document: Any, status: int) -> None:
    signal = parse(request_, raw(json.dumps(document), status))
    assert isinstance(signal, Metrics | MetricTypes | Names | Calls | Traces | Logs | Missing)
    assert status == 200 or isinstance(signal, Missing)


@pytest.mark.parametrize("request_", ALL)
@given(body=st.binary(max_size=200))
def test_no_bytes_make_a_parser_raise(request_: Request, body: bytes) -> None:
    assert parse(request_, raw(body)) == parse(request_, raw(body))


@pytest.mark.parametrize("request_", ALL)
@pytest.mark.parametrize("depth", [500, 100_000])
def test_deep_documents_do_not_exhaust_the_stack(request_: Request, depth: int) -> None:
    deep = '{"a":' * depth + "1" + "}" * depth
    body = '{"hits":{"hits":[{"_source":' + deep + "}]}}"
    parse(request_, raw(body))
    parse(request_, raw("[" * depth + "]" * depth))
