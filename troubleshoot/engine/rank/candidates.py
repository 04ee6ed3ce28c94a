"""The causes in question: a rule about any service is a candidate for each that is in trouble."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from troubleshoot.model.diagnosis import Strength
from troubleshoot.model.finding import Finding, Item, Outcome
from troubleshoot.model.playbook import DiagnosisRule
from troubleshoot.model.where import Where

MOST = 40  # subjects; a word with more is no name of a thing that can be at fault
_UNHEARD = "?"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A rule, and whom it is about; '' without ``each``, and for nobody in particular."""

    rule: DiagnosisRule
    subject: str = ""

    @property
    def id(self) -> str:
        return f"{self.rule.id}:{self.subject}" if self.subject else self.rule.id

    @property
    def mark(self) -> str:
        """What stands for the subject in the rule; '' without ``each``."""
        return f"<{self.rule.each}>" if self.rule.each else ""

    def filled(self, wanted: Any) -> Any:
        """The subject in place of the mark; a value that nothing equals where there is none."""
        return (self.subject or None) if self.mark and wanted == self.mark else wanted

    def said(self, text: str) -> str:
        """A text of the rule with the subject in place of the mark."""
        return text.replace(self.mark, self.subject or f"a {self.rule.each}") if self.mark else text


def candidates(rule: DiagnosisRule, findings: Mapping[str, Finding]) -> tuple[Candidate, ...]:
    """One per value that stands in the mark's place among what is wrong in the evidence for it.

    Without any, one about nobody in particular: what could not be looked at is then still told.
    """
    if not rule.each:
        return (Candidate(rule),)
    subjects = sorted(_in_question(Candidate(rule), findings)[:MOST])
    return tuple(Candidate(rule, one) for one in subjects) or (Candidate(rule),)


def everyone(rule: DiagnosisRule, findings: Mapping[str, Finding]) -> tuple[Candidate, ...]:
    """One for each whom the answers that are missing could still put in question.

    Those in question, somebody of whom nothing was heard, and where what works is evidence too,
    all who are fine.
    """
    if not rule.each:
        return (Candidate(rule),)
    fine = any(one.when == "ok" for one in rule.for_)
    found = _named(Candidate(rule), findings) if fine else _in_question(Candidate(rule), findings)
    return tuple(Candidate(rule, one) for one in (*found, _UNHEARD))


def _named(about: Candidate, findings: Mapping[str, Finding]) -> list[str]:
    pairs = ((one.where, item) for one in about.rule.for_ for item in findings[one.check].items)
    return sorted({value for where, item in pairs for value in _values(where, item, about.mark)})


def _in_question(about: Candidate, findings: Mapping[str, Finding]) -> list[str]:
    """Those that the most speaks for first, so that names do not decide who is left out."""
    weights: Counter[str] = Counter()
    criticals: Counter[str] = Counter()
    for one in about.rule.for_:
        firing = [item for item in findings[one.check].items if item.outcome.firing]
        pairs = [(x, item.outcome) for item in firing for x in _values(one.where, item, about.mark)]
        for value in {value for value, _ in pairs}:
            weights[value] += Strength[one.strength.upper()]
        criticals.update(value for value, outcome in pairs if outcome is Outcome.CRITICAL)
    return sorted(weights, key=lambda value: (-weights[value], -criticals[value], value))


def _values(where: Where, item: Item, mark: str) -> Iterator[str]:
    """What the row has in the place where ``where`` has the mark."""
    for word, wanted in where.asked:
        if word == "labels":
            found = [item.label(name) for name, one in wanted.items() if _asks(one, mark)]
        else:
            found = [getattr(item.facts, word, "")] if _asks(wanted, mark) else []
        yield from filter(None, found)


def _asks(wanted: Any, mark: str) -> bool:
    return wanted == mark or (isinstance(wanted, tuple) and mark in wanted)
