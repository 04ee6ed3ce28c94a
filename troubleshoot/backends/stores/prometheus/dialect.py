"""How Prometheus is asked."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from troubleshoot.backends.stores.prometheus.links import links
from troubleshoot.model.dialect import MetricDialect, Slip, Urls
from troubleshoot.model.finding import Link
from troubleshoot.model.query import QueryKind, Request
from troubleshoot.model.store import Store
from troubleshoot.model.window import Interval, Window


class PrometheusDialect:
    language = "promql"
    unset: Mapping[str, Any] = {}

    def slips(self, query: Any) -> Iterable[Slip]:  # noqa: ARG002
        """The server knows its language best, and a wrong query harms nobody."""
        return ()

    def series(self, expression: str, interval: Interval, step: float) -> Request:
        end = interval.end.timestamp()
        count = int((end - interval.start.timestamp()) // step)
        params = {
            "query": expression,
            "start": _seconds(end - count * step),
            "end": _seconds(end),
            "step": _seconds(step),
        }
        return _request(QueryKind.RANGE, "/api/v1/query_range", params)

    def instant(self, expression: str, at: float) -> Request:
        params = {"query": expression, "time": _seconds(at)}
        return _request(QueryKind.INSTANT, "/api/v1/query", params)

    def names(self, names: Sequence[str], interval: Interval) -> Request:
        params = {
            "match[]": '{__name__=~"' + _quoted("|".join(sorted(names))) + '"}',
            "start": _seconds(interval.start.timestamp()),
            "end": _seconds(interval.end.timestamp()),
        }
        return _request(QueryKind.NAMES, "/api/v1/label/__name__/values", params)

    def types(self) -> Request:
        return _request(QueryKind.TYPES, "/api/v1/metadata", {})

    def links(self, asked: Sequence[Request], window: Window, urls: Urls) -> tuple[Link, ...]:
        return links([dict(one.params)["query"] for one in asked], window, urls)


DIALECT: MetricDialect = PrometheusDialect()


def _request(ask: QueryKind, path: str, params: Mapping[str, str]) -> Request:
    return Request(Store.PROMETHEUS, ask, "GET", path, tuple(params.items()))


def _quoted(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')


def _seconds(number: float) -> str:
    return f"{number:.3f}".rstrip("0").rstrip(".")
