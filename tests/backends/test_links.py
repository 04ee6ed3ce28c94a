"""Pages open at exactly the run's window."""

import json
from urllib.parse import parse_qs, unquote, urlsplit

from tests.analysis.made import WINDOW
from troubleshoot.backends.stores.table import dialects
from troubleshoot.model.query import QueryKind, Request
from troubleshoot.model.store import Store

METRIC = dialects().metric[Store.PROMETHEUS]
TRACE = dialects().trace[Store.JAEGER]
LOG = dialects().log[Store.ELASTICSEARCH]


def metrics(*expressions: str) -> list[Request]:
    return [METRIC.series(one, WINDOW.looked, 30) for one in expressions]


ASKED = metrics('rate(x{a="b"}[5m])')


def query_of(url: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}


def test_the_prometheus_graph_shows_the_lookback_up_to_the_moment() -> None:
    (link,) = METRIC.links(ASKED, WINDOW, {"prometheus": "https://metrics.example/base"})
    assert link.url.startswith("https://metrics.example/base/graph?")
    found = query_of(link.url)
    assert found["g0.expr"] == 'rate(x{a="b"}[5m])'
    assert found["g0.range_input"] == "1h"
    assert found["g0.end_input"] == "2025-11-07 15:30:00"


def test_grafana_explore_is_offered_where_an_address_is_known() -> None:
    (link,) = METRIC.links(
        ASKED, WINDOW, {"grafana": "https://g.example", "grafana-datasource": "prom"}
    )
    pane = json.loads(query_of(link.url)["panes"])["a"]
    assert pane["range"] == {"from": "1762525800000", "to": "1762529400000"}
    assert pane["queries"][0]["expr"] == 'rate(x{a="b"}[5m])'


def test_a_check_of_several_queries_gets_a_panel_for_each() -> None:
    urls = {"prometheus": "http://p", "grafana": "http://g"}
    graph, grafana = METRIC.links(metrics("sum(a)", "sum(b)"), WINDOW, urls)
    found = query_of(graph.url)
    assert (found["g0.expr"], found["g1.expr"]) == ("sum(a)", "sum(b)")
    pane = json.loads(query_of(grafana.url)["panes"])["a"]
    asked = [(one["refId"], one["expr"]) for one in pane["queries"]]
    assert asked == [("A", "sum(a)"), ("B", "sum(b)")]


def test_no_address_no_link() -> None:
    assert METRIC.links(ASKED, WINDOW, {}) == ()


def test_the_jaeger_search_has_the_window_of_the_request() -> None:
    request = TRACE.traces('{"service": "shop", "limit": 20}', WINDOW.recent)
    (link,) = TRACE.links([request], WINDOW, {"jaeger": "http://jaeger.example"})
    found = query_of(link.url)
    assert (found["service"], found["limit"], found["lookback"]) == ("shop", "20", "custom")
    assert found["end"] == "1762529400000000"


def test_kibana_discover_filters_by_the_query_itself() -> None:
    body = json.dumps({"query": {"match": {"level": "it's !"}}})
    request = Request(Store.ELASTICSEARCH, QueryKind.LOGS, "POST", "/logs/_search", (), body)
    (link,) = LOG.links([request], WINDOW, {"kibana": "http://kibana.example"})
    page = unquote(link.url)
    assert "from:'2025-11-07T14:30:00.000Z'" in page.replace("'from'", "from")
    assert "it!'s !!" in page
