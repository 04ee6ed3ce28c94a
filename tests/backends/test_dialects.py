"""How each store is asked: the same window everywhere."""

import json
from datetime import UTC, datetime, timedelta

from tests.analysis.made import AT, WINDOW
from troubleshoot.backends.stores.table import dialects
from troubleshoot.engine.plan.requests import whole
from troubleshoot.model.query import QueryKind
from troubleshoot.model.resolved_playbook import QueryFile
from troubleshoot.model.signal import Names
from troubleshoot.model.store import Store
from troubleshoot.model.window import Baseline, Window

METRIC = dialects().metric[Store.PROMETHEUS]
TRACE = dialects().trace[Store.JAEGER]
LOG = dialects().log[Store.ELASTICSEARCH]


def test_a_range_ends_exactly_at_the_moment_asked_about() -> None:
    odd = Window(datetime(2025, 11, 7, 15, 30, 7, tzinfo=UTC))
    params = dict(METRIC.series("up", whole(odd), 30.0).params)
    assert float(params["end"]) == odd.at.timestamp()
    assert (float(params["end"]) - float(params["start"])) % 30 == 0


def test_one_range_gives_baseline_and_lookback_when_they_touch() -> None:
    interval = whole(WINDOW)
    assert (interval.start, interval.end) == (AT - timedelta(hours=1, minutes=100), AT)


def test_a_baseline_of_yesterday_lies_a_day_back() -> None:
    window = Window(AT, baseline=Baseline.YESTERDAY)
    assert window.normal.end == AT - timedelta(days=1)


def test_jaeger_is_asked_in_microseconds_for_one_more_than_wanted() -> None:
    text = '{"service": "shop", "tags": {"error": "true"}, "limit": 20}'
    request = TRACE.traces(text, WINDOW.recent)
    params = dict(request.params)
    assert params["end"] == str(round(AT.timestamp() * 1e6))
    assert params["start"] == str(round((AT.timestamp() - 300) * 1e6))
    assert (params["limit"], request.limit) == ("21", 20)
    assert params["tags"] == '{"error":"true"}'


LOGS = QueryFile(
    "elasticsearch/x.json",
    "x.json",
    '{"index": "{{ index }}", "size": 3, "query": {"range": {"@timestamp": {"gte": "{{ from }}",'
    ' "lte": "{{ to }}"}}}, "aggs": {"s": {"terms": {"field": "{{ first_field(fields) }}"}}}}',
)
VARIABLES = {"index": "logs-*", "fields": ("service.name", "service")}


def counted_by(known: Names) -> str:
    body = json.loads(LOG.lines(LOGS, VARIABLES, WINDOW.looked, known).body)
    return str(body["aggs"]["s"]["terms"]["field"])


def test_elasticsearch_is_asked_for_the_same_window() -> None:
    request = LOG.lines(LOGS, VARIABLES, WINDOW.looked, Names(frozenset()))
    body = json.loads(request.body)
    assert request.path == "/logs-*/_search"
    assert "index" not in body
    times = body["query"]["range"]["@timestamp"]
    assert times == {"gte": "2025-11-07T14:30:00Z", "lte": "2025-11-07T15:30:00Z"}


def test_lines_are_counted_by_the_first_field_that_can_be_counted_by() -> None:
    service = frozenset({"service"})
    keyword = frozenset({"service", "service.keyword"})
    assert counted_by(Names(service, service)) == "service"
    assert counted_by(Names(keyword, frozenset({"service.keyword"}))) == "service.keyword"


def test_a_text_field_is_never_counted_by_because_the_server_refuses() -> None:
    both = frozenset({"service.name", "service"})
    assert counted_by(Names(both)) not in both


def test_the_fields_a_query_chooses_from_are_asked_about_first() -> None:
    index, names = LOG.reads(LOGS, VARIABLES, WINDOW.looked)
    request = LOG.fields(index, names)
    assert request.ask is QueryKind.FIELDS
    wanted = dict(request.params)["fields"]
    assert wanted == "service,service.keyword,service.name,service.name.keyword"


def test_metric_names_are_asked_for_together() -> None:
    request = METRIC.names(["b", "a"], whole(WINDOW))
    assert dict(request.params)["match[]"] == '{__name__=~"a|b"}'


def test_services_of_logs_are_counted_by_a_field_that_can_be() -> None:
    known = Names(frozenset({"svc", "app.keyword"}), frozenset({"app.keyword"}))
    request = LOG.services("logs-*", ["svc", "app"], known, WINDOW.looked)
    body = json.loads(request.body)
    assert request.path == "/logs-*/_search"
    assert body["aggs"]["services"]["terms"]["field"] == "app.keyword"
    assert body["size"] == 0
    assert body["query"]["range"]["@timestamp"]["gte"] == "2025-11-07T14:30:00Z"
