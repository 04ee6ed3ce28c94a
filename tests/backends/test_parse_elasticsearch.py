import json
from typing import Any

import pytest

from tests.backends.requests import FIELDS, LOGS, raw
from troubleshoot.backends.parse.parsing import parse
from troubleshoot.backends.stores.elasticsearch.line import read_time
from troubleshoot.model.query import RawResponse
from troubleshoot.model.signal import LogLine, Logs, Missing, Names, Problem, ProblemKind

WHOLE = {"total": 5, "successful": 5, "skipped": 3, "failed": 0}


def found(*hits: Any, total: Any = None, **more: Any) -> RawResponse:
    total = {"value": len(hits), "relation": "eq"} if total is None else total
    page = {"took": 3, "timed_out": False, "_shards": WHOLE}
    return raw(json.dumps(page | {"hits": {"total": total, "hits": list(hits)}} | more))


def logs(answer: RawResponse) -> Logs:
    signal = parse(LOGS, answer)
    assert isinstance(signal, Logs)
    return signal


def line(**hit: Any) -> LogLine:
    return logs(found(hit)).lines[0]


def partial(answer: RawResponse) -> str:
    problem = logs(answer).problem
    assert problem is not None
    assert problem.trouble is ProblemKind.PARTIAL
    return problem.reason


def test_a_nested_document_is_flattened_to_dotted_keys() -> None:
    source = {
        "@timestamp": "2025-11-07T15:30:00.5Z",
        "log": {"level": "ERROR", "line": 7, "ok": True, "none": None},
        "tags": ["a", "b"],
        "trace.id": "abc",
        "deep": [{"x": 1}, {"x": 2.5}],
    }
    assert line(_source=source).fields == (
        ("@timestamp", "2025-11-07T15:30:00.5Z"),
        ("log.level", "ERROR"),
        ("log.line", "7"),
        ("log.ok", "true"),
        ("tags", "a, b"),
        ("trace.id", "abc"),
        ("deep.x", "1, 2.5"),
    )


def test_fields_are_read_beside_or_instead_of_the_source() -> None:
    fields = {"@timestamp": ["2025-11-07T15:30:00Z"], "level": ["ERROR"]}
    assert line(fields=fields).first(("level",)) == "ERROR"
    assert line(fields=fields).time == 1762529400.0
    both = line(_source={"level": "WARN"}, fields={"level": ["x"], "service.name": ["order"]})
    assert both.fields == (("level", "WARN"), ("service.name", "order"))


@pytest.mark.parametrize(
    "text",
    [
        "2025-11-07T15:30:00.25Z",
        "2025-11-07T15:30:00.250000000Z",
        "2025-11-07T15:30:00,25Z",
        "2025-11-07T16:30:00.25+01:00",
        "2025-11-07T16:30:00.25+0100",
        "2025-11-07 15:30:00.25",
        "1762529400250",
        "1762529400.25",
    ],
)
def test_times_are_read_in_every_usual_form(text: str) -> None:
    assert read_time(text) == 1762529400.25


@pytest.mark.parametrize("text", ["", "yesterday", "0000-00-00T00:00:00Z"])
def test_what_is_no_time_is_none(text: str) -> None:
    assert read_time(text) is None


def test_a_line_without_a_time_has_that_of_its_sort_key_or_none() -> None:
    assert line(_source={"a": "b"}, sort=["x", 1762529400250]).time == 1762529400.25
    assert line(_source={"@timestamp": 1762529400250}).time == 1762529400.25
    assert line(_source={"a": "b"}).time == 0.0


@pytest.mark.parametrize(
    ("total", "expected"),
    [
        ({"value": 12, "relation": "eq"}, (12, False)),
        ({"value": 10000, "relation": "gte"}, (10000, True)),
        (12, (12, False)),
        ("?", (1, True)),
    ],
)
def test_the_total_says_whether_the_store_stopped_counting(total: Any, expected: Any) -> None:
    signal = logs(found({}, total=total))
    assert (signal.total, signal.at_least) == expected


def test_a_whole_answer_has_no_problem() -> None:
    assert logs(found({})).problem is None


def test_a_search_that_timed_out_is_partial() -> None:
    assert "time limit" in partial(found(timed_out=True))
    assert "before it had seen every document" in partial(found(terminated_early=True))


@pytest.mark.parametrize(
    "shards",
    [
        {"total": 5, "successful": 2, "skipped": 0, "failed": 3},
        {"total": 5, "successful": 2, "skipped": 1, "failed": 0},
    ],
)
def test_missing_shards_are_counted(shards: Any) -> None:
    assert partial(found(_shards=shards)) == "2 of 5 shards answered"


def test_the_reason_of_the_first_failed_shard_is_told() -> None:
    failure = {"shard": 0, "reason": {"type": "x", "reason": "circuit  breaker"}}
    shards = {"total": 2, "successful": 1, "failed": 1, "failures": [failure]}
    assert partial(found(_shards=shards)) == "1 of 2 shards answered (circuit breaker)"


@pytest.mark.parametrize("state", ["skipped", "partial", "failed"])
def test_clusters_that_did_not_answer_in_full_are_counted(state: str) -> None:
    clusters = {"total": 3, "successful": 2, state: 1}
    assert partial(found(_clusters=clusters)) == "2 of 3 clusters answered in full"
    assert logs(found(_clusters={"total": 3, "successful": 3, "skipped": 0})).problem is None


def test_no_index_at_all_is_no_data_and_not_silence() -> None:
    empty = {"total": 0, "successful": 0, "skipped": 0, "failed": 0}
    problem = logs(found(_shards=empty)).problem
    assert problem is not None
    assert problem.trouble is ProblemKind.NO_DATA
    assert problem.reason == "Elasticsearch has no index named 'logs-*'"


def test_buckets_of_every_aggregation_are_counts_in_the_order_of_the_store() -> None:
    aggregations = {
        "services": {"buckets": [{"key": "z", "doc_count": 5}, {"key": "a", "doc_count": 2}]},
        "over_time": {
            "buckets": [{"key": 1762529400000, "key_as_string": "2025-11", "doc_count": 4}]
        },
        "failed": {"buckets": [{"key": 1, "key_as_string": "true", "doc_count": 3}]},
        "code": {"buckets": [{"key": 500, "doc_count": 1}]},
        "named": {"buckets": {"slow": {"doc_count": 6}}},
        "rubbish": {"buckets": [None]},
        "average": {"value": 4},
    }
    assert logs(found(aggregations=aggregations)).counts == (
        ("services", "z", 5),
        ("services", "a", 2),
        ("over_time", "1762529400000", 4),
        ("failed", "true", 3),
        ("code", "500", 1),
        ("named", "slow", 6),
        ("rubbish", "", 0),
    )


def error(kind: str, reason: str) -> str:
    cause = {"type": kind, "reason": reason}
    return json.dumps({"error": {"root_cause": [cause], **cause}, "status": 0})


def test_an_index_that_does_not_exist_is_named() -> None:
    signal = parse(LOGS, raw(error("index_not_found_exception", "no such index [logs]"), 404))
    assert isinstance(signal, Missing)
    assert signal.problem.trouble is ProblemKind.ERROR
    assert "no index named 'logs-*'" in signal.problem.reason


@pytest.mark.parametrize(
    ("status", "words"),
    [(401, "refused access"), (400, "did not accept"), (503, "failed (HTTP 503)")],
)
def test_an_error_keeps_the_words_of_the_server(status: int, words: str) -> None:
    signal = parse(LOGS, raw(error("some_exception", "the  reason"), status))
    assert isinstance(signal, Missing)
    assert words in signal.problem.reason
    assert signal.problem.reason.endswith(": some_exception: the reason")


def test_a_plain_text_error_is_kept_too() -> None:
    signal = parse(LOGS, raw('{"error":"Incorrect HTTP method","status":405}', 405))
    assert isinstance(signal, Missing)
    assert "Incorrect HTTP method" in signal.problem.reason


def caps(fields: Any, indices: Any = ("logs-1",), **more: Any) -> RawResponse:
    return raw(json.dumps({"indices": list(indices), "fields": fields} | more))


def way(kind: str, aggregatable: bool) -> Any:
    return {kind: {"type": kind, "searchable": True, "aggregatable": aggregatable}}


def test_fields_say_which_exist_and_which_can_be_aggregated() -> None:
    fields = {
        "level": way("keyword", True),
        "message": way("text", False),
        "mixed": way("keyword", True) | way("text", False),
        "numbers": way("long", True),  # the empty text that stands for no value is no number
        "both": way("keyword", True) | way("long", True),
        "nested": way("keyword", True) | way("object", False),
        "log": way("object", False),
    }
    assert parse(FIELDS, caps(fields)) == Names(
        frozenset(("level", "message", "mixed", "numbers", "both", "nested")),
        frozenset(("level", "nested")),
    )


def test_fields_of_no_index_are_no_data() -> None:
    signal = parse(FIELDS, caps({}, indices=()))
    assert isinstance(signal, Names)
    assert signal.problem is not None
    assert signal.problem.trouble is ProblemKind.NO_DATA


def test_indices_that_failed_make_the_fields_partial() -> None:
    signal = parse(FIELDS, caps({}, failed_indices=2))
    assert isinstance(signal, Names)
    assert signal.problem == Problem(ProblemKind.PARTIAL, "2 indices did not answer")


def bucket(*messages: str, total: Any) -> dict[str, Any]:
    hits = [{"_source": {"message": text, "_doc_count": 9}} for text in messages]
    return {"doc_count": 1, "sample": {"hits": {"total": {"value": total}, "hits": hits}}}


def test_an_aggregation_that_is_one_bucket_counts_with_what_is_inside_it() -> None:
    inside = {"doc_count": 9, "lines": {"doc_count": 4}, "days": {"buckets": [{"key": "a"}]}}
    answer = found(aggregations={"all": inside, "other": {"value": 3}})
    assert logs(answer).counts == (("all", "", 9), ("lines", "", 4), ("days", "a", 0))


def test_lines_picked_from_buckets_say_how_many_they_stand_for() -> None:
    levels = {"levels": {"buckets": [bucket("a", "b", total=10), bucket("c", total=1)]}}
    services = {"buckets": [levels, {"named": {"buckets": {"x": bucket("d", total="?")}}}]}
    signal = logs(found({"_source": {"message": "page"}}, aggregations={"services": services}))
    assert [(line.first(("message",)), line.first(("_doc_count",))) for line in signal.lines] == [
        ("a", "5.0"), ("b", "5.0"), ("c", "1.0"), ("d", "1.0"),
    ]  # fmt: skip


def test_buckets_nothing_was_picked_from_leave_the_page() -> None:
    empty = {"services": {"buckets": [{"key": "", "doc_count": 0, "sample": {"hits": {}}}]}}
    assert len(logs(found({}, aggregations=empty)).lines) == 1
