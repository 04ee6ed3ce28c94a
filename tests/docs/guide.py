"""The written guide as a list: each query and each piece of advice, and what mirrors it.

Queries stand here as the guide writes them; everything else in a few words of our own.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """``kind`` is check, remedy, follow-up, verify or alert; ``query`` is the guide's own text.

    ``file`` is a query file that says in another form what the guide says in words.
    """

    section: str
    says: str
    kind: str
    id: str
    file: str = ""
    query: str = ""


def _query(section: str, kind: str, name: str, query: str) -> Row:
    return Row(section, "", kind, name, query=query)


GUIDE: tuple[Row, ...] = (
    Row("1", "alert HighErrorRate, critical, for 5 minutes", "alert", "HighErrorRate"),
    Row("1", "more than 10 % of orders fail", "check", "order-error-share"),
    _query("2, step 1", "check", "service-up",
           'up{job=~"order-service|payment-service|inventory-service"}'),
    _query("2, step 1", "check", "order-error-rate",
           'rate(orders_total{status="error"}[5m])'),
    _query("2, step 1", "check", "payment-error-rate",
           'rate(payments_total{status="error"}[5m])'),
    _query("2, step 1", "check", "inventory-error-rate",
           'rate(inventory_checks_total{status="error"}[5m])'),
    _query("2, step 2", "check", "order-latency-p95",
           "histogram_quantile(0.95, rate(order_processing_seconds_bucket[5m]))"),
    _query("2, step 2", "check", "payment-latency-p95",
           "histogram_quantile(0.95, rate(payment_processing_seconds_bucket[5m]))"),
    Row("2, step 3", "failed transactions in Jaeger, error tags", "check", "failed-traces",
        "jaeger/failed-order-traces.json"),
    Row("2, step 3", "long durations in Jaeger", "check", "slow-traces",
        "jaeger/slow-order-traces.json"),
    _query("3, payment", "check", "payment-errors-by-type",
           'sum(rate(payments_total{status="error"}[5m])) by (error_type)'),
    _query("3, payment", "check", "payment-latency-spikes",
           "max_over_time(payment_processing_seconds_sum[1h])"),
    _query("3, database", "check", "db-connection-failures",
           'rate(db_connections_total{status="failed"}[5m])'),
    _query("3, database", "check", "db-query-latency",
           "histogram_quantile(0.95, rate(db_query_duration_seconds_bucket[5m]))"),
    Row("4", "lines of level ERROR of the last hour", "check", "error-logs",
        "elasticsearch/error-logs.guide.json"),
    Row("5.1", "scale the payment service", "remedy", "scale-payment-service"),
    Row("5.1", "enlarge the connection pool", "remedy", "enlarge-pool"),
    Row("5.1", "switch the circuit breaker on", "remedy", "enable-circuit-breaker"),
    Row("5.2", "circuit breaker: 5 failures, 30 s", "remedy", "enable-circuit-breaker"),
    Row("5.2", "retry: 3 attempts, exponential backoff", "remedy", "retry-with-backoff"),
    Row("5.3", "limits 1000m and 1Gi, requests 500m and 512Mi", "remedy", "raise-resource-limits"),
    _query("6", "verify", "order-error-share",
           'rate(orders_total{status="error"}[5m]) / rate(orders_total[5m]) < 0.01'),
    _query("6", "verify", "order-latency-p95",
           "histogram_quantile(0.95, rate(order_processing_seconds_bucket[5m])) < 1"),
    _query("6", "verify", "payment-memory",
           'container_memory_usage_bytes{container="payment-service"}'),
    _query("6", "verify", "payment-cpu",
           'container_cpu_usage_seconds_total{container="payment-service"}'),
    _query("7.1", "check", "db-pool-usage",
           "db_connections_used / db_connections_total > 0.8"),
    Row("7.1", "alert ConnectionPoolNearLimit", "follow-up", "alert-pool-near-limit"),
    _query("7.1", "check", "payment-cpu",
           "container_cpu_usage_seconds_total > 0.8"),
    Row("7.1", "alert HighCPUUsage", "follow-up", "alert-high-cpu"),
    Row("7.2", "health checks", "follow-up", "health-check"),
    Row("7.2", "autoscaling from 3 to 10 at 70 % CPU", "follow-up", "autoscaling"),
    Row("8.1", "runbook: payment failures", "follow-up", "runbook-payment-failures"),
    Row("8.1", "runbook: the steps", "follow-up", "runbook-steps"),
    Row("8.1", "runbook: performance tuning", "follow-up", "runbook-tuning"),
    Row("8.2", "dashboard: connection pool", "follow-up", "dashboard-pool"),
    Row("8.2", "dashboard: latency breakdown", "follow-up", "dashboard-latency"),
    Row("8.2", "dashboard: resource trends", "follow-up", "dashboard-resources"),
    Row("9.1", "message queue for orders", "follow-up", "order-queue"),
    Row("9.1", "caching layer", "follow-up", "cache-layer"),
    Row("9.2", "cache inventory for 300 s", "follow-up", "cache-inventory"),
    Row("9.2", "batches of 100, 0.5 s", "follow-up", "batch-orders"),
)  # fmt: skip
