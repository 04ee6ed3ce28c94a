"""Searches for lines, and the question which fields they have."""

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from troubleshoot.load.playbook.rendered_queries import json_mistakes
from troubleshoot.load.text.templates import render
from troubleshoot.model.dialect import Dialect, Variables
from troubleshoot.model.errors import InputError
from troubleshoot.model.query import QueryKind, Request
from troubleshoot.model.resolved_playbook import QueryFile
from troubleshoot.model.signal import Names
from troubleshoot.model.store import Store
from troubleshoot.model.window import Interval, Window

MOST_SERVICES = 200
Choose = Callable[[Sequence[str]], str]


def fields(index: str, names: Sequence[str]) -> Request:
    """Which of the fields exist, also as a ``.keyword`` beside a text."""
    wanted = ",".join(sorted({*names, *(f"{name}.keyword" for name in names)}))
    params = (("fields", wanted), ("ignore_unavailable", "true"))
    return Request(Store.ELASTICSEARCH, QueryKind.FIELDS, "GET", f"/{index}/_field_caps", params)


def lines(
    dialect: Dialect, query: QueryFile, variables: Variables, interval: Interval, known: Names
) -> Request:
    """``known`` decides which of several field names is counted by. Raises InputError."""
    body = _filled(dialect, query, variables, interval, _chooser(known))
    return search(body.pop("index", "*"), body)


def search(index: str, body: object) -> Request:
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    params = (("ignore_unavailable", "true"),)
    return Request(Store.ELASTICSEARCH, QueryKind.LOGS, "POST", f"/{index}/_search", params, text)


def all_lines(request: Request, window: Window) -> Request:
    """How many lines the indices of ``request`` have in the lookback, whatever their level."""
    times = {"gte": iso(window.looked.start), "lte": iso(window.looked.end)}
    body = {"size": 0, "track_total_hits": True, "query": {"range": {"@timestamp": times}}}
    text = json.dumps(body, separators=(",", ":"))
    return replace(request, body=text)


def services(index: str, names: Sequence[str], known: Names, within: Interval) -> Request:
    """The services that have lines there, most first."""
    times = {"gte": iso(within.start), "lte": iso(within.end)}
    terms = {"terms": {"field": _chooser(known)(names), "size": MOST_SERVICES}}
    query = {"range": {"@timestamp": times}}
    return search(index, {"size": 0, "query": query, "aggs": {"services": terms}})


def reads(
    dialect: Dialect, query: QueryFile, variables: Variables, interval: Interval
) -> tuple[str, tuple[str, ...]]:
    """The index a query reads, and the fields it would choose from."""
    asked: list[str] = []

    def note(names: Sequence[str]) -> str:
        asked.extend(names)
        return names[0]

    body = _filled(dialect, query, variables, interval, note)
    return body.get("index", "*"), tuple(asked)


def iso(instant: datetime) -> str:
    return instant.isoformat().replace("+00:00", "Z")


def _filled(
    dialect: Dialect, query: QueryFile, variables: Variables, interval: Interval, choose: Choose
) -> dict[str, Any]:
    """Checked again: a template may say something else now than when it was loaded.

    Raises InputError.
    """
    times = {"from": iso(interval.start), "to": iso(interval.end), "first_field": choose}
    text = render(query.text, {**variables, **times}, language="json", file=query.file)
    if mistakes := json_mistakes(query, text, dialect):
        raise InputError(tuple(mistakes))
    found: dict[str, Any] = json.loads(text)
    return found


def _chooser(known: Names) -> Choose:
    def choose(names: Sequence[str]) -> str:
        for name in names:
            for form in (name, f"{name}.keyword"):
                if form in known.aggregatable:
                    return form
        # counting by a text field is refused by the server; by one that is not there it is empty
        return next((name for name in names if name not in known.names), f"{names[0]}.missing")

    return choose
