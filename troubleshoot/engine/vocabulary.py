"""Checks that are asked by convention: in whichever vocabularies apply here."""

from collections.abc import Iterable, Iterator

from troubleshoot.analysis.promql import one_line
from troubleshoot.engine import requests
from troubleshoot.engine.known import Known
from troubleshoot.engine.planned import Planned, Source
from troubleshoot.load.playbooks import clock
from troubleshoot.load.templates import render
from troubleshoot.model.loaded import Loaded
from troubleshoot.model.playbook import Check, Step
from troubleshoot.model.query import Store
from troubleshoot.model.signal import Problem, Trouble
from troubleshoot.model.vocabulary import Phrase
from troubleshoot.model.window import Window


def needed(loaded: Loaded, checks: Iterable[Check]) -> set[str]:
    """The metrics whose existence decides which phrases apply."""
    return {
        name
        for check in checks
        if check.query.startswith("vocabulary/")
        for phrase in phrases(loaded, check)
        for name in phrase.needs
    }


def phrases(loaded: Loaded, check: Check) -> Iterator[Phrase]:
    """All ways to say what the check asks for."""
    meaning = check.query.partition("/")[2]
    for vocabulary in loaded.vocabularies:
        for phrase in vocabulary.phrases:
            if phrase.means == meaning:
                yield phrase


def by_convention(
    loaded: Loaded, step: Step, check: Check, known: Known, window: Window
) -> Planned:
    """One source for each phrase that applies; else the reason why none does."""
    sources, texts = [], []
    for phrase in phrases(loaded, check):
        if known.metrics.names.issuperset(phrase.needs):
            text = one_line(
                render(phrase.query, clock(window), language="promql", file=check.query)
            )
            plain = requests.metric_source(text, window)
            labels = {str(ours): theirs for ours, theirs in phrase.labels.items()}
            sources.append(Source(plain.main, plain.normal, labels=labels))
            texts.append(text)
    problem = None if sources else (known.metrics.problem or _nobody_says(loaded, check))
    return Planned(
        step, check, Store.PROMETHEUS, check.query, " ;  ".join(texts), tuple(sources),
        problem=problem,
    )  # fmt: skip


def _nobody_says(loaded: Loaded, check: Check) -> Problem:
    meaning = check.query.partition("/")[2]
    looked = sorted({name for phrase in phrases(loaded, check) for name in phrase.needs})
    return Problem(
        Trouble.NO_DATA,
        f"no metric here is known to mean {meaning}; looked for {', '.join(looked) or 'none'}",
        "add a vocabulary for your names: a file in queries/vocabulary/",
    )
