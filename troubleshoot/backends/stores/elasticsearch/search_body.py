"""What the body of an Elasticsearch search may say: a closed list, because a search can run code.

``script``, ``script_score``, ``runtime_mappings`` and ``scripted_metric`` run a program on the
server, ``wrapper`` hides any query in base64, ``knn`` and ``semantic`` ask a model, ``pit`` keeps
state. So each place of a body has the words that may stand there, and no other.
"""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any

Keys = tuple[str | int, ...]
Problems = Iterator[tuple[Keys, str]]
Reader = Callable[[Any, Keys], Problems]

QUERIES = (
    "combined_fields", "exists", "fuzzy", "ids", "match", "match_all", "match_bool_prefix",
    "match_none", "match_phrase", "match_phrase_prefix", "multi_match", "prefix", "query_string",
    "range", "regexp", "simple_query_string", "term", "terms", "wildcard",
)  # fmt: skip
AGGREGATIONS = (
    "auto_date_histogram", "avg", "cardinality", "date_histogram", "date_range", "extended_stats",
    "global", "histogram", "max", "min", "missing", "nested", "percentile_ranks", "percentiles",
    "range", "rare_terms", "reverse_nested", "stats", "sum", "terms", "value_count",
)  # fmt: skip
_OPTIONS = (
    "buckets", "calendar_interval", "compression", "exclude", "extended_bounds", "field",
    "fixed_interval", "format", "hard_bounds", "include", "interval", "keyed", "max_doc_count",
    "min_doc_count", "minimum_interval", "missing", "offset", "order", "path", "percents",
    "precision_threshold", "ranges", "shard_min_doc_count", "shard_size",
    "show_term_doc_count_error", "sigma", "size", "time_zone", "value_type", "values",
)  # fmt: skip
_READ = ("_source", "docvalue_fields", "fields", "from", "size", "stored_fields")
_SEARCH = (
    "min_score", "search_after", "terminate_after", "timeout", "track_scores", "track_total_hits",
)  # fmt: skip
_SORT = ("format", "missing", "mode", "numeric_type", "order", "unmapped_type")
_SCORED = ("field_value_factor", "random_score", "weight")


def search_problems(body: Any) -> Problems:
    """Each part of ``body`` that is not on the list: its keys, and a sentence."""
    return _known(body, (), known=_TOP, what="a search")


def _known(value: Any, at: Keys, *, known: Mapping[str, Reader], what: str) -> Problems:
    if not isinstance(value, dict):
        yield at, f"{what} is an object"
        return
    for key, inner in value.items():
        if key in known:
            yield from known[key](inner, (*at, key))
        else:
            yield (
                (*at, key),
                f"{_unavailable(key)} in {what}; available: {', '.join(sorted(known))}",
            )


def _unavailable(key: str) -> str:
    code = "script" in key or key == "runtime_mappings"
    return f"{key!r} {'runs code on the server, and ' if code else ''}is not available"


def _plain(value: Any, at: Keys) -> Problems:  # noqa: ARG001
    """Neither code nor a query can stand here."""
    return iter(())


def _each(value: Any, at: Keys, *, read: Reader) -> Problems:
    """One, or a list of them."""
    if not isinstance(value, list):
        return read(value, at)
    return (problem for row, one in enumerate(value) for problem in read(one, (*at, row)))


def _named(value: Any, at: Keys, *, read: Reader, what: str) -> Problems:
    """Under names that the author chose."""
    if not isinstance(value, dict):
        return iter([(at, f"{what} have names")])
    return (problem for name, one in value.items() for problem in read(one, (*at, name)))


def _query(value: Any, at: Keys) -> Problems:
    return _known(value, at, known=_QUERIES, what="a query")


def _aggregation(value: Any, at: Keys) -> Problems:
    return _known(value, at, known=_AGGREGATIONS, what="an aggregation")


def _filters(value: Any, at: Keys) -> Problems:
    return _queries(value, at) if isinstance(value, list) else _named_queries(value, at)


def _order(value: Any, at: Keys) -> Problems:
    return iter(()) if isinstance(value, str) else _by_field(value, at)


def _field_order(value: Any, at: Keys) -> Problems:
    return iter(()) if isinstance(value, str) else _sort_options(value, at)


def _words(words: tuple[str, ...]) -> dict[str, Reader]:
    return dict.fromkeys(words, _plain)


def _object(what: str, known: Mapping[str, Reader]) -> Reader:
    return partial(_known, known=known, what=what)


_queries = partial(_each, read=_query)
_named_queries = partial(_named, read=_query, what="queries")
_aggregations = partial(_named, read=_aggregation, what="aggregations")
_sort_options = _object("'sort'", _words(_SORT))
_by_field = partial(_named, read=_field_order, what="fields to sort by")
_sort: Reader = partial(_each, read=_order)
_function = _object("'functions'", {"filter": _query, **_words(_SCORED)})

_QUERIES: dict[str, Reader] = {
    **_words(QUERIES),
    "bool": _object(
        "'bool'",
        dict.fromkeys(("filter", "must", "must_not", "should"), _queries)
        | _words(("_name", "boost", "minimum_should_match")),
    ),
    "boosting": _object(
        "'boosting'",
        {"negative": _query, "positive": _query, **_words(("boost", "negative_boost"))},
    ),
    "constant_score": _object("'constant_score'", {"filter": _query, **_words(("boost",))}),
    "dis_max": _object("'dis_max'", {"queries": _queries, **_words(("boost", "tie_breaker"))}),
    "function_score": _object(
        "'function_score'",
        {
            "functions": partial(_each, read=_function),
            "query": _query,
            **_words((*_SCORED, "boost", "boost_mode", "max_boost", "min_score", "score_mode")),
        },
    ),
    "nested": _object(
        "'nested'", {"query": _query, **_words(("ignore_unmapped", "path", "score_mode"))}
    ),
}
_AGGREGATIONS: dict[str, Reader] = {
    "aggregations": _aggregations,
    "aggs": _aggregations,
    "filter": _query,
    "filters": _object(
        "'filters'", {"filters": _filters, **_words(("other_bucket", "other_bucket_key"))}
    ),
    "meta": _plain,
    "top_hits": _object("'top_hits'", {"sort": _sort, **_words(_READ)}),
    **{name: _object(f"{name!r}", _words(_OPTIONS)) for name in AGGREGATIONS},
}
_TOP: dict[str, Reader] = {
    "aggregations": _aggregations,
    "aggs": _aggregations,
    "post_filter": _query,
    "query": _query,
    "sort": _sort,
    **_words(_READ),
    **_words(_SEARCH),
}
