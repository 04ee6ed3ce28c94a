"""Counters whose own value reaches the answer, told from those that are read as counters."""

import pytest

from troubleshoot.load.playbook.promql.counters import counter_pitfalls
from troubleshoot.load.playbook.promql.syntax import read

RAW = (
    ("wal_bytes_total", ["wal_bytes_total"]),
    ("sum by (a) (x_total)", ["x_total"]),
    ("max_over_time(x_seconds_sum[1h])", ["x_seconds_sum"]),
    ("avg_over_time(x_total[1h:1m])", ["x_total"]),
    ("delta(x_total[1h])", ["x_total"]),
    ("x_sum / x_count", ["x_sum", "x_count"]),
    ("histogram_quantile(0.9, x_bucket)", ["x_bucket"]),
    ("cpu_seconds_total > 0.8", ["cpu_seconds_total"]),
    ("used / connections_total", ["connections_total"]),
    ("x_total and on () y_total", ["x_total"]),
    ("x_total - y_total", ["x_total", "y_total"]),
    ("request_duration_seconds_count", ["request_duration_seconds_count"]),
)
READ_AS_COUNTERS = (
    "rate(x_total[5m])",
    "max_over_time(rate(x_total[5m])[1h:1m])",
    "rate(x_sum[5m]) / rate(x_count[5m])",
    "increase(x_total[1h]) > bool 3",
    "changes(x_total[1h]) + resets(x_total[1h])",
    "count by (a) (x_total)",
    "group(x_total)",
    "absent(x_total)",
    "timestamp(x_total)",
    "rate(y[5m]) or 0 * x_total",
    "x_total - x_total offset 1h",
    "y and x_total",
    "queue_message_count",
    "job:x_total:rate5m",
    "node_memory_MemTotal_bytes",
    "up",
)


@pytest.mark.parametrize(("expression", "names"), RAW)
def test_a_counter_without_a_rate_is_found_at_its_name(expression: str, names: list[str]) -> None:
    found = list(counter_pitfalls(read(expression)))
    for one, name in zip(found, names, strict=True):
        assert expression[one.offset :].startswith(name)
        assert f"{name} is a counter by its name" in one.message
        assert f"Write `rate({name}[{{{{ window }}}}])`" in one.message


@pytest.mark.parametrize("expression", READ_AS_COUNTERS)
def test_a_counter_that_is_read_as_one_or_not_for_its_value_is_none(expression: str) -> None:
    assert list(counter_pitfalls(read(expression))) == []
