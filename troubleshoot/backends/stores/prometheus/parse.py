"""Prometheus answers to series and names. Pure."""

import math
from collections.abc import Callable, Iterator
from typing import Any, TypedDict

import orjson
from msgspec import Raw
from msgspec.json import Decoder

from troubleshoot.backends.parse.json_parts import read_part, read_whole
from troubleshoot.backends.parse.problems import document, partial, wrong_shape
from troubleshoot.backends.parse.shapes import as_list, as_number, as_object, as_text
from troubleshoot.model.query import QueryKind, RawResponse, Request
from troubleshoot.model.signal import (
    Labels,
    Metrics,
    MetricTypes,
    Missing,
    Names,
    Problem,
    ProblemKind,
    Series,
    Signal,
)
from troubleshoot.model.store import Store

_Other = None | bool | int | float | str


class _Data(TypedDict, total=False):
    resultType: Any
    result: list[Raw] | dict[str, Any] | _Other


class _Answer(TypedDict, total=False):
    status: Any
    data: _Data | list[Any] | _Other
    warnings: Any
    isPartial: Any
    errorType: Any
    error: Any


_ANSWER: Decoder[object] = Decoder(_Answer | list[Any] | _Other)
_ANYTHING: Decoder[object] = Decoder(Any)


def parse_metrics(request: Request, raw: RawResponse) -> Signal:  # noqa: ARG001
    """RANGE and INSTANT. An empty answer is Metrics without series and without a problem."""
    answer = _success(raw, _read_metrics)
    if isinstance(answer, Problem):
        return Missing(answer)
    data = as_object(answer.get("data"))
    kind, result = data.get("resultType"), data.get("result")
    if kind not in ("matrix", "vector", "scalar") or not isinstance(result, list):
        return Missing(wrong_shape(Store.PROMETHEUS, raw))
    series, reasons, histograms, lost = list[Series](), _warnings(answer), False, 0
    for entry in _entries(kind, result):
        if isinstance(entry, dict):
            series.append(_series(entry))
            histograms = histograms or "histogram" in entry or "histograms" in entry
        else:
            lost += 1
    if histograms:
        reasons.append("the answer holds native histograms, which are not read")
    if lost:
        reasons.append(f"{lost} series could not be read")
    series.sort(key=lambda one: one.labels)
    return Metrics(tuple(series), partial(reasons, "what is shown may be too low"))


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


def parse_types(request: Request, raw: RawResponse) -> Signal:  # noqa: ARG001
    """TYPES. Of a metric that several expose differently, what the first of them says."""
    answer = _success(raw)
    if isinstance(answer, Problem):
        return Missing(answer)
    data = answer.get("data")
    if not isinstance(data, dict):
        return Missing(wrong_shape(Store.PROMETHEUS, raw))
    said = ((name, as_object(next(iter(as_list(told)), {}))) for name, told in data.items())
    return MetricTypes(tuple((name, as_text(one.get("type"))) for name, one in said))


def _read_metrics(body: bytes) -> object:
    return read_whole(_ANSWER, body)


def _entries(kind: object, parts: list[Any]) -> Iterator[object]:
    """One at a time; a scalar is a series without labels."""
    read = (read_part(_ANYTHING, part) for part in parts)
    if kind == "scalar":
        yield {"value": list(read)}
    else:
        yield from read


def _success(
    raw: RawResponse, read: Callable[[bytes], object] = orjson.loads
) -> "dict[str, object] | Problem":
    answer = document(Store.PROMETHEUS, raw, _explain, read)
    if isinstance(answer, Problem):
        return answer
    answered = as_object(answer)
    if answered.get("status") == "error":
        reason = f"Prometheus could not answer {raw.url}: {_explain(answered)}"
        return Problem(ProblemKind.ERROR, reason, "see the query with --explain")
    if answered.get("status") != "success":
        return wrong_shape(Store.PROMETHEUS, raw)
    return answered


def _explain(answer: object) -> str:
    body = as_object(answer)
    kind, words = as_text(body.get("errorType")), as_text(body.get("error"))
    return " ".join(": ".join(part for part in (kind, words) if part).split())


def _warnings(answer: dict[str, object]) -> list[str]:
    """What makes an answer partial.

    ``infos`` only comment on the query ("might not be a counter"), the data is whole;
    VictoriaMetrics says ``isPartial``.
    """
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


PARSERS = {
    QueryKind.RANGE: parse_metrics,
    QueryKind.INSTANT: parse_metrics,
    QueryKind.NAMES: parse_names,
    QueryKind.TYPES: parse_types,
}
