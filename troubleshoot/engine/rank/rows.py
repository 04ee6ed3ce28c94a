"""Which rows of a finding a piece of evidence is about, and whether there are any."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from troubleshoot.analysis.hosts import service_at
from troubleshoot.engine.rank.candidates import Candidate
from troubleshoot.model.finding import Evidence, Finding, Item
from troubleshoot.model.messages import Family
from troubleshoot.model.where import Address, TextRule, Where


@dataclass(frozen=True, slots=True)
class Matcher:
    """``families`` by name: those that the playbook's ``where`` may ask for."""

    families: Mapping[str, Family]

    def chosen(self, where: Where, items: Iterable[Item], about: Candidate) -> list[Item]:
        return [item for item in items if self._picks(where, item, about)]

    def _picks(self, where: Where, item: Item, about: Candidate) -> bool:
        return all(self._holds(word, wanted, item, about) for word, wanted in where.asked)

    def _holds(self, word: str, wanted: Any, item: Item, about: Candidate) -> bool:
        if word == "labels":
            pairs = ((one, item.label(name)) for name, one in wanted.items())
            return all(self._fits(one, value, about) for one, value in pairs)
        value = item.message if word == "message" else getattr(item.facts, word, None)
        return value is not None and self._fits(wanted, value, about)

    def _fits(self, wanted: Any, value: Any, about: Candidate) -> bool:
        if isinstance(wanted, TextRule):
            return self._says(wanted, value)
        if isinstance(wanted, Address):
            names = _several(wanted.at)
            return service_at(value, names) in names
        return any(one == value for one in map(about.filled, _several(wanted)))

    def _says(self, rule: TextRule, text: str) -> bool:
        def said(family: str) -> bool:
            return self.families[family].says(text)

        named = [one for one in _several(rule.names) if one.lower() in text.lower()]
        return (
            all(map(said, rule.all))
            and not any(map(said, rule.none))
            and (not rule.any or any(map(said, rule.any)))
            and (not rule.names or bool(named))
            and bool(re.search(rule.matches, text))
        )


def _several(wanted: Any) -> tuple[Any, ...]:
    return wanted if isinstance(wanted, tuple) else (wanted,)


def missing_label(where: Where, finding: Finding) -> str:
    """A label that is asked for and that none of the rows has; '' where there are no rows."""
    there = {name for item in finding.items for name, _ in item.labels}
    asked = where.labels or {}
    return next((one for one in asked if finding.items and one not in there), "")


def of_subject(about: Candidate, finding: Finding) -> list[Item]:
    """Those that are about the one in question."""
    each, subject = about.rule.each, about.subject
    return [one for one in finding.items if subject in (one.service, one.label(each))]


def unmeasured(rows: Collection[Item], finding: Finding) -> bool:
    """Whether a metric tells of others, but nothing of these.

    Traces and logs are read for what stands out: who has no row there does not.
    """
    others = (
        finding.evidence is Evidence.METRIC and finding.outcome.conclusive and bool(finding.items)
    )
    return others and not any(one.outcome.conclusive for one in rows)
