"""A report as a real incident gives it: the payment provider stops answering at 15:12 UTC."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from troubleshoot.model.diagnosis import Argument, Bearing, Diagnosis, Strength, Verdict
from troubleshoot.model.facts import LogFacts, TraceFacts
from troubleshoot.model.finding import Evidence, Finding, Item, Link, Outcome, Query

AT = datetime(2025, 11, 7, 15, 30, tzinfo=UTC)
ONSET = datetime(2025, 11, 7, 15, 12, tzinfo=UTC)
BLUR = timedelta(minutes=5, seconds=30)  # a step, and the range of a rate


def spark(normal: float, now: float, gap: bool = False) -> tuple[float | None, ...]:
    """120 points: quiet for 84, then rising over six."""
    quiet: list[float | None] = [normal * (1 + 0.1 * ((i * 7) % 5 - 2)) for i in range(84)]
    rise = [normal + (now - normal) * i / 6 for i in range(6)]
    high = [now * (1 - 0.03 * (i % 3)) for i in range(30)]
    if gap:
        quiet[20:26] = [None] * 6
    return (*quiet, *rise, *high)


def query(name: str, text: str) -> Query:
    return Query(
        "prometheus",
        f"queries/promql/{name}.promql",
        text,
        f"curl -sG 'http://prometheus:9090/api/v1/query_range' --data-urlencode 'query={text}'"
        " -d start=1762525800 -d end=1762529400 -d step=30",
    )


def graph(name: str) -> Link:
    return Link(
        "Prometheus graph",
        f"https://prometheus.shop.example/graph?g0.expr={name}&g0.tab=0"
        "&g0.range_input=1h&g0.end_input=2025-11-07%2015%3A30&g0.moment_input=2025-11-07%2015%3A30",
    )


def metric(  # noqa: PLR0917 - a table of values reads better in rows
    check: str,
    title: str,
    step: tuple[str, str, str],
    outcome: Outcome,
    values: tuple[float, float],
    unit: str,
    rule: str,
    since: datetime | None = None,
    about: tuple[tuple[tuple[str, str], ...], str] = ((), ""),
) -> Finding:
    now, normal = values
    labels, subject = about
    nearest = rule.split(", ")[-1 if outcome is Outcome.OK else 0]
    limit = nearest.removeprefix("critical ").removeprefix("warning ")
    item = Item(
        labels, outcome, now, normal, since, spark(normal, now), subject=subject, limit=limit,
        not_before=since - BLUR if since else None,
    )  # fmt: skip
    text = f"sum(rate({check.replace('-', '_')}[5m]))"
    return Finding(
        check,
        title,
        *step,
        outcome,
        Evidence.METRIC,
        unit,
        rule,
        items=(item,),
        queries=(query(check, text),),
        links=(graph(check),),
    )


HEALTH = ("service-health", "Service health", "2, step 1")
LATENCY = ("latency", "Latency", "2, step 2")
TRACES = ("traces", "Recent traces", "2, step 3")
PAYMENT = ("payment", "Payment service", "3, payment")
DATABASE = ("database", "Database", "3, database")
LOGS = ("logs", "Error logs", "4")

ORDERS = metric(
    "order-error-share", "Failed orders", HEALTH, Outcome.CRITICAL,
    (0.42317, 0.006), "ratio", "> 10 %", ONSET.replace(minute=13),
)  # fmt: skip
PAYMENTS = metric(
    "payment-error-share", "Failed payments", HEALTH, Outcome.CRITICAL,
    (0.4481, 0.004), "ratio", "> 10 %", ONSET,
)  # fmt: skip
INVENTORY = metric(
    "inventory-error-share", "Failed inventory checks", HEALTH, Outcome.OK,
    (0.0011, 0.001), "ratio", "> 10 %",
)  # fmt: skip
ORDER_P95 = metric(
    "order-latency-p95", "Order processing, 95th percentile", LATENCY, Outcome.CRITICAL,
    (5.213, 0.81), "seconds", "> 1 s", ONSET.replace(minute=13),
)  # fmt: skip
PAYMENT_P95 = metric(
    "payment-latency-p95", "Payment processing, 95th percentile", LATENCY, Outcome.CRITICAL,
    (4.8123, 0.6), "seconds", "> 3× normal", ONSET,
)  # fmt: skip
BY_TYPE = replace(
    metric(
        "payment-errors-by-type", "Payment errors by type", PAYMENT, Outcome.CRITICAL,
        (0.921, 0.31), "ratio", "> 50 %", ONSET, ((("error_type", "timeout"),), "timeout"),
    ),
    summary="3.2/s payments fail, 92.1 % of them with error_type=timeout",
)  # fmt: skip
POOL = metric(
    "db-pool-usage", "Connection pool used", DATABASE, Outcome.OK,
    (0.31, 0.28), "ratio", "critical > 95 %, warning > 80 %",
    about=((("instance", "order-service-2:8000"), ("job", "order-service")), ""),
)  # fmt: skip
DB_P95 = metric(
    "db-query-p95", "Database queries, 95th percentile", DATABASE, Outcome.OK,
    (0.0042, 0.0040), "seconds", "> 500 ms",
)  # fmt: skip
UP = Finding(
    "service-up", "Instances up", *HEALTH, Outcome.OK, Evidence.METRIC, "count",
    "every instance of order-service, payment-service, inventory-service is up",
    summary="9 of 9 instances up",
    items=(Item((("job", "payment-service"),), Outcome.OK, 1.0, 1.0, limit="= 1"),),
    queries=(query("service-up", 'up{job=~"order-service|payment-service|inventory-service"}'),),
    links=(graph("up"),),
)  # fmt: skip
ORIGINS = Finding(
    "failed-traces", "Where failed orders fail", *TRACES, Outcome.CRITICAL, Evidence.TRACE,
    "ratio", "> 50 % of failed traces start there",
    summary="58 of 64 failed traces start in payment-service",
    items=(
        Item(
            (), Outcome.CRITICAL, 0.906, 0.2,
            subject="payment-provider (POST /v1/charges, called by payment-service)",
            limit="> 50 %",
            note="deadline exceeded after 5000 ms waiting for provider.example",
            examples=("4f1c9a0be2d77a31", "b81de55c0a9f2e64"),
            facts=TraceFacts(
                operation="POST provider /v1/charges", caller="payment-service",
                service="payment-service",
            ),
        ),
        Item(
            (), Outcome.OK, 0.094,
            subject="inventory-service (reserve)",
            facts=TraceFacts(operation="reserve", service="inventory-service"),
        ),
    ),
    queries=(
        Query(
            "jaeger", "queries/jaeger/failed-order-traces.json",
            '{"service": "order-service", "tags": {"error": "true"}, "limit": 400}',
            "curl -sG 'http://jaeger:16686/api/traces' -d service=order-service -d limit=401",
        ),
    ),
    links=(
        Link("Jaeger search", "https://jaeger.shop.example/search?service=order-service&start=1762525800000000&end=1762529400000000&tags=%7B%22error%22%3A%22true%22%7D"),
        Link("trace 4f1c9a0be2d77a31", "https://jaeger.shop.example/trace/4f1c9a0be2d77a31"),
    ),
    notes=("traces are sampled: shares mean something, counts do not",),
)  # fmt: skip
PATTERNS = Finding(
    "error-logs", "Error messages", *LOGS, Outcome.CRITICAL, Evidence.LOG, "count",
    "critical > 5× normal, from 5 lines",
    summary="at least 10,000 error lines, 3 patterns",
    items=(
        Item(
            (), Outcome.CRITICAL, 3911.0, 24.0, ONSET, spark(1.0, 200.0, gap=True),
            subject="payment-service: payment <*> failed: provider timeout after <*> ms",
            limit="> 5× normal",
            note="payment 8812f failed: provider timeout after 5000 ms",
            examples=("4f1c9a0be2d77a31",),
            facts=LogFacts(
                pattern="payment <*> failed: provider timeout after <*> ms",
                service="payment-service",
            ),
        ),
        Item(
            (), Outcome.CRITICAL, 3702.0, 31.0, ONSET.replace(minute=13), spark(1.0, 190.0),
            subject="order-service: order <*> rejected: payment failed", limit="> 5× normal",
            note="order 51a01 rejected: payment failed",
            facts=LogFacts(pattern="order <*> rejected: payment failed", service="order-service"),
        ),
        Item(
            (), Outcome.OK, 12, 11,
            subject="order-service: slow query <*> ms",
            facts=LogFacts(pattern="slow query <*> ms", service="order-service"),
        ),
    ),
    queries=(
        Query(
            "elasticsearch", "queries/elasticsearch/error-logs.json",
            '{\n  "size": 500,\n  "query": {"bool": {"filter": [{"term": {"level": "ERROR"}}]}}\n}',
            "curl -s -H 'Content-Type: application/json' --data-binary @error-logs.json"
            " 'http://elasticsearch:9200/logs-*/_search'",
        ),
    ),
    links=(Link("Kibana Discover", "https://kibana.shop.example/app/discover#/?_g=(time:(from:'2025-11-07T14:30:00Z',to:'2025-11-07T15:30:00Z'))"),),
)  # fmt: skip
CPU = Finding(
    "payment-cpu-usage", "Payment CPU against its limit", *PAYMENT, Outcome.NO_DATA,
    Evidence.METRIC, "ratio", "> 80 %",
    reason="metric container_cpu_usage_seconds_total never existed on this Prometheus",
    hint="scrape cAdvisor, or set payment_container to the container's name",
    queries=(query("payment-cpu-usage", "rate(container_cpu_usage_seconds_total[5m])"),),
)  # fmt: skip


def argument(
    finding: Finding, strength: Strength, bearing: Bearing = Bearing.HOLDS, because: str = ""
) -> Argument:
    return Argument(
        finding.check,
        finding.title,
        strength,
        bearing,
        finding.evidence,
        finding.outcome,
        because,
        finding.summary,
        finding.worst,
        finding.unit,
        finding.rule,
    )


TIMEOUT = Diagnosis(
    "payment-provider-timeout",
    "The payment provider does not answer in time",
    "payment-service",
    Verdict.LIKELY,
    14,
    0.93,
    (
        argument(BY_TYPE, Strength.STRONG, because="a refusing provider answers at once"),
        argument(PAYMENT_P95, Strength.MODERATE),
        argument(ORIGINS, Strength.STRONG),
        argument(PATTERNS, Strength.STRONG),
    ),
    (
        argument(DB_P95, Strength.STRONG, Bearing.ABSENT, "slow queries would explain the latency"),
        argument(CPU, Strength.MODERATE, Bearing.UNKNOWN, "throttling would explain the latency"),
    ),
    "4 (payment-errors-by-type) + 2 (payment-latency-p95) + 4 (failed-traces) + 4 (error-logs)"
    " = 14; confidence 14 / (14 + 1) = 0.93; likely, not confirmed: payment-cpu-usage is unknown",
    ONSET,
    ("open-circuit-breaker", "scale-payment-service"),
    ("retry-with-backoff",),
    ("payment-cpu-usage",),
)
OVERLOAD = Diagnosis(
    "payment-overloaded",
    "The payment service is overloaded",
    "payment-service",
    Verdict.POSSIBLE,
    2,
    0.4,
    (
        argument(PAYMENT_P95, Strength.MODERATE),
        argument(CPU, Strength.STRONG, Bearing.UNKNOWN),
    ),
    (),
    "2 (payment-latency-p95) = 2; confidence 2 / (2 + 3) = 0.40",
    ONSET,
    ("scale-payment-service",),
    could_change=("payment-cpu-usage",),
)
POOL_EXHAUSTED = Diagnosis(
    "db-pool-exhausted",
    "The database connection pool is exhausted",
    "database",
    Verdict.RULED_OUT,
    -4,
    0.0,
    (argument(POOL, Strength.DECISIVE, Bearing.ABSENT),),
    (argument(POOL, Strength.STRONG, because="a pool with room left refuses nobody"),),
    "− 4 (db-pool-usage) = −4",
)
INVENTORY_FAILS = Diagnosis(
    "inventory-failing",
    "The inventory service fails",
    "inventory-service",
    Verdict.RULED_OUT,
    0,
    0.0,
    (argument(INVENTORY, Strength.STRONG, Bearing.ABSENT),),
    (),
    "0",
)
