"""Series of a metric check, as many as are wanted: the worst case, for a run asks for sums."""

from collections.abc import Callable
from random import Random

import orjson

from tests.analysis.made import STEP, WINDOW
from tests.engine.made import judged_metric
from troubleshoot.backends.parse.parsing import parse
from troubleshoot.model.query import QueryKind, RawResponse, Request
from troubleshoot.model.signal import Metrics
from troubleshoot.model.store import Store

RULE = {"kind": "change", "floor": "> 0", "warning": "> 2x", "critical": "> 5x"}
_RANGE = Request(Store.PROMETHEUS, QueryKind.RANGE, "GET", "/api/v1/query_range")
_LATE = 10 * 60  # seconds before the end: when the tenth part of them rises


def judged(count: int) -> Callable[[], object]:
    """Decoding and judging so many."""
    raw = RawResponse("http://metrics", 200, answer(count), 0.0, "application/json")

    def work() -> object:
        read = parse(_RANGE, raw)
        assert isinstance(read, Metrics)
        return judged_metric(RULE, *read.series)

    return work


def answer(count: int) -> bytes:
    """What Prometheus answers to a range query over baseline and lookback; one in ten rises."""
    dice = Random("series")
    end = int(WINDOW.at.timestamp())
    times = range(int(WINDOW.normal.start.timestamp()), end + 1, STEP)
    result = []
    for number in range(count):
        usual = dice.uniform(1, 100)
        rise = 10 if number % 10 == 0 else 1
        points = [
            [time, repr(usual * dice.uniform(0.9, 1.1) * (rise if time > end - _LATE else 1))]
            for time in times
        ]
        labels = {"__name__": "requests", "service": f"service-{number}", "pod": f"pod-{number}"}
        result.append({"metric": labels, "values": points})
    return orjson.dumps({"status": "success", "data": {"resultType": "matrix", "result": result}})
