"""Changes that were written down: one small request to whatever indices vocabularies name."""

from collections.abc import Sequence
from typing import Any

from troubleshoot.backends.stores.elasticsearch.searches import iso, search
from troubleshoot.model.dialect import FAMILIAR
from troubleshoot.model.query import Request
from troubleshoot.model.vocabulary import Events
from troubleshoot.model.window import Interval

MOST = 100  # events read; of more, the newest


def changes(schemas: Sequence[Events], interval: Interval) -> Request:
    """An index that is not there is no mistake; whether any event could be read is counted."""
    times = {
        "gte": iso(interval.start),
        "lte": iso(interval.end),
        "format": "strict_date_optional_time",
    }
    clocks = dict.fromkeys(name for one in schemas for name in one.time)
    known = _any([{"exists": {"field": field}} for one in schemas for field in one.kind])
    body = {
        "size": MOST,
        "track_total_hits": True,
        "_source": _read(schemas),
        "query": _any([_changes(one, times) for one in schemas]),
        "sort": [{name: {"order": "desc", "unmapped_type": "date"}} for name in clocks],
        "aggs": {"all": {"global": {}, "aggs": {FAMILIAR: {"filter": known}}}},
    }
    index = ",".join(dict.fromkeys(name for one in schemas for name in one.index.split(",")))
    return search(index, body)


def _changes(schema: Events, times: dict[str, str]) -> dict[str, Any]:
    words = " ".join(_quoted(word) for known in schema.means.values() for word in known)
    # lenient: where the field is a number, none of the words can be it
    kinds = {"query_string": {"query": words, "fields": list(schema.kind), "lenient": True}}
    when = _any([{"range": {field: times}} for field in schema.time])
    return {"bool": {"filter": [kinds, when]}}


def _quoted(word: str) -> str:
    return '"' + word.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _any(clauses: list[dict[str, Any]]) -> dict[str, Any]:
    return {"bool": {"should": clauses, "minimum_should_match": 1}}


def _read(schemas: Sequence[Events]) -> list[str]:
    lists = ((*one.time, *one.kind, *one.service, *one.version, *one.message) for one in schemas)
    return list(dict.fromkeys(name for names in lists for name in names))
