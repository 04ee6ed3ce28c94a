"""Kibana's page for a search."""

import json
from datetime import datetime
from typing import Any
from urllib.parse import quote

from troubleshoot.model.finding import Link
from troubleshoot.model.query import Request
from troubleshoot.model.window import Window

_KEEP = "()!,:'*@$/"


def discover(request: Request, window: Window, kibana: str) -> tuple[Link, ...]:
    """The lines that the search counts, filtered by its own query."""
    query = json.loads(request.body)["query"]
    time = {"from": _iso(window.looked.start), "to": _iso(window.looked.end)}
    everything = _rison({"time": time})
    page = _rison({"filters": [{"meta": {"type": "custom", "disabled": False}, "query": query}]})
    state = f"_g={quote(everything, safe=_KEEP)}&_a={quote(page, safe=_KEEP)}"
    return (Link("Kibana Discover", f"{kibana}/app/discover#/?{state}"),)


def _rison(value: Any) -> str:
    """Kibana's notation for JSON in a URL, https://github.com/Nanonid/rison."""
    if isinstance(value, dict):
        return "(" + ",".join(f"{_rison(str(k))}:{_rison(v)}" for k, v in value.items()) + ")"
    if isinstance(value, list):
        return "!(" + ",".join(map(_rison, value)) + ")"
    if isinstance(value, bool) or value is None:
        return {True: "!t", False: "!f", None: "!n"}[value]
    if isinstance(value, str):
        return "'" + value.replace("!", "!!").replace("'", "!'") + "'"
    return json.dumps(value)


def _iso(instant: datetime) -> str:
    return instant.strftime("%Y-%m-%dT%H:%M:%S.000Z")
