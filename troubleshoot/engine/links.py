"""Pages that open at exactly the run's window, and the curl that repeats a request."""

import json
import shlex
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import quote, urlencode

from troubleshoot.engine.planned import Planned
from troubleshoot.model.finding import Link
from troubleshoot.model.query import Request
from troubleshoot.model.store import Store
from troubleshoot.model.times import format_duration
from troubleshoot.model.window import Window

Urls = Mapping[str, str]  # store or page → address a browser reaches


def links(planned: Planned, window: Window, urls: Urls) -> tuple[Link, ...]:
    """Only for pages whose address is known."""
    if not planned.sources:
        return ()
    if planned.store is Store.PROMETHEUS:
        asked = [dict(one.main.params).get("query", planned.text) for one in planned.sources]
        return _metric(asked, window, urls)
    if planned.store is Store.JAEGER and "jaeger" in urls:
        return (Link("Jaeger search", f"{urls['jaeger']}/search?{_search(planned.main)}"),)
    if planned.store is Store.ELASTICSEARCH and "kibana" in urls:
        query = json.loads(planned.main.body)["query"]
        return (Link("Kibana Discover", _discover(urls["kibana"], query, window)),)
    return ()


def trace_link(trace_id: str, urls: Urls) -> str:
    return f"{urls['jaeger']}/trace/{quote(trace_id, safe='')}" if "jaeger" in urls else ""


def curl(request: Request, base: str) -> str:
    """A command to paste; credentials are left to the reader."""
    parts = ["curl", "-sS"]
    if request.body:
        query = f"?{urlencode(request.params)}" if request.params else ""
        parts += [f"{base}{request.path}{query}", "-H", "Content-Type: application/json"]
        parts += ["--data-binary", request.body]
        return shlex.join(parts)
    parts += ["-G", f"{base}{request.path}"]
    for name, value in request.params:
        parts += ["--data-urlencode", f"{name}={value}"]
    return shlex.join(parts)


def _metric(asked: list[str], window: Window, urls: Urls) -> tuple[Link, ...]:
    """One page for all that a check asked, a panel each."""
    found = []
    if "prometheus" in urls:
        panels = (_panel(number, text, window) for number, text in enumerate(asked))
        found.append(Link("Prometheus graph", f"{urls['prometheus']}/graph?{'&'.join(panels)}"))
    if "grafana" in urls:
        found.append(Link("Grafana Explore", _explore(asked, window, urls)))
    return tuple(found)


def _panel(number: int, expression: str, window: Window) -> str:
    end = window.at.strftime("%Y-%m-%d %H:%M:%S")
    params = {
        "expr": expression,
        "tab": "0",
        "range_input": format_duration(window.lookback),
        "end_input": end,
        "moment_input": end,
    }
    return _encoded({f"g{number}.{name}": value for name, value in params.items()})


def _explore(asked: list[str], window: Window, urls: Urls) -> str:
    source = {"type": "prometheus", "uid": urls.get("grafana-datasource", "prometheus")}
    pane = {
        "datasource": source["uid"],
        "queries": [
            {"refId": chr(ord("A") + number), "expr": text, "datasource": source}
            for number, text in enumerate(asked[:26])
        ],
        "range": {"from": _millis(window.looked.start), "to": _millis(window.looked.end)},
    }
    panes = json.dumps({"a": pane}, separators=(",", ":"))
    params = {"schemaVersion": "1", "orgId": "1", "panes": panes}
    return f"{urls['grafana']}/explore?{_encoded(params)}"


def _search(request: Request) -> str:
    params = dict(request.params) | {"limit": str(request.limit), "lookback": "custom"}
    return _encoded(params)


def _discover(base: str, query: Any, window: Window) -> str:
    time = {"from": _iso(window.looked.start), "to": _iso(window.looked.end)}
    everything = _rison({"time": time})
    page = _rison({"filters": [{"meta": {"type": "custom", "disabled": False}, "query": query}]})
    return f"{base}/app/discover#/?_g={quote(everything, safe=_KEEP)}&_a={quote(page, safe=_KEEP)}"


_KEEP = "()!,:'*@$/"


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


def _encoded(params: Mapping[str, str]) -> str:
    return urlencode(params, quote_via=quote)


def _millis(instant: datetime) -> str:
    return str(round(instant.timestamp() * 1000))


def _iso(instant: datetime) -> str:
    return instant.strftime("%Y-%m-%dT%H:%M:%S.000Z")
