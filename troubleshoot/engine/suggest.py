"""One look at what is in the stores, from which a vocabulary can be suggested.

Three rounds: which metrics and services there are; some series of each metric that is not known,
with how its values behave; and how what is counted may end.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import timedelta

from troubleshoot.analysis.naming.meaning import speaks
from troubleshoot.analysis.naming.metric_families import Family, families, plain
from troubleshoot.analysis.naming.outcomes import outcome_label
from troubleshoot.analysis.naming.suggest import NO_MEANING, suggested
from troubleshoot.analysis.naming.tools import PREFIXES
from troubleshoot.engine.collect.answers import Answers
from troubleshoot.engine.collect.collector import Collector
from troubleshoot.engine.plan.requests import whole
from troubleshoot.model.dialect import Dialects
from troubleshoot.model.finding import Evidence
from troubleshoot.model.query import QueryKind, Request
from troubleshoot.model.resolved_playbook import ResolvedPlaybook, convention
from troubleshoot.model.signal import Logs, Metrics, MetricTypes, Names, Problem
from troubleshoot.model.suggestion import SeenMetric, Suggestion, Unassigned
from troubleshoot.model.times import format_duration
from troubleshoot.model.window import Window

MOST = 400  # metrics looked at; a system with more has them under a few prefixes
SAMPLE = 100  # series of each
LONGEST = timedelta(minutes=15)  # of values: a question about 100,000 series must stay a small one
WHAT = "what"  # the label that tells numbers about a metric from its own series


@dataclass(frozen=True, slots=True)
class Look:
    """What is asked, of whom and when. ``fields`` may hold the service of a log line."""

    dialects: Dialects
    window: Window
    known: frozenset[str]
    index: str
    fields: tuple[str, ...]

    @classmethod
    def of(cls, loaded: ResolvedPlaybook, dialects: Dialects, window: Window) -> "Look":
        """``loaded`` asks by convention: its vocabularies are what is known already."""
        phrases = (one for each in loaded.vocabularies for one in each.phrases)
        known = frozenset(name for one in phrases for name in one.metrics)
        fields = loaded.variables.get("log_service_fields", ())
        index = str(loaded.variables.get("log_index", "*"))
        return cls(dialects, window, known, index, fields if isinstance(fields, tuple) else ())


def suggestion(look: Look, collector: Collector) -> Suggestion | Problem:
    """The problem is that of the metrics: without them there is nothing to suggest."""
    metric = look.dialects.metric[convention(Evidence.METRIC)]
    names, types = metric.names([".+"], whole(look.window)), metric.types()
    others = _others(look)
    collector.ask((names, types, *others))
    first = collector.wait()
    found = first.names(names)
    if found.problem and not found.names:
        return found.problem
    unknown, left = _chosen(look, found.names, first.signal(types))
    asked = {
        one: metric.instant(_seen(one, look.window), look.window.at.timestamp()) for one in unknown
    }
    logs = _log_services(look, first, others)
    collector.ask((*asked.values(), *logs))
    second = collector.wait()
    seen = {one: _metric(one, second.metrics(request)) for one, request in asked.items()}
    ends = {
        one: metric.instant(_ends(one, label, look.window), look.window.at.timestamp())
        for one, metric_ in seen.items()
        if metric_ and metric_.kind != "gauge" and (label := outcome_label(metric_.label_names))
    }
    collector.ask(ends.values())
    answers = collector.wait()
    services = _services(answers, (*others, *logs))
    metrics = [_ended(one, answers, ends.get(family)) for family, one in seen.items() if one]
    phrases, unassigned = suggested(metrics, services)
    silent = tuple(family.name for family, one in seen.items() if not one)
    left += (Unassigned(silent, "no value lately, or the question failed"),) if silent else ()
    known = tuple(sorted(found.names & look.known))
    notes = tuple(_note(answers, one) for one in (types, *others, *logs) if answers.problem(one))
    return Suggestion(phrases, (*unassigned, *left), tuple(sorted(services)), known, notes)


def _others(look: Look) -> tuple[Request, ...]:
    """Who has traces, and where log lines may say whose they are."""
    traces = tuple(one.services() for one in look.dialects.trace.values())
    logs = look.dialects.log.values() if look.fields else ()
    return (*traces, *(one.fields(look.index, look.fields) for one in logs))


def _log_services(look: Look, answers: Answers, asked: Iterable[Request]) -> tuple[Request, ...]:
    return tuple(
        look.dialects.log[one.store].services(
            look.index, look.fields, answers.names(one), look.window.looked
        )
        for one in asked
        if one.ask is QueryKind.FIELDS and answers.names(one).aggregatable
    )


def _chosen(
    look: Look, names: Collection[str], types: object
) -> tuple[tuple[Family, ...], tuple[Unassigned, ...]]:
    """Those to look at: not what is read already, nor what a runtime tells of itself."""
    said = dict(types.types) if isinstance(types, MetricTypes) else {}
    unknown = [one for one in families(names, said) if not _known(one, look.known)]
    odd = tuple(one.name for one in unknown if not plain(one.name))
    own = tuple(one.name for one in unknown if plain(one.name) and one.name.startswith(PREFIXES))
    rest = [one for one in unknown if plain(one.name) and not one.name.startswith(PREFIXES)]
    mute = tuple(one.name for one in rest if not speaks(one.name, one.kind))
    rest = [one for one in rest if one.name not in mute]
    many = tuple(one.name for one in rest[MOST:])
    reasons = {
        NO_MEANING: mute,
        "of a runtime, a node or a monitoring tool, not of a service": own,
        "its name needs quotes in PromQL": odd,
        f"not looked at: more than {MOST} metrics": many,
    }
    left = tuple(Unassigned(found, why) for why, found in reasons.items() if found)
    return tuple(rest[:MOST]), left


def _known(family: Family, known: Collection[str]) -> bool:
    forms = (family.name, *(f"{family.name}_{part}" for part in ("bucket", "count", "sum")))
    return any(one in known for one in forms)


def _seen(family: Family, window: Window) -> str:
    """Some series, and numbers about all of them, in one question."""
    span = _values(family, window)
    numbers = {
        "count": f"count(last_over_time({span}))",
        "low": f"min(min_over_time({span}))",
        "high": f"max(max_over_time({span}))",
        "falls": f"sum(resets({span}))",
        "moves": f"sum(changes({span}))",
    }
    told = (f'label_replace({text}, "{WHAT}", "{what}", "", "")' for what, text in numbers.items())
    return " or ".join((f"topk({SAMPLE}, last_over_time({span}))", *told))


def _ends(family: Family, label: str, window: Window) -> str:
    span = _values(family, window)
    return f"count by ({label}) (last_over_time({span}))"


def _values(family: Family, window: Window) -> str:
    return f"{family.looked_at}[{format_duration(min(window.lookback, LONGEST))}]"


def _metric(family: Family, answer: Metrics) -> SeenMetric | None:
    numbers = {
        dict(one.labels)[WHAT]: one.points[-1][1]
        for one in answer.series
        if one.points and {name for name, _ in one.labels} == {WHAT}
    }
    series = tuple(
        tuple(pair for pair in one.labels if pair[0] != "__name__" and plain(pair[0]))
        for one in answer.series
        if {name for name, _ in one.labels} != {WHAT}
    )
    if "count" not in numbers or answer.problem:
        return None
    return SeenMetric(
        family.name, family.kind, series, int(numbers["count"]),
        numbers.get("low", 0.0), numbers.get("high", 0.0),
        numbers.get("falls", 0.0), numbers.get("moves", 0.0),
    )  # fmt: skip


def _ended(metric: SeenMetric, answers: Answers, request: Request | None) -> SeenMetric:
    if request is None:
        return metric
    label = outcome_label(metric.label_names)
    values = tuple(one.label(label) for one in answers.metrics(request).series)
    return replace(metric, outcomes=(label, values))


def _services(answers: Answers, asked: Iterable[Request]) -> frozenset[str]:
    """The names in traces and in logs."""
    found: set[str] = set()
    for one in asked:
        signal = answers.signal(one)
        if isinstance(signal, Names) and one.ask is QueryKind.SERVICES:
            found |= signal.names
        elif isinstance(signal, Logs):
            found |= {key for name, key, _ in signal.counts if name == "services"}
    return frozenset(found) - {""}


def _note(answers: Answers, request: Request) -> str:
    problem = answers.problem(request)
    return f"{request.store.product}: {problem.reason}" if problem else ""
