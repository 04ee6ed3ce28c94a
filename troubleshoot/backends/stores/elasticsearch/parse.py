"""Elasticsearch answers to log pages and field names. Pure."""

from dataclasses import replace

from troubleshoot.backends.parse.problems import document, partial, wrong_shape
from troubleshoot.backends.parse.shapes import Object, as_count, as_list, as_object, as_text
from troubleshoot.backends.stores.elasticsearch.line import read_line
from troubleshoot.backends.stores.elasticsearch.samples import samples
from troubleshoot.model.query import QueryKind, RawResponse, Request
from troubleshoot.model.signal import Logs, Missing, Names, Problem, ProblemKind, Signal
from troubleshoot.model.store import Store

_NO_VALUES = ("object", "nested")  # mapping types that hold fields, not values
_WORDS = {"keyword", "constant_keyword", "wildcard"}  # others cannot be counted beside them
_EPOCH_MILLIS = 100_000_000_000  # numeric bucket keys from here on are times


def parse_logs(request: Request, raw: RawResponse) -> Signal:
    """LOGS: lines in the store's order, the total, and the buckets of every aggregation.

    Where an aggregation picked lines out of its buckets, these are the lines: each says how many
    documents it stands for.
    """
    body = _body(request, raw)
    if isinstance(body, Problem):
        return Missing(body)
    hits = body.get("hits")
    if not isinstance(hits, dict):
        return Missing(wrong_shape(Store.ELASTICSEARCH, raw))
    aggregations = as_object(body.get("aggregations"))
    page = (read_line(as_object(hit)) for hit in as_list(hits.get("hits")))
    lines = tuple(samples(aggregations)) or tuple(page)
    total, at_least = _total(hits.get("total"), len(lines))
    counts = _counts(aggregations)
    return Logs(lines, total, at_least, counts, _problem(request, body))


def parse_fields(request: Request, raw: RawResponse) -> Signal:
    """FIELDS: which of the asked fields exist, and which of those are words that can be counted."""
    body = _body(request, raw)
    if isinstance(body, Problem):
        return Missing(body)
    if not isinstance(body.get("fields"), dict):
        return Missing(wrong_shape(Store.ELASTICSEARCH, raw))
    names, aggregatable = set[str](), set[str]()
    for name, types in as_object(body["fields"]).items():
        kinds = set(as_object(types)) - {*_NO_VALUES, "unmapped"}
        ways = [as_object(way) for kind, way in as_object(types).items() if kind not in _NO_VALUES]
        if ways:
            names.add(name)
        if ways and kinds <= _WORDS and all(way.get("aggregatable") is True for way in ways):
            aggregatable.add(name)
    failed = as_count(body.get("failed_indices"))
    problem = partial([f"{failed} indices did not answer"] if failed else [])
    if body.get("indices") == []:
        problem = _no_index(request)
    return Names(frozenset(names), frozenset(aggregatable), problem)


def _body(request: Request, raw: RawResponse) -> "Object | Problem":
    answer = document(Store.ELASTICSEARCH, raw, _explain)
    if not isinstance(answer, Problem):
        return as_object(answer)
    if raw.status == 404 and b"index_not_found_exception" in raw.body:
        return replace(_no_index(request), trouble=ProblemKind.ERROR)
    return answer


def _index(request: Request) -> str:
    return request.path.strip("/").split("/")[0]


def _no_index(request: Request) -> Problem:
    return Problem(
        ProblemKind.NO_DATA,
        f"Elasticsearch has no index named {_index(request)!r}",
        "set the index the logs are in (playbook parameter, --set, or in troubleshoot.yaml)",
    )


def _explain(answer: object) -> str:
    """``type: reason`` of the root cause; ``error`` may also be a plain text."""
    error = as_object(answer).get("error")
    if isinstance(error, str):
        return " ".join(error.split())
    details = as_object(error)
    first = next(iter(map(as_object, as_list(details.get("root_cause")))), details)
    words = (as_text(first.get("type")), as_text(first.get("reason")))
    return " ".join(": ".join(filter(None, words)).split())


def _total(total: object, shown: int) -> tuple[int, bool]:
    if isinstance(total, dict):
        return as_count(total.get("value")), total.get("relation") == "gte"
    if isinstance(total, int) and not isinstance(total, bool):
        return max(0, total), False
    return shown, True


def _counts(aggregations: Object) -> tuple[tuple[str, str, int], ...]:
    """An aggregation that is a single bucket counts with those inside it, its key is empty."""
    found: list[tuple[str, str, int]] = []
    rest: list[tuple[str, object]] = list(aggregations.items())
    while rest:  # no recursion: the depth is the sender's choice
        name, aggregation = rest.pop(0)
        single = as_object(aggregation)
        if "doc_count" in single and "buckets" not in single:
            found.append((name, "", as_count(single["doc_count"])))
            rest.extend(single.items())
        buckets = single.get("buckets")
        if isinstance(buckets, dict):  # the filters aggregation names its buckets
            buckets = [{**as_object(bucket), "key": key} for key, bucket in buckets.items()]
        for bucket in map(as_object, as_list(buckets)):
            found.append((name, _key(bucket), as_count(bucket.get("doc_count"))))
    return tuple(found)


def _key(bucket: Object) -> str:
    """Times as epoch milliseconds, whatever the field's format; booleans as true and false."""
    key = bucket.get("key")
    if isinstance(key, int | float) and abs(key) >= _EPOCH_MILLIS:
        return str(int(key))
    if isinstance(key, str):
        return key
    return as_text(bucket.get("key_as_string")) or as_text(key)


def _problem(request: Request, body: Object) -> Problem | None:
    shards, clusters = as_object(body.get("_shards")), as_object(body.get("_clusters"))
    if shards.get("total") == 0 and not clusters:
        return _no_index(request)
    reasons = []
    if body.get("timed_out") is True:
        reasons.append("Elasticsearch stopped at its time limit")
    if body.get("terminated_early") is True:
        reasons.append("Elasticsearch stopped before it had seen every document")
    reasons += _shards(shards)
    reasons += _clusters(clusters)
    return partial(reasons, "what is shown may be too low; look at _cluster/health")


def _shards(shards: Object) -> list[str]:
    """Skipped shards cannot match and are counted as successful by the server itself."""
    total, answered = as_count(shards.get("total")), as_count(shards.get("successful"))
    answered = min(answered, total - as_count(shards.get("failed")))
    if answered >= total:
        return []
    failure = next(iter(map(as_object, as_list(shards.get("failures")))), Object())
    cause = as_object(failure.get("reason"))
    words = " ".join((as_text(cause.get("reason")) or as_text(cause.get("type"))).split())
    return [f"{answered} of {total} shards answered" + (f" ({words})" if words else "")]


def _clusters(clusters: Object) -> list[str]:
    total = as_count(clusters.get("total"))
    lacking = sum(as_count(clusters.get(state)) for state in ("skipped", "partial", "failed"))
    return [f"{max(0, total - lacking)} of {total} clusters answered in full"] if lacking else []


PARSERS = {
    QueryKind.FIELDS: parse_fields,
    QueryKind.LOGS: parse_logs,
}
