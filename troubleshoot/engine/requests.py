"""How each store is asked: a query's text and an interval become one request."""

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from troubleshoot.analysis.promql import one_line
from troubleshoot.engine.planned import Source
from troubleshoot.load.filled import json_mistakes
from troubleshoot.load.templates import render
from troubleshoot.model.errors import InputError
from troubleshoot.model.loaded import Loaded, QueryFile
from troubleshoot.model.query import Ask, Request
from troubleshoot.model.signal import Names
from troubleshoot.model.store import Store
from troubleshoot.model.window import Baseline, Interval, Window

Variables = dict[str, Any]


def metric_range(expression: str, interval: Interval, step: float) -> Request:
    """The last point falls exactly on the interval's end."""
    end = interval.end.timestamp()
    count = int((end - interval.start.timestamp()) // step)
    params = {
        "query": expression,
        "start": _seconds(end - count * step),
        "end": _seconds(end),
        "step": _seconds(step),
    }
    return Request(Store.PROMETHEUS, Ask.RANGE, "GET", "/api/v1/query_range", tuple(params.items()))


def metric_source(expression: str, window: Window) -> Source:
    """One request for baseline and lookback where they touch, else two."""
    seconds = window.step.total_seconds()
    if window.baseline is Baseline.PREVIOUS:
        return Source(metric_range(expression, whole(window), seconds))
    return Source(
        metric_range(expression, window.looked, seconds),
        metric_range(expression, window.normal, seconds),
    )


def metric_instant(expression: str, at: float) -> Request:
    params = (("query", expression), ("time", _seconds(at)))
    return Request(Store.PROMETHEUS, Ask.INSTANT, "GET", "/api/v1/query", params)


def metric_names(names: Sequence[str], interval: Interval) -> Request:
    """Which of ``names`` have samples in the interval."""
    params = {
        "match[]": '{__name__=~"' + "|".join(sorted(names)) + '"}',
        "start": _seconds(interval.start.timestamp()),
        "end": _seconds(interval.end.timestamp()),
    }
    path = "/api/v1/label/__name__/values"
    return Request(Store.PROMETHEUS, Ask.NAMES, "GET", path, tuple(params.items()))


def services() -> Request:
    return Request(Store.JAEGER, Ask.SERVICES, "GET", "/api/services")


def dependencies(interval: Interval) -> Request:
    """Who calls whom."""
    length = interval.end.timestamp() - interval.start.timestamp()
    params = {
        "endTs": str(round(interval.end.timestamp() * 1e3)),
        "lookback": str(round(length * 1e3)),
    }
    path = "/api/dependencies"
    return Request(Store.JAEGER, Ask.CALLS, "GET", path, tuple(params.items()))


def traces(text: str, interval: Interval, service: str = "") -> Request:
    """One more than the limit is asked for, so that truncation shows. ``service`` replaces ''."""
    query = json.loads(text)
    query["service"] = query["service"] or service
    limit = int(query.pop("limit", 200))
    params = {name: _text(value) for name, value in query.items()}
    params |= {
        "start": str(round(interval.start.timestamp() * 1e6)),
        "end": str(round(interval.end.timestamp() * 1e6)),
        "limit": str(limit + 1),
    }
    path = "/api/traces"
    return Request(Store.JAEGER, Ask.TRACES, "GET", path, tuple(params.items()), limit=limit)


def fields(index: str, names: Sequence[str]) -> Request:
    """Which of the fields exist, also as a ``.keyword`` beside a text."""
    wanted = ",".join(sorted({*names, *(f"{name}.keyword" for name in names)}))
    params = (("fields", wanted), ("ignore_unavailable", "true"))
    return Request(Store.ELASTICSEARCH, Ask.FIELDS, "GET", f"/{index}/_field_caps", params)


def logs(query: QueryFile, variables: Variables, interval: Interval, known: Names) -> Request:
    """``known`` decides which of several field names is counted by."""
    body = _search(query, variables, interval, _chooser(known))
    index = body.pop("index", "*")
    path = f"/{index}/_search"
    params = (("ignore_unavailable", "true"),)
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    return Request(Store.ELASTICSEARCH, Ask.LOGS, "POST", path, params, text)


def all_logs(request: Request, window: Window) -> Request:
    """How many lines the indices of ``request`` have in the lookback, whatever their level."""
    times = {"gte": iso(window.looked.start), "lte": iso(window.looked.end)}
    body = {"size": 0, "track_total_hits": True, "query": {"range": {"@timestamp": times}}}
    text = json.dumps(body, separators=(",", ":"))
    return replace(request, body=text)


def log_fields(
    query: QueryFile, variables: Variables, interval: Interval
) -> tuple[str, tuple[str, ...]]:
    """The index a query reads, and the fields it would choose from."""
    asked: list[str] = []

    def note(names: Sequence[str]) -> str:
        asked.extend(names)
        return names[0]

    search = _search(query, variables, interval, note)
    return search.get("index", "*"), tuple(asked)


def _search(
    query: QueryFile, variables: Variables, interval: Interval, choose: Callable[..., str]
) -> dict[str, Any]:
    """Checked again: a template may say something else now than when it was loaded.

    Raises InputError.
    """
    times = {"from": iso(interval.start), "to": iso(interval.end), "first_field": choose}
    text = render(query.text, variables | times, language="json", file=query.file)
    if mistakes := json_mistakes(query, text):
        raise InputError(tuple(mistakes))
    found: dict[str, Any] = json.loads(text)
    return found


def metrics_text(loaded: Loaded, name: str, variables: Variables) -> str:
    query = loaded.query(name)
    return one_line(render(query.text, variables, language="promql", file=query.file))


def traces_text(loaded: Loaded, name: str, variables: Variables) -> str:
    query = loaded.query(name)
    return render(query.text, variables, language="json", file=query.file)


def whole(window: Window) -> Interval:
    """Baseline and lookback in one."""
    return Interval(min(window.normal.start, window.looked.start), window.at)


def _chooser(known: Names) -> Callable[[Sequence[str]], str]:
    def choose(names: Sequence[str]) -> str:
        for name in names:
            for form in (name, f"{name}.keyword"):
                if form in known.aggregatable:
                    return form
        # counting by a text field is refused by the server; by one that is not there it is empty
        return next((name for name in names if name not in known.names), f"{names[0]}.missing")

    return choose


def _seconds(number: float) -> str:
    return f"{number:.3f}".rstrip("0").rstrip(".")


def iso(instant: Any) -> str:
    return str(instant.isoformat().replace("+00:00", "Z"))


def _text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, separators=(",", ":"))
