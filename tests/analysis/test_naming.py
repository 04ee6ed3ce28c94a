"""What metrics mean that nobody has explained: by names, labels and behaviour."""

import re
from dataclasses import replace

import pytest

from troubleshoot.analysis.naming.meaning import speaks
from troubleshoot.analysis.naming.metric_families import families
from troubleshoot.analysis.naming.name_words import NameWords, statistic_of
from troubleshoot.analysis.naming.outcomes import failing
from troubleshoot.analysis.naming.suggest import NO_MEANING, NOBODY, suggested
from troubleshoot.model.suggestion import MetricKind, SeenMetric, SuggestedPhrase

SERVICES = frozenset({"cart", "payment-service", "front"})


def seen(
    name: str, kind: MetricKind = "gauge", high: float = 50.0, low: float = 0.0, **labels: str
) -> SeenMetric:
    """Two series, of cart and of front, unless ``labels`` are given."""
    rows = [labels] if labels else [{"svc": "cart"}, {"svc": "front"}]
    series = tuple(tuple(sorted(one.items())) for one in rows)
    return SeenMetric(name, kind, series, len(series), low, high)


def written(short: str, name: str) -> str:
    grouped = re.sub(r"(sum|avg|max|min)\(", r"\1 by (svc) (", short)
    return re.sub(r"\bM\b", name, grouped.replace("RATE", "rate(M[{{ window }}])"))


def phrases(*metrics: SeenMetric) -> list[SuggestedPhrase]:
    return list(suggested(metrics, SERVICES)[0])


# M is the metric, RATE its rate; each is of every service
MEANINGS: dict[str, tuple[MetricKind, str, str]] = {
    "app_requests_total": ("counter", "traffic", "sum(RATE)"),
    "app_rps": ("gauge", "traffic", "sum(M)"),
    "app_errors_total": ("counter", "failures", "sum(RATE)"),
    "http_5xx_per_second": ("gauge", "failures", "sum(M)"),
    "app_error_percent": ("gauge", "errors", "avg(M) / 100"),
    "app_availability": ("gauge", "errors", "1 - avg(M) / 100"),
    "app_latency_p99_ms": ("gauge", "latency", "max(M) / 1000"),
    "app_avg_response_time_seconds": ("gauge", "latency", "avg(M)"),
    "cpu_utilization": ("gauge", "saturation", "max(M) / 100"),
    "heap_used_bytes": ("gauge", "usage", "sum(M)"),
    "app_cpu_seconds_total": ("counter", "usage", "sum(RATE)"),
    "cache_hit_percent": ("gauge", "hits", "avg(M) / 100"),
    "job_queue_depth": ("gauge", "queue", "sum(M)"),
    "oldest_message_age_seconds": ("gauge", "age", "max(M)"),
    "pool_wait_ms": ("gauge", "age", "max(M) / 1000"),
    "cert_seconds_until_expiry": ("gauge", "expiry", "min(M)"),
    "cert_days_to_expiration": ("gauge", "expiry", "min(M) * 86400"),
    "worker_panics_total": ("counter", "kills", "sum(increase(M[15m]))"),
    "worker_restarts_total": ("counter", "restarts", "sum(increase(M[15m]))"),
    "cpu_throttled_seconds_total": ("counter", "throttling", "sum(RATE)"),
    "healthy_replicas": ("gauge", "up", "sum(M)"),
    "requestLatencyP95Millis": ("gauge", "latency", "max(M) / 1000"),
}  # fmt: skip


@pytest.mark.parametrize("name", MEANINGS)
def test_a_name_its_kind_and_its_values_tell_what_it_means(name: str) -> None:
    kind, means, short = MEANINGS[name]
    (found,) = phrases(seen(name, kind))
    assert (found.means, found.query) == (means, written(short, name))
    assert found.labels == (("service", "svc"),)
    assert found.needs == (name,)


def test_what_callers_cancel_is_no_fault_of_whom_they_call() -> None:
    assert "errors" not in {one.means for one in phrases(seen("server_cancelled_rate", high=0.9))}
    assert failing("code", ("ok", "cancelled", "failed")) == 'code=~"failed"'


@pytest.mark.parametrize("name", MEANINGS)
def test_what_is_told_by_its_name_is_looked_at(name: str) -> None:
    assert speaks(name, MEANINGS[name][0])
    assert not speaks("temperature", "gauge")
    assert speaks("temperature", "counter")


@pytest.mark.parametrize("name", ["db_queries_per_request", "temperature", "app_info"])
def test_what_no_word_explains_is_left_to_a_person(name: str) -> None:
    found, (left,) = suggested([seen(name)], SERVICES)
    assert (found, left.metrics, left.reason) == ((), (name,), NO_MEANING)


def test_a_histogram_gives_a_percentile_the_mean_and_how_many() -> None:
    metric = seen("app_duration_seconds", "histogram")
    found = {one.means + one.statistic: one for one in phrases(metric)}
    assert found.keys() == {"latencyp95", "latencymean", "traffic"}
    assert found["latencyp95"].needs == ("app_duration_seconds_bucket",)
    assert found["latencymean"].query.startswith("sum by (svc) (rate(app_duration_seconds_sum[")
    assert found["traffic"].query == "sum by (svc) (rate(app_duration_seconds_count[{{ window }}]))"


def test_requests_that_a_counter_counts_are_not_counted_by_a_histogram_again() -> None:
    spread = seen("app_duration_seconds", "histogram")
    both = phrases(spread, seen("app_requests_total", "counter"))
    assert [one.needs for one in both if one.means == "traffic"] == [("app_requests_total",)]
    other = phrases(spread, seen("app_requests_total", "counter", svc="payment-service"))
    assert [one.means for one in other].count("traffic") == 2


@pytest.mark.parametrize(
    ("label", "values", "matcher"),
    [
        ("status", ("200", "404"), 'status=~"5..|5xx"'),
        ("code", ("2xx", "5xx"), 'code=~"5..|5xx"'),
        ("outcome", ("ok", "failed", "timeout"), 'outcome=~"failed|timeout"'),
        ("result", ("success",), 'result=~"(?i:.*(err|fail|exception|timeout|reject|abort).*)"'),
        ("success", ("true", "false"), 'success!~"(?i:true)"'),
        ("error", ("True", "False"), 'error!~"(?i:false)"'),
        ("state", ("on", "off"), ""),
        ("status", ('bad"} or up{x="error',), ""),
        ("status", tuple(map(str, range(200))), ""),
    ],
)
def test_a_label_says_how_requests_ended(label: str, values: tuple[str, ...], matcher: str) -> None:
    assert failing(label, values) == matcher


def test_a_counter_by_outcome_gives_the_errors_in_its_traffic() -> None:
    metric = replace(seen("orders_total", "counter"), outcomes=("status", ("ok", "error")))
    traffic, errors = phrases(metric)
    assert (traffic.means, errors.means) == ("traffic", "errors")
    assert errors.query == (
        'sum by (svc) (rate(orders_total{status=~"error"}[{{ window }}]))\n'
        "/ sum by (svc) (rate(orders_total[{{ window }}]))"
    )


@pytest.mark.parametrize(
    ("one", "other", "kind", "means"),
    [
        ("db_pool_in_use", "db_pool_max_conns", "gauge", "saturation"),
        ("memory_rss_mb", "memory_limit_mb", "gauge", "saturation"),
        ("orders_failed_total", "orders_total", "counter", "errors"),
        ("http_errors_total", "http_requests_total", "counter", "errors"),
        ("cache_hits_total", "cache_misses_total", "counter", "hits"),
        ("cfs_throttled_periods_total", "cfs_periods_total", "counter", "throttling"),
    ],
)
def test_two_metrics_that_belong_together_are_one_share(
    one: str, other: str, kind: MetricKind, means: str
) -> None:
    found = next(
        each for each in phrases(seen(one, kind), seen(other, kind)) if each.means == means
    )
    assert found.needs == (one, other)
    assert found.query.count(other) + found.query.count(one) >= 2


def test_units_that_differ_are_no_pair() -> None:
    found = phrases(seen("memory_used_bytes"), seen("memory_limit_percent"))
    assert "saturation" not in {one.means for one in found}


def test_a_ratio_beyond_one_is_percent_and_beyond_a_hundred_none() -> None:
    assert phrases(seen("app_error_rate", high=0.4))[0].query == "avg by (svc) (app_error_rate)"
    assert phrases(seen("app_error_rate", high=40.0))[0].query.endswith(" / 100")
    assert phrases(seen("app_error_rate", high=4000.0))[0].means == "failures"


def test_a_counter_that_falls_as_often_as_it_rises_is_a_gauge() -> None:
    metric = SeenMetric("jobs_requests_total", "counter", ((("svc", "cart"),),), 1, 0, 9, 20, 40)
    assert phrases(metric)[0].query == "sum by (svc) (jobs_requests_total)"


def test_the_label_whose_values_are_services_tells_whom_whatever_it_is_called() -> None:
    metric = seen("app_rps", owner_team="cart", service="red-team")
    assert phrases(metric)[0].labels == (("service", "owner_team"),)


def test_without_known_services_the_usual_labels_tell() -> None:
    (found,), _ = suggested([seen("app_rps", app="x", zone="a")], frozenset())
    assert found.labels == (("service", "app"),)
    assert "no traces or logs tell of services" in found.reason


def test_a_label_that_most_metrics_have_tells_where_no_usual_one_is_there() -> None:
    metrics = [seen(name, squad="cart", zone="a") for name in ("a_rps", "b_rps", "c_rps")]
    found, _ = suggested(metrics, frozenset())
    assert {one.labels for one in found} == {(("service", "squad"),)}
    assert suggested(metrics[:2], frozenset())[0] == ()


def test_a_pod_tells_its_workload_and_a_job_its_service() -> None:
    (pod,) = phrases(seen("app_rps", pod="cart-7d9f8b6c5d-x2x7k"))
    (job,) = phrases(seen("app_rps", job="shop/front"))
    assert (pod.labels, job.labels) == ((("service", "whom"),), (("service", "whom"),))
    assert '"whom", "$1", "pod", "' in pod.query
    assert '"whom", "$1", "job", "(?:.*/)?([^/]+)"' in job.query


def test_who_calls_and_who_is_called_are_told_apart() -> None:
    latency, calls = phrases(seen("edge_latency_seconds", source="front", destination="cart"))
    assert latency.labels == (("service", "destination"),)
    assert (calls.means, calls.labels) == (
        "calls",
        (("source", "source"), ("service", "destination")),
    )


def test_whom_only_callers_know_is_a_host() -> None:
    client = seen("client_latency_ms", app="cart", server_address="bank.example")
    latency, calls = phrases(client)
    assert latency.labels == (("host", "server_address"),)
    assert calls.labels == (("source", "app"), ("host", "server_address"))
    assert not latency.unsure
    # a server's own address is nobody else's
    own = replace(client, name="server_latency_ms")
    assert phrases(own)[0].labels == (("service", "app"),)


def test_a_metric_that_begins_as_a_service_is_about_it() -> None:
    (found,) = phrases(SeenMetric("payment_failures_total", "counter", ((),), 1, 0, 9))
    assert (found.about, found.labels) == ("payment-service", ())
    assert found.query == "sum (rate(payment_failures_total[{{ window }}]))"


def test_services_that_only_other_metrics_name_count_for_that_too() -> None:
    bare = SeenMetric("jobs_failures_total", "counter", ((),), 1, 0, 9)
    found, _ = suggested([bare, seen("app_rps", app="jobs")], frozenset())
    assert [one.about for one in found if one.means == "failures"] == ["jobs"]


def test_about_nobody_is_left_to_a_person() -> None:
    _, (left,) = suggested([SeenMetric("jobs_failures_total", "counter", ((),), 1, 0, 9)], SERVICES)
    assert left.reason == NOBODY


def test_what_callers_see_of_nobody_named_needs_a_word() -> None:
    (found,) = phrases(seen("upstream_error_ratio", high=0.2))
    assert found.unsure
    assert "no label tells whom they call" in found.reason


def test_the_mean_and_the_best_percentile_are_taken_of_what_a_label_offers() -> None:
    rows = [(("statistic", name), ("svc", "cart")) for name in ("Average", "p50", "p95", "Sum")]
    metric = SeenMetric("app_latency_seconds", "gauge", tuple(rows), 4, 0, 2)
    assert [one.statistic for one in phrases(metric)] == ["mean", "p95"]
    assert phrases(metric)[1].query == 'max by (svc) (app_latency_seconds{statistic="p95"})'


@pytest.mark.parametrize(
    ("word", "statistic"),
    [("0.95", "p95"), ("99th", "p99"), ("Average", "mean"), ("max", "max"), ("p37", ""), ("x", "")],
)
def test_a_statistic_is_told_by_its_name(word: str, statistic: str) -> None:
    assert statistic_of(word) == statistic


def test_a_histogram_is_one_family_and_types_go_over_endings() -> None:
    names = ["a_bucket", "a_sum", "a_count", "b_total", "c", "d", "a_created"]
    found = families(names, {"c": "counter", "d": "histogram"})
    assert [(one.name, one.kind, one.looked_at) for one in found] == [
        ("a", "histogram", "a_count"),
        ("b_total", "counter", "b_total"),
        ("c", "counter", "c"),
        ("d", "native", "d"),
    ]


def test_words_are_read_in_any_spelling() -> None:
    assert NameWords.of("http.server:requestDuration_ms").words == (
        "http", "server", "request", "duration", "ms",
    )  # fmt: skip
