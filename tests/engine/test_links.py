"""Pages open at exactly the run's window; the curl repeats the request."""

import json
import shlex
from urllib.parse import parse_qs, unquote, urlsplit

from tests.analysis.made import WINDOW
from tests.engine.made import check, planned
from troubleshoot.engine import requests
from troubleshoot.engine.links import curl, links
from troubleshoot.engine.planned import Planned, Source
from troubleshoot.model.query import Ask, Request
from troubleshoot.model.store import Store

THRESHOLD = {"kind": "threshold", "critical": "> 1"}
METRIC = planned(check(THRESHOLD), 'rate(x{a="b"}[5m])')


def query_of(url: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}


def test_the_prometheus_graph_shows_the_lookback_up_to_the_moment() -> None:
    (link,) = links(METRIC, WINDOW, {"prometheus": "https://metrics.example/base"})
    assert link.url.startswith("https://metrics.example/base/graph?")
    found = query_of(link.url)
    assert found["g0.expr"] == 'rate(x{a="b"}[5m])'
    assert found["g0.range_input"] == "1h"
    assert found["g0.end_input"] == "2025-11-07 15:30:00"


def test_grafana_explore_is_offered_where_an_address_is_known() -> None:
    (link,) = links(METRIC, WINDOW, {"grafana": "https://g.example", "grafana-datasource": "prom"})
    pane = json.loads(query_of(link.url)["panes"])["a"]
    assert pane["range"] == {"from": "1762525800000", "to": "1762529400000"}
    assert pane["queries"][0]["expr"] == 'rate(x{a="b"}[5m])'


def test_a_check_of_several_queries_gets_a_panel_for_each() -> None:
    sources = tuple(
        Source(requests.metric_range(text, WINDOW.looked, 30)) for text in ("sum(a)", "sum(b)")
    )
    plan = Planned(METRIC.step, METRIC.check, Store.PROMETHEUS, "f", "sum(a) ;  sum(b)", sources)
    graph, grafana = links(plan, WINDOW, {"prometheus": "http://p", "grafana": "http://g"})
    found = query_of(graph.url)
    assert (found["g0.expr"], found["g1.expr"]) == ("sum(a)", "sum(b)")
    pane = json.loads(query_of(grafana.url)["panes"])["a"]
    asked = [(one["refId"], one["expr"]) for one in pane["queries"]]
    assert asked == [("A", "sum(a)"), ("B", "sum(b)")]


def test_no_address_no_link() -> None:
    assert links(METRIC, WINDOW, {}) == ()


def test_the_jaeger_search_has_the_window_of_the_request() -> None:
    request = requests.traces('{"service": "shop", "limit": 20}', WINDOW.recent)
    plan = Planned(METRIC.step, METRIC.check, Store.JAEGER, "f", "{}", (Source(request),))
    (link,) = links(plan, WINDOW, {"jaeger": "http://jaeger.example"})
    found = query_of(link.url)
    assert (found["service"], found["limit"], found["lookback"]) == ("shop", "20", "custom")
    assert found["end"] == "1762529400000000"


def test_kibana_discover_filters_by_the_query_itself() -> None:
    body = json.dumps({"query": {"match": {"level": "it's !"}}})
    request = Request(Store.ELASTICSEARCH, Ask.LOGS, "POST", "/logs/_search", (), body)
    plan = Planned(METRIC.step, METRIC.check, Store.ELASTICSEARCH, "f", body, (Source(request),))
    (link,) = links(plan, WINDOW, {"kibana": "http://kibana.example"})
    page = unquote(link.url)
    assert "from:'2025-11-07T14:30:00.000Z'" in page.replace("'from'", "from")
    assert "it!'s !!" in page


def test_curl_quotes_what_a_shell_would_read() -> None:
    request = Request(Store.PROMETHEUS, Ask.RANGE, "GET", "/q", (("query", 'a\'b $(rm) "c"'),))
    words = shlex.split(curl(request, "http://here"))
    assert words[-1] == 'query=a\'b $(rm) "c"'
    assert "http://here/q" in words


def test_curl_repeats_a_body() -> None:
    request = Request(Store.ELASTICSEARCH, Ask.LOGS, "POST", "/i/_search", (("a", "b"),), '{"x":1}')
    words = shlex.split(curl(request, "http://here"))
    assert words[words.index("--data-binary") + 1] == '{"x":1}'
    assert "http://here/i/_search?a=b" in words
