import json
from pathlib import Path

import pytest

from benchmarks.growth import exponent
from benchmarks.larger import Size, write_more

METRICS = """\
# TYPE up gauge
up{instance="order-0:80",job="order"} 1.0 100.000
up{instance="order-0:80",job="order"} 1.0 115.000
up{instance="order-1:80",job="order"} 0.0 100.000
# TYPE cpu_seconds counter
cpu_seconds_total{instance="node:80",pod="order-0"} 5.0 100.000
# EOF
"""
SPANS = b'{"spans":[{"traceId":"abcd1234","spanId":"1"},{"traceId":"abcd1234","spanId":"2"}]}\n'
LINES = b'{"index":{"_index":"logs","_id":"1-7"}}\n{"message":"a","trace_id":"abcd1234"}\n'


@pytest.fixture
def more(tmp_path: Path) -> Path:
    small, target = tmp_path / "small", tmp_path / "more"
    small.mkdir()
    (small / "metrics.om").write_text(METRICS)
    (small / "spans.jsonl").write_bytes(SPANS)
    (small / "logs.ndjson").write_bytes(LINES)
    write_more(small, target, Size(series=8, spans=5, lines=3))
    return target


def test_every_copy_of_a_series_is_of_another_instance(more: Path) -> None:
    lines = (more / "metrics.om").read_text().splitlines()
    samples = [line for line in lines if not line.startswith("#")]
    assert [line for line in lines if line.startswith("#")] == [
        "# TYPE up gauge",
        "# TYPE cpu_seconds counter",
        "# EOF",
    ]
    assert len({line.partition("}")[0] for line in samples}) == 8 - 2  # three are there: two copies
    assert (
        'cpu_seconds_total{instance="node:80-more-0",pod="order-0-more-0"} 5.0 100.000' in samples
    )


def test_copied_spans_are_of_traces_of_their_own(more: Path) -> None:
    requests = (more / "spans.jsonl").read_bytes().splitlines()
    ids = [{span["traceId"] for span in json.loads(one)["spans"]} for one in requests]
    assert ids == [{"00011234"}, {"00021234"}]


def test_copied_lines_are_documents_of_their_own(more: Path) -> None:
    lines = [json.loads(one) for one in (more / "logs.ndjson").read_bytes().splitlines()]
    assert [one["index"]["_id"] for one in lines[::2]] == ["1-1-7", "2-1-7"]
    assert [one["trace_id"] for one in lines[1::2]] == ["00011234", "00021234"]


def test_the_exponent_of_what_is_proportional_is_one() -> None:
    assert exponent([10, 100, 1_000], [0.5, 5.0, 50.0]) == pytest.approx(1.0)
    assert exponent([10, 100, 1_000], [3.0, 300.0, 30_000.0]) == pytest.approx(2.0)
