"""Changes that were written down: one small request to whatever indices vocabularies name."""

import json
from typing import Any

from troubleshoot.engine.planned import Planned, Source
from troubleshoot.engine.requests import iso
from troubleshoot.model.loaded import EVENTS, Loaded
from troubleshoot.model.playbook import Check, Step
from troubleshoot.model.query import Ask, Request
from troubleshoot.model.signal import Problem, Trouble
from troubleshoot.model.store import Store
from troubleshoot.model.vocabulary import Events
from troubleshoot.model.window import Interval, Window

MOST = 100  # events read; of more, the newest
FAMILIAR = "familiar"  # the aggregation that counts events of all times that could be read


def written_down(loaded: Loaded, step: Step, check: Check, window: Window) -> Planned:
    """The check that asks for changes within the lookback, or the window."""
    schemas = tuple(one.events for one in loaded.vocabularies if one.events)
    if not schemas:
        reason = "no vocabulary says where changes are written down"
        problem = Problem(Trouble.NO_DATA, reason, "add one: a file in queries/vocabulary/")
        return Planned(step, check, Store.ELASTICSEARCH, EVENTS, "", (), problem=problem)
    request = _request(schemas, window.recent if check.over == "window" else window.looked)
    return Planned(
        step, check, Store.ELASTICSEARCH, EVENTS, request.body, (Source(request),), events=schemas
    )


def _request(schemas: tuple[Events, ...], interval: Interval) -> Request:
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
    params = (("ignore_unavailable", "true"),)
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    return Request(Store.ELASTICSEARCH, Ask.LOGS, "POST", f"/{index}/_search", params, text)


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


def _read(schemas: tuple[Events, ...]) -> list[str]:
    lists = ((*one.time, *one.kind, *one.service, *one.version, *one.message) for one in schemas)
    return list(dict.fromkeys(name for names in lists for name in names))
