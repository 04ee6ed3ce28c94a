"""Prometheus answers to series and names. Pure."""

import math

from troubleshoot.backends.problems import document, partial, wrong_shape
from troubleshoot.backends.shapes import as_list, as_number, as_object, as_text
from troubleshoot.model.query import RawResponse, Request, Store
from troubleshoot.model.signal import (
    Labels,
    Metrics,
    Missing,
    Names,
    Problem,
    Series,
    Signal,
    Trouble,
)


def parse_metrics(request: Request, raw: RawResponse) -> Signal:  # noqa: ARG001
    """RANGE and INSTANT. An empty answer is Metrics without series and without a problem."""
    answer = _success(raw)
    if isinstance(answer, Problem):
        return Missing(answer)
    data = as_object(answer.get("data"))
    kind, result = data.get("resultType"), data.get("result")
    if kind not in ("matrix", "vector", "scalar") or not isinstance(result, list):
        return Missing(wrong_shape(Store.PROMETHEUS, raw))
    if kind == "scalar":
        result = [{"value": result}]
    entries = [as_object(entry) for entry in result if isinstance(entry, dict)]
    reasons = _warnings(answer)
    if any("histogram" in entry or "histograms" in entry for entry in entries):
        reasons.append("the answer holds native histograms, which are not read")
    ordered = sorted((_series(entry) for entry in entries), key=lambda series: series.labels)
    return Metrics(tuple(ordered), partial(reasons, "what is shown may be too low"))


def parse_names(request: Request, raw: RawResponse) -> Signal:  # noqa: ARG001
    """NAMES: which metric names exist."""
    answer = _success(raw)
    if isinstance(answer, Problem):
        return Missing(answer)
    data = answer.get("data", False)
    if data is not None and not isinstance(data, list):
        return Missing(wrong_shape(Store.PROMETHEUS, raw))
    names = frozenset(name for name in as_list(data) if isinstance(name, str))
    return Names(names, problem=partial(_warnings(answer)))


def _success(raw: RawResponse) -> "dict[str, object] | Problem":
    answer = document(Store.PROMETHEUS, raw, _explain)
    if isinstance(answer, Problem):
        return answer
    answered = as_object(answer)
    if answered.get("status") == "error":
        reason = f"Prometheus could not answer {raw.url}: {_explain(answered)}"
        return Problem(Trouble.ERROR, reason, "see the query with --explain")
    if answered.get("status") != "success":
        return wrong_shape(Store.PROMETHEUS, raw)
    return answered


def _explain(answer: object) -> str:
    body = as_object(answer)
    kind, words = as_text(body.get("errorType")), as_text(body.get("error"))
    return " ".join(": ".join(part for part in (kind, words) if part).split())


def _warnings(answer: dict[str, object]) -> list[str]:
    """What makes an answer partial. ``infos`` only comment on the query ("might not be a
    counter"), the data is whole; VictoriaMetrics says ``isPartial``."""
    found = [as_text(warning) for warning in as_list(answer.get("warnings"))]
    if answer.get("isPartial") is True:
        found.append("some storage nodes did not answer")
    return [" ".join(text.split()) for text in found if text]


def _series(entry: dict[str, object]) -> Series:
    pairs = as_list(entry["values"]) if "values" in entry else [entry.get("value")]
    points: list[tuple[float, float]] = []
    not_finite = 0
    for pair in pairs:
        point = _point(pair)
        if point and math.isfinite(point[1]):
            points.append(point)
        elif point:
            not_finite += 1
    points.sort()
    return Series(_labels(entry.get("metric")), tuple(points), not_finite)


def _point(pair: object) -> tuple[float, float] | None:
    """``[seconds, "text"]``; None for anything else."""
    if not isinstance(pair, list) or len(pair) != 2:
        return None
    time = as_number(pair[0])
    try:
        return None if time is None else (time, float(as_text(pair[1])))
    except ValueError:
        return None


def _labels(metric: object) -> Labels:
    return tuple(sorted((name, as_text(value)) for name, value in as_object(metric).items()))
