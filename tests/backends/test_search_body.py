"""What a search may say: enough to find and count lines, nothing that runs, hides or stays."""

from typing import Any

import pytest

from troubleshoot.backends.stores.elasticsearch.search_body import (
    AGGREGATIONS,
    QUERIES,
    search_problems,
)

CODE = {"source": "while (true) {}"}
CLAUSE = {"script": {"script": CODE}}
WORDS = ("script", "wrapper", "runtime_mappings", "scripted_metric", "bucket_script", "pit")


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"query": {"match_all": {}}, "size": 3, "from": 0, "_source": ["a"], "timeout": "1s"},
        {"query": {"term": {"script": "deploy.sh"}}},  # a field of that name
        {"query": {"bool": {"must": {"exists": {"field": "a"}}, "should": [{"ids": {}}]}}},
        {"query": {"boosting": {"positive": {"term": {}}, "negative": {"term": {}}}}},
        {"query": {"dis_max": {"queries": [{"term": {}}], "tie_breaker": 0.5}}},
        {"query": {"constant_score": {"filter": {"term": {}}}}},
        {"query": {"nested": {"path": "a", "query": {"term": {"a.b": 1}}}}},
        {"query": {"function_score": {"functions": [{"filter": {"term": {}}, "weight": 2}]}}},
        {"sort": "a"},
        {"sort": ["a", {"b": "desc"}, {"c": {"order": "asc", "unmapped_type": "date"}}]},
        {"aggs": {"description": {"terms": {"field": "a", "order": {"_count": "desc"}}}}},
        {"aggregations": {"a": {"global": {}, "meta": {"x": 1}, "aggs": {"b": {"max": {}}}}}},
        {"aggs": {"a": {"filters": {"filters": {"x": {"term": {}}}, "other_bucket": True}}}},
        {"aggs": {"a": {"filters": {"filters": [{"term": {}}]}}}},
        {"aggs": {"a": {"top_hits": {"size": 1, "sort": [{"a": "asc"}], "_source": False}}}},
    ],
)
def test_what_finds_and_counts_lines_is_good(body: Any) -> None:
    assert list(search_problems(body)) == []


@pytest.mark.parametrize(
    ("body", "keys"),
    [
        ({"script_fields": {}}, ("script_fields",)),
        ({"runtime_mappings": {}}, ("runtime_mappings",)),
        ({"pit": {}}, ("pit",)),
        ({"knn": {}}, ("knn",)),
        ({"rescore": {"query": {"rescore_query": CLAUSE}}}, ("rescore",)),
        ({"suggest": {"a": {"phrase": {"collate": {}}}}}, ("suggest",)),
        ({"ext": {}}, ("ext",)),
        ({"query": CLAUSE}, ("query", "script")),
        ({"post_filter": CLAUSE}, ("post_filter", "script")),
        ({"query": {"wrapper": {"query": "eyJ9"}}}, ("query", "wrapper")),
        ({"query": {"script_score": {}}}, ("query", "script_score")),
        ({"query": {"terms_set": {}}}, ("query", "terms_set")),
        ({"query": {"intervals": {}}}, ("query", "intervals")),
        ({"query": {"semantic": {}}}, ("query", "semantic")),
        ({"query": {"bool": {"must": [{"term": {}}, CLAUSE]}}},
         ("query", "bool", "must", 1, "script")),
        ({"query": {"bool": {"filter": CLAUSE}}}, ("query", "bool", "filter", "script")),
        ({"query": {"nested": {"query": CLAUSE}}}, ("query", "nested", "query", "script")),
        ({"query": {"nested": {"inner_hits": {}}}}, ("query", "nested", "inner_hits")),
        ({"query": {"function_score": {"script_score": {}}}},
         ("query", "function_score", "script_score")),
        ({"query": {"function_score": {"functions": [{"script_score": {}}]}}},
         ("query", "function_score", "functions", 0, "script_score")),
        ({"query": {"function_score": {"functions": [{"filter": CLAUSE}]}}},
         ("query", "function_score", "functions", 0, "filter", "script")),
        ({"sort": {"_script": {"script": CODE}}}, ("sort", "_script", "script")),
        ({"sort": [{"_script": {"script": CODE}}]}, ("sort", 0, "_script", "script")),
        ({"sort": [{"a": {"nested": {"filter": CLAUSE}}}]}, ("sort", 0, "a", "nested")),
        ({"aggs": {"a": {"scripted_metric": {}}}}, ("aggs", "a", "scripted_metric")),
        ({"aggs": {"a": {"bucket_selector": {}}}}, ("aggs", "a", "bucket_selector")),
        ({"aggs": {"a": {"terms": {"script": CODE}}}}, ("aggs", "a", "terms", "script")),
        ({"aggs": {"a": {"filter": CLAUSE}}}, ("aggs", "a", "filter", "script")),
        ({"aggs": {"a": {"filters": {"filters": {"x": CLAUSE}}}}},
         ("aggs", "a", "filters", "filters", "x", "script")),
        ({"aggs": {"a": {"filters": {"filters": [CLAUSE]}}}},
         ("aggs", "a", "filters", "filters", 0, "script")),
        ({"aggs": {"a": {"top_hits": {"script_fields": {}}}}},
         ("aggs", "a", "top_hits", "script_fields")),
        ({"aggs": {"a": {"global": {}, "aggs": {"b": {"max": {"script": CODE}}}}}},
         ("aggs", "a", "aggs", "b", "max", "script")),
        ([], ()),
        ({"query": []}, ("query",)),
        ({"query": {"bool": {"must": "x"}}}, ("query", "bool", "must")),
        ({"aggs": []}, ("aggs",)),
        ({"aggs": {"a": []}}, ("aggs", "a")),
        ({"aggs": {"a": {"filters": {"filters": 1}}}}, ("aggs", "a", "filters", "filters")),
        ({"sort": 1}, ("sort",)),
    ],
)  # fmt: skip
def test_what_runs_hides_or_stays_is_found_at_its_place(body: Any, keys: tuple[Any, ...]) -> None:
    found = [at for at, _ in search_problems(body)]
    assert keys in found


def test_no_list_holds_a_word_that_runs_code_or_hides_a_query() -> None:
    assert not {*QUERIES, *AGGREGATIONS} & {*WORDS}


def test_the_reason_is_said_with_what_there_is() -> None:
    ((_, said),) = search_problems({"query": {"bool": {"must": [CLAUSE]}}})
    assert said.startswith("'script' runs code on the server, and is not available in a query;")
    ((_, said),) = search_problems({"sort": {"a": {"mod": "max"}}})
    assert said == (
        "'mod' is not available in 'sort'; "
        "available: format, missing, mode, numeric_type, order, unmapped_type"
    )
