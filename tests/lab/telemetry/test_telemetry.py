"""What the servers are filled with is well-formed."""

import math
import re
from itertools import groupby, pairwise

import orjson
import pytest

from tests.lab.scenarios import SCENARIOS
from tests.lab.simulate import simulate
from tests.lab.telemetry import bulk, openmetrics, otlp
from tests.lab.telemetry.recording import Recording

START = 1_762_522_200.0
SAMPLE = re.compile(r"^([a-z_]+)\{([^{}]*)\} (\S+) (\d+\.\d{3})$")


@pytest.fixture(scope="module")
def recording() -> Recording:
    return simulate(SCENARIOS["payment-instances-down"], seed=3, history=300.0, sampled=1.0)


def test_openmetrics_families_stand_together_and_end_with_eof(recording: Recording) -> None:
    lines = list(openmetrics.lines(recording.scrapes, START))
    assert lines[-1] == "# EOF"
    families = [line.split()[2] for line in lines if line.startswith("# TYPE ")]
    assert len(families) == len(set(families))
    family = ""
    for line in lines[:-1]:
        if line.startswith("# TYPE "):
            family = line.split()[2]
        else:
            assert re.fullmatch(rf"{family}(_total|_bucket|_sum|_count)?", line.split("{")[0])


def test_openmetrics_samples_are_numbers_in_order_of_time(recording: Recording) -> None:
    lines = [line for line in openmetrics.lines(recording.scrapes, START) if line[0] != "#"]
    samples = [match.groups() for line in lines if (match := SAMPLE.match(line))]
    assert len(samples) == len(lines) > 1000
    series = [
        [(float(value), float(at)) for _, _, value, at in members]
        for _, members in groupby(samples, key=lambda sample: sample[:2])
    ]
    assert len(series) == len({sample[:2] for sample in samples})
    for members in series:
        assert all(math.isfinite(value) for value, _ in members)
        assert all(earlier < later for (_, earlier), (_, later) in pairwise(members))
        assert START <= members[0][1] < members[-1][1] <= START + 300 or len(members) == 1


def test_spans_have_their_parents_and_lie_inside_the_history(recording: Recording) -> None:
    complete = {span.trace_id for span in recording.spans if span.parent_id is None}
    known = {(span.trace_id, span.span_id) for span in recording.spans}
    assert len(known) == len(recording.spans)
    for span in recording.spans:
        assert 0 <= span.start <= span.end <= 300
        if span.trace_id in complete and span.parent_id is not None:
            assert (span.trace_id, span.parent_id) in known


def test_a_failed_span_is_exported_with_its_status_and_exception(recording: Recording) -> None:
    request = orjson.loads(orjson.dumps(otlp.export(recording.spans, START)))
    spans = [
        span
        for resource in request["resourceSpans"]
        for scope in resource["scopeSpans"]
        for span in scope["spans"]
    ]
    assert len(spans) == len(recording.spans)
    failed = [span for span in spans if span["status"]]
    assert len(failed) == sum(span.failure is not None for span in recording.spans) > 0
    for span in failed:
        assert span["status"]["code"] == 2
        [event] = span["events"]
        assert event["attributes"][1]["value"]["stringValue"] == span["status"]["message"]


def test_log_lines_become_actions_and_documents_in_the_index_of_their_day(
    recording: Recording,
) -> None:
    text = b"".join(bulk.lines(recording.logs, [], START))
    told = [orjson.loads(line) for line in text.splitlines()]
    actions, documents = told[::2], told[1::2]
    assert len(documents) == len(recording.logs) > 0
    assert {action["index"]["_index"] for action in actions} == {"shop-logs-2025.11.07"}
    assert len({action["index"]["_id"] for action in actions}) == len(actions)
    assert {"@timestamp", "level", "service", "message"} <= set(documents[0])
    assert documents[0]["@timestamp"].startswith("2025-11-07T13:3")


def test_events_become_documents_in_the_index_of_their_month(recording: Recording) -> None:
    text = b"".join(bulk.lines([], recording.events, START))
    action, document = [orjson.loads(line) for line in text.splitlines()]
    assert action["index"]["_index"] == "shop-events-2025.11"
    assert document == {
        "@timestamp": "2025-11-07T13:30:00.000Z",
        "kind": "deployment",
        "service": "order-service",
        "version": "2.15.0",
        "message": "order-service 2.15.0 replaces 2.14.0 on 3 instances",
    }
