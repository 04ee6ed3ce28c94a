"""What one metric means, by its words, its kind and how its values behave; the first that fits."""

from collections.abc import Callable
from dataclasses import dataclass

from troubleshoot.analysis.naming import name_words as w
from troubleshoot.analysis.naming.name_words import NameWords
from troubleshoot.model.suggestion import MetricKind, SeenMetric

EPOCH = 1e9  # from here on a time is a date, not a length
_LONGEST = 30.0  # seconds that a request takes, where the unit is guessed


@dataclass(frozen=True, slots=True)
class Guess:
    """``of`` names the resource; ``scale`` makes our unit of the values.

    ``inverse``: a share of what succeeded. ``date``: a time instead of what is left until then.
    """

    means: str
    reason: str
    scale: float = 1.0
    of: str = ""
    inverse: bool = False
    date: bool = False


Rule = Callable[[SeenMetric, NameWords], Guess | None]


def speaks(name: str, kind: MetricKind) -> bool:
    """Whether its name can tell anything; of a gauge nothing else does."""
    return kind != "gauge" or NameWords.of(name).has(w.TELLING)


def guess(metric: SeenMetric) -> Guess | None:
    words = NameWords.of(metric.name)
    if words.per_something:
        return None
    return next((found for rule in _RULES if (found := rule(metric, words))), None)


def share(metric: SeenMetric, words: NameWords) -> float:
    """What makes a ratio of the values of a gauge: 1, 0.01 of percent, 0 where they are none."""
    if metric.kind != "gauge" or metric.low < 0 or words.per_second:
        return 0.0
    if words.has(w.PERCENT):
        return 0.01 if metric.high <= 1000 else 0.0
    if words.has(w.RATIO):
        return 1.0 if metric.high <= 2 else 0.0
    return 1.0 if metric.high <= 1 else 0.01 if metric.high <= 100 else 0.0


def _scale(metric: SeenMetric, scale: float) -> str:
    """How the values of a share are read, so that a person can tell when it is wrong."""
    return f"{'percent' if scale == 0.01 else 'a ratio'} by its highest value, {metric.high:.3g}"


def _said(words: NameWords, *among: set[str]) -> str:
    return " and ".join(repr(words.first(one)) for one in among) + " in its name"


def _expiry(metric: SeenMetric, words: NameWords) -> Guess | None:
    after = "not" in words.words and "after" in words.words
    if metric.kind != "gauge" or not (words.has(w.EXPIRY) or after):
        return None
    date = metric.high >= EPOCH
    reason = f"{words.first(w.EXPIRY) or 'not after'!r} in its name, " + (
        "its values are dates" if date else "its values are lengths of time"
    )
    return Guess("expiry", reason, words.scale or 1.0, date=date)


def _kills(metric: SeenMetric, words: NameWords) -> Guess | None:
    if not words.has(w.KILLED) or words.scale or metric.kind not in ("counter", "gauge"):
        return None
    return Guess("kills", _said(words, w.KILLED))


def _restarts(metric: SeenMetric, words: NameWords) -> Guess | None:
    counted = metric.kind == "counter" and words.has(w.RESTARTED)
    return Guess("restarts", _said(words, w.RESTARTED)) if counted else None


def _throttled(metric: SeenMetric, words: NameWords) -> Guess | None:
    if not words.has(w.THROTTLED):
        return None
    if metric.kind == "counter" and words.scale:
        return Guess(
            "throttling", f"{_said(words, w.THROTTLED)}: seconds of each second", words.scale
        )
    scale = share(metric, words)
    return (
        Guess("throttling", f"{_said(words, w.THROTTLED)}, {_scale(metric, scale)}", scale)
        if scale
        else None
    )


def _hits(metric: SeenMetric, words: NameWords) -> Guess | None:
    cached = "cache" in words.words or words.has(w.RATIO) or words.has(w.PERCENT)
    scale = share(metric, words)
    if not (words.has(w.HIT) and cached and scale):
        return None
    return Guess("hits", f"{_said(words, w.HIT)}, {_scale(metric, scale)}", scale)


def _utilized(metric: SeenMetric, words: NameWords) -> Guess | None:
    scale = share(metric, words)
    full = words.has(w.PERCENT) or words.has(w.RATIO) or words.first({"utilization", "utilisation"})
    if not (words.has(w.UTILIZED) and full and scale) or words.has(w.ERROR):
        return None
    return Guess(
        "saturation", f"{_said(words, w.UTILIZED)}, {_scale(metric, scale)}", scale, resource(words)
    )


def _age(metric: SeenMetric, words: NameWords) -> Guess | None:
    timed = words.scale or (metric.kind in ("histogram", "summary") and words.has(w.TIME))
    queued = words.has(w.QUEUE) and words.has(w.TIME)
    if not timed or not (words.has(w.WAIT) or queued):
        return None
    word = w.WAIT if words.has(w.WAIT) else w.QUEUE
    return Guess(
        "age", f"{_said(words, word)}, with a unit of time", words.scale or 1.0, resource(words)
    )


def _queue(metric: SeenMetric, words: NameWords) -> Guess | None:
    if metric.kind != "gauge" or not words.has(w.QUEUE) or words.scale or words.has(w.ERROR):
        return None
    if words.has(w.LIMIT) and not words.has({"size"}):
        return None
    return Guess("queue", f"{_said(words, w.QUEUE)}, a gauge", of=resource(words))


def _latency(metric: SeenMetric, words: NameWords) -> Guess | None:
    spread = metric.kind in ("histogram", "summary", "native")
    quantiles = spread or words.statistic or "quantile" in metric.label_names
    named = words.has(w.TIME)
    if not (named or (quantiles and words.scale)) or metric.kind == "counter":
        return None
    if words.scale:
        return Guess(
            "latency",
            f"{_said(words, w.TIME) if named else 'a statistic'}, with its unit",
            words.scale,
        )
    if metric.high >= EPOCH or not (spread or quantiles or words.first({"latency", "duration"})):
        return None
    scale = 1.0 if metric.high <= _LONGEST or spread else 1e-3
    unit = "seconds" if scale == 1.0 else "milliseconds"
    return Guess(
        "latency", f"{_said(words, w.TIME)}; its unit is not named: {unit} by its values", scale
    )


def _error_share(metric: SeenMetric, words: NameWords) -> Guess | None:
    bad, good = words.has(w.ERROR), words.has(w.SUCCESS)
    scale = share(metric, words)
    named = words.has({"rate", "ratio", "percent", "pct", "percentage", "share", "fraction"})
    if not scale or not (good or (bad and named)):
        return None
    if good and not (named or "availability" in words.words):
        return None
    if good:
        return Guess(
            "errors",
            f"{_said(words, w.SUCCESS)}, {_scale(metric, scale)}, and what is missing to its whole",
            scale,
            inverse=True,
        )
    return Guess("errors", f"{_said(words, w.ERROR)}, {_scale(metric, scale)}", scale)


def _failures(metric: SeenMetric, words: NameWords) -> Guess | None:
    if not words.has(w.ERROR) or words.scale or metric.kind not in ("counter", "gauge"):
        return None
    how = "a counter" if metric.kind == "counter" else "a rate"
    counted = metric.kind == "counter" or words.per_second or words.has({"rate"})
    return Guess("failures", f"{_said(words, w.ERROR)}, {how}") if counted else None


def _traffic(metric: SeenMetric, words: NameWords) -> Guess | None:
    if (not words.has(w.REQUEST) and not words.per_second) or words.scale or words.has(w.BYTES):
        return None
    if metric.kind in ("histogram", "summary", "native"):
        return None
    word = _said(words, w.REQUEST) if words.has(w.REQUEST) else "'per second' in its name"
    return Guess("traffic", f"{word}, a {metric.kind}")


def _usage(metric: SeenMetric, words: NameWords) -> Guess | None:
    cpu = metric.kind == "counter" and words.has({"cpu"}) and words.scale
    used = (
        metric.kind == "gauge"
        and words.has(w.RESOURCE)
        and not words.first({"max", "limit", "limits"})
    )
    held = (
        words.has(w.USED)
        or words.has(w.BYTES)
        or words.first({"inflight", "progress", "goroutines"})
    )
    if not cpu and not (used and held):
        return None
    return Guess("usage", f"{_said(words, w.RESOURCE)}, in use", of=resource(words))


def _up(metric: SeenMetric, words: NameWords) -> Guess | None:
    if metric.kind != "gauge" or not words.has(w.ALIVE) or not words.has(w.INSTANCES):
        return None
    return Guess("up", _said(words, w.ALIVE, w.INSTANCES))


def _ended(metric: SeenMetric, words: NameWords) -> Guess | None:
    if metric.kind != "counter" or not metric.outcomes[0] or words.scale or words.has(w.BYTES):
        return None
    return Guess("traffic", f"a counter whose label {metric.outcomes[0]!r} says how it ended")


def resource(words: NameWords) -> str:
    """``CPU``, ``memory``, ``db pool``: which one, in the words of the name."""
    if words.has({"cpu"}):
        return "CPU"
    if words.first({"memory", "mem", "rss", "heap", "working"}):
        return "heap" if "heap" in words.words else "memory"
    named = [one for one in words.words if one in {*w.RESOURCE, "queue", "db", "cache", "http"}]
    return " ".join(named[:2])


_RULES: tuple[Rule, ...] = (
    _expiry, _kills, _restarts, _throttled, _hits, _utilized, _age, _queue, _latency, _error_share,
    _failures, _traffic, _usage, _up, _ended,
)  # fmt: skip
