"""From what a metric means, and about whom, to the phrases that say so."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from troubleshoot.analysis.naming.meaning import Guess
from troubleshoot.analysis.naming.name_words import STATISTICS, NameWords, statistic_of
from troubleshoot.analysis.naming.outcomes import failing
from troubleshoot.analysis.naming.pairs import Pair
from troubleshoot.analysis.naming.service_label import Whom
from troubleshoot.model.suggestion import SeenMetric, SuggestedPhrase

_SHOWN = 2  # example series
_STATISTIC_LABELS = ("quantile", "statistic", "stat", "percentile")
_ADDED = ("sum", "count", "total")
_RATE = "[{{ window }}]"
# several instances of one service: what they do adds up, the worst of them counts
_OVER = {
    "traffic": "sum", "failures": "sum", "queue": "sum", "usage": "sum", "kills": "sum",
    "restarts": "sum", "up": "sum", "errors": "avg", "hits": "avg", "saturation": "max",
    "throttling": "max", "age": "max", "expiry": "min", "latency": "avg",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Writer:
    """Expressions about one metric, grouped by whom they are about."""

    metric: SeenMetric
    whom: Whom

    @property
    def group(self) -> str:
        return f" by ({self.whom.label})" if self.whom.label else ""

    def over(self, aggregation: str, text: str) -> str:
        return f"{aggregation}{self.group} ({text})"

    def rate(self, name: str, match: str = "") -> str:
        return f"rate({name}{f'{{{match}}}' if match else ''}{_RATE})"

    def summed(self, name: str, match: str = "") -> str:
        return self.over("sum", self.rate(name, match))

    def quantile(self) -> str:
        labels = f"{self.whom.label}, le" if self.whom.label else "le"
        buckets = self.rate(f"{self.metric.name}_bucket")
        return f"histogram_quantile(0.95, sum by ({labels}) ({buckets}))"

    def native(self, function: str) -> str:
        return f"{function}({self.summed(self.metric.name)})"


def phrases(metric: SeenMetric, guess: Guess, whom: Whom) -> Iterator[SuggestedPhrase]:
    """One or several: of a counter by outcome both the traffic and the errors in it."""
    writer = _Writer(metric, whom)
    if guess.means == "latency" and metric.kind != "gauge":
        yield from _spread(writer, guess)
        return
    if guess.means == "latency":
        yield from _statistics(writer, guess)
    elif metric.kind == "counter":
        yield from _counted(writer, guess)
    elif metric.kind in ("histogram", "summary"):
        means = f"{writer.summed(f'{metric.name}_sum')}\n/ {writer.summed(f'{metric.name}_count')}"
        yield _made(writer, guess, _scaled(means, guess.scale), (f"{metric.name}_sum",))
    else:
        yield _made(writer, guess, _value(writer, guess, _plain(metric)))
    if whom.caller and guess.means in ("traffic", "latency"):
        yield _calls(writer, guess)


def paired(pair: Pair, whom: Whom) -> SuggestedPhrase:
    """A part of another metric."""
    writer = _Writer(pair.one, whom)
    one, other = pair.one.name, pair.other.name
    if pair.means == "saturation":
        query = f"{writer.over('max', one)}\n/ {writer.over('max', other)}"
    elif pair.means == "hits":
        both = f"({writer.summed(one)} + {writer.summed(other)})"
        query = f"{writer.summed(one)}\n/ {both}"
    else:
        query = f"{writer.summed(one)}\n/ {writer.summed(other)}"
    made = _made(writer, Guess(pair.means, pair.reason), query, (one, other))
    return replace(
        made, of=" ".join(sorted(NameWords.of(one).stem)[:2]) if pair.means == "saturation" else ""
    )


def _spread(writer: _Writer, guess: Guess) -> Iterator[SuggestedPhrase]:
    """Of a histogram a percentile and the mean; of a summary the mean, which alone adds up."""
    name, scale = writer.metric.name, guess.scale
    if writer.metric.kind == "native":
        p95 = f"histogram_quantile(0.95, {writer.summed(name)})"
        mean = f"{writer.native('histogram_sum')}\n/ {writer.native('histogram_count')}"
        yield _made(writer, guess, _scaled(p95, scale), statistic="p95")
        yield _made(writer, guess, _scaled(mean, scale), statistic="mean")
        return
    parts, count = (f"{name}_sum", f"{name}_count"), f"{name}_count"
    if writer.metric.kind == "histogram":
        p95 = _scaled(writer.quantile(), scale)
        yield _made(writer, guess, p95, (f"{name}_bucket",), statistic="p95")
    mean = f"{writer.summed(f'{name}_sum')}\n/ {writer.summed(count)}"
    yield _made(writer, guess, _scaled(mean, scale), parts, statistic="mean")
    requests = replace(guess, means="traffic", reason=f"the count of {name}")
    yield _made(writer, requests, writer.summed(count), (count,))
    if match := failing(*writer.metric.outcomes):
        reason = f"its label {writer.metric.outcomes[0]!r} says how it ended"
        query = f"{writer.summed(count, match)}\n/ {writer.summed(count)}"
        yield _made(writer, replace(guess, means="errors", reason=reason), query, (count,))


def _statistics(writer: _Writer, guess: Guess) -> Iterator[SuggestedPhrase]:
    """Of a gauge; where a label says which statistics there are, the mean and the best of them."""
    metric = writer.metric
    label = next((one for one in _STATISTIC_LABELS if one in metric.label_names), "")
    said = {statistic_of(one): one for one in metric.values(label) if statistic_of(one)}
    best = next((one for one in ("p95", "p99", "p90", "p50", "max") if one in said), "")
    for statistic in filter(None, ("mean" if "mean" in said else "", best)):
        match = f'{metric.name}{{{label}="{said[statistic]}"}}'
        yield _made(writer, guess, _value(writer, guess, match, statistic), statistic=statistic)
    if not said:
        statistic = NameWords.of(metric.name).statistic
        if not statistic:
            reason = f"{guess.reason}; which statistic is not told: taken for a mean"
            statistic, guess = "mean", replace(guess, reason=reason)
        yield _made(
            writer, guess, _value(writer, guess, metric.name, statistic), statistic=statistic
        )


def _plain(metric: SeenMetric) -> str:
    """Where a label says which statistics there are, the mean or the sum."""
    label = next((one for one in _STATISTIC_LABELS if one in metric.label_names), "")
    values = sorted(set(metric.values(label)) - {""}) if label else []
    plain = [one for one in values if statistic_of(one) == "mean" or one.lower() in _ADDED]
    return f'{metric.name}{{{label}="{plain[0]}"}}' if plain else metric.name


def _counted(writer: _Writer, guess: Guess) -> Iterator[SuggestedPhrase]:
    name = writer.metric.name
    if guess.means in ("kills", "restarts"):
        yield _made(writer, guess, writer.over("sum", f"increase({name}[15m])"))
        return
    yield _made(writer, guess, _scaled(writer.summed(name), guess.scale))
    match = failing(*writer.metric.outcomes)
    if guess.means == "traffic" and match:
        reason = f"its label {writer.metric.outcomes[0]!r} says how it ended"
        query = f"{writer.summed(name, match)}\n/ {writer.summed(name)}"
        yield _made(writer, replace(guess, means="errors", reason=reason), query)


def _value(writer: _Writer, guess: Guess, selector: str, statistic: str = "") -> str:
    over = "max" if statistic not in ("", "mean", "p50") else _OVER[guess.means]
    text = writer.over(over, selector)
    if guess.date:
        return f"{_scaled(text, guess.scale)} - time()"
    scaled = _scaled(text, guess.scale)
    return f"1 - {scaled}" if guess.inverse else scaled


def _calls(writer: _Writer, guess: Guess) -> SuggestedPhrase:
    """Who calls whom, where both are labels; a gauge tells that they do, not how often."""
    whom, name = writer.whom, writer.metric.name
    by = f"({whom.caller}, {whom.label})"
    counted = {"counter": name, "histogram": f"{name}_count", "summary": f"{name}_count"}
    read = counted.get(writer.metric.kind, "")
    query = f"sum by {by} ({writer.rate(read)})" if read else f"count by {by} ({name})"
    made = _made(writer, replace(guess, means="calls", of=""), query, (read or name,))
    reason = f"{whom.caller!r} calls {whom.label!r}"
    return replace(
        made, labels=(("source", whom.caller), *made.labels), reason=reason, statistic=""
    )


def _scaled(text: str, scale: float) -> str:
    """In the unit that the meaning has; a division reads better than a small factor."""
    if scale in (0.0, 1.0):
        return text
    whole = f"({text})" if "\n" in text else text
    return f"{whole} / {1 / scale:.10g}" if scale < 1 else f"{whole} * {scale:.10g}"


def _made(
    writer: _Writer, guess: Guess, query: str, needs: tuple[str, ...] = (), *, statistic: str = ""
) -> SuggestedPhrase:
    metric, whom = writer.metric, writer.whom
    labels: tuple[tuple[str, str], ...] = ((whom.word, whom.label),) if whom.label else ()
    if whom.form and guess.means != "calls":
        inner = query.replace("\n", "\n  ")
        form = f'"whom", "$1", "{whom.label}", "{whom.form}"'
        query = f"label_replace(\n  {inner},\n  {form})"
        labels = ((whom.word, "whom"),)
    keep = statistic if guess.means == "latency" and statistic in STATISTICS else ""
    return SuggestedPhrase(
        guess.means,
        needs or (metric.name,),
        labels,
        query,
        f"{guess.reason}; {whom.reason}",
        tuple(map(_series, [metric.name] * _SHOWN, metric.series)),
        about=whom.about,
        of=guess.of if guess.means in ("usage", "saturation", "queue", "age") else "",
        statistic=keep,
    )


def _series(name: str, labels: tuple[tuple[str, str], ...]) -> str:
    inside = ", ".join(f'{label}="{value}"' for label, value in labels if label != "__name__")
    return f"{name}{{{inside}}}"
