"""Pages that show an expression: the store's own, and Grafana Explore."""

import json
from collections.abc import Mapping
from datetime import datetime
from urllib.parse import quote, urlencode

from troubleshoot.model.dialect import Urls
from troubleshoot.model.finding import Link
from troubleshoot.model.times import format_duration
from troubleshoot.model.window import Window


def links(asked: list[str], window: Window, urls: Urls) -> tuple[Link, ...]:
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


def _encoded(params: Mapping[str, str]) -> str:
    return urlencode(params, quote_via=quote)


def _millis(instant: datetime) -> str:
    return str(round(instant.timestamp() * 1000))
