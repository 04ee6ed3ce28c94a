"""Checks that are asked by convention: in whichever vocabularies apply here."""

from collections.abc import Iterable, Iterator
from datetime import UTC

from troubleshoot.engine.plan import requests
from troubleshoot.engine.plan.inventory import Known
from troubleshoot.engine.plan.planned import Planned, Source
from troubleshoot.load.playbook.loader import clock
from troubleshoot.load.text.templates import render
from troubleshoot.model.dialect import Dialects
from troubleshoot.model.finding import Evidence
from troubleshoot.model.playbook import Check, Step
from troubleshoot.model.promql import one_line
from troubleshoot.model.query import Request
from troubleshoot.model.resolved_playbook import ResolvedPlaybook, convention
from troubleshoot.model.signal import Problem, ProblemKind
from troubleshoot.model.vocabulary import MetricMapping
from troubleshoot.model.window import Window

CALLS = "calls"
OF_REQUESTS = ("traffic", "errors", "failures", "latency")
SUGGEST = "troubleshoot vocabulary suggest"
TEACH = f"teach it your names: a file in queries/vocabulary/, which `{SUGGEST}` writes for review"


def needed(loaded: ResolvedPlaybook, checks: Iterable[Check]) -> set[str]:
    """The metrics whose existence decides which phrases apply; a pattern after its ``~``."""
    asked = {_meaning(one) for one in checks if one.query.startswith("vocabulary/")}
    found = {name for one in asked for phrase in phrases(loaded, one) for name in phrase.metrics}
    return found | {name for one in phrases(loaded, CALLS) for name in one.metrics if found}


def untaught(planned: Iterable[Planned], window: Window) -> str:
    """What to run where metrics answered and none is known to tell of requests, or ''."""
    asked = [one for one in planned if _meaning(one.check) in OF_REQUESTS and not one.by_name]
    known = [one for one in asked if one.sources]
    dark = [one for one in asked if one.problem and one.problem.trouble is ProblemKind.ERROR]
    at = window.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return f"{SUGGEST} --at {at}" if asked and not known and not dark else ""


def phrases(loaded: ResolvedPlaybook, meaning: str) -> Iterator[MetricMapping]:
    """All ways to say something."""
    for vocabulary in loaded.vocabularies:
        for phrase in vocabulary.phrases:
            if phrase.means == meaning:
                yield phrase


def by_convention(  # noqa: PLR0913, PLR0917
    loaded: ResolvedPlaybook,
    step: Step,
    check: Check,
    known: Known,
    window: Window,
    dialects: Dialects,
) -> Planned:
    """One source for each phrase that applies; else the reason why none does."""
    store = convention(Evidence.METRIC)
    sources, texts = [], []
    for phrase in phrases(loaded, _meaning(check)):
        if phrase.applies(known.metrics.names):
            text = _text(phrase, window)
            plain = requests.metric_source(dialects.metric[store], text, window)
            labels = {str(ours): theirs for ours, theirs in phrase.labels.items()}
            sources.append(Source(plain.main, plain.normal, labels=labels, said=_said(phrase)))
            texts.append(text)
    problem = None if sources else (known.metrics.problem or _nobody_says(loaded, check))
    told = bool(sources or known.metrics.problem)
    return Planned(
        step, check, store, check.query, " ;  ".join(texts), tuple(sources),
        problem=problem,
        lacks="" if told or not check.optional else _meaning(check),
    )  # fmt: skip


def edges(
    loaded: ResolvedPlaybook, known: Known, window: Window, dialects: Dialects
) -> Request | None:
    """Who calls whom, by all phrases that apply, in one request."""
    texts = [
        _in_our_words(phrase, _text(phrase, window))
        for phrase in phrases(loaded, CALLS)
        if phrase.applies(known.metrics.names)
    ]
    if not texts:
        return None
    dialect = dialects.metric[convention(Evidence.METRIC)]
    return dialect.instant(" or ".join(texts), window.at.timestamp())


def _said(phrase: MetricMapping) -> dict[str, str]:
    found = {"host": phrase.about, "of": phrase.of, "statistic": _statistic(phrase)}
    return {name: value for name, value in found.items() if value}


def _statistic(phrase: MetricMapping) -> str:
    return (phrase.statistic or "p95") if phrase.means == "latency" else ""


def _in_our_words(phrase: MetricMapping, text: str) -> str:
    for ours, theirs in phrase.labels.items():
        if ours != theirs:
            text = f'label_replace({text}, "{ours}", "$1", "{theirs}", "(.*)")'
    return f"sum by ({', '.join(phrase.labels)}) ({text})"


def _text(phrase: MetricMapping, window: Window) -> str:
    name = f"vocabulary/{phrase.means}"
    return one_line(render(phrase.query, clock(window), language="promql", file=name))


def _meaning(check: Check) -> str:
    return check.query.partition("/")[2]


def _nobody_says(loaded: ResolvedPlaybook, check: Check) -> Problem:
    meaning = _meaning(check)
    looked = sorted({name for phrase in phrases(loaded, meaning) for name in phrase.metrics})
    return Problem(
        ProblemKind.SKIPPED if check.optional else ProblemKind.NO_DATA,
        f"no metric here is known to mean {meaning}; looked for {', '.join(looked) or 'none'}",
        TEACH,
    )
