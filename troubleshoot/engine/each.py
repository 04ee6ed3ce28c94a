"""A rule about any service becomes one rule for each service in question."""

from collections import Counter
from collections.abc import Mapping

from troubleshoot.model.diagnosis import Strength
from troubleshoot.model.finding import Finding, Outcome
from troubleshoot.model.playbook import DiagnosisRule, EvidenceRule

MOST = 40  # values; a label with more is no name of a thing that can be at fault


def each(rule: DiagnosisRule, findings: Mapping[str, Finding]) -> tuple[DiagnosisRule, ...]:
    """One rule per value of the label ``each`` among what is wrong in the evidence for it; where

    a piece of evidence asks for ``<each>`` under another label, per value of that.

    Without any, one rule about nobody in particular stays: what could not be looked at is then
    still told.
    """
    if not rule.each:
        return (rule,)
    named = sorted(_in_question(rule, findings)[:MOST])
    return tuple(_about(rule, value) for value in named) or (_about(rule, f"a {rule.each}"),)


def _in_question(rule: DiagnosisRule, findings: Mapping[str, Finding]) -> list[str]:
    """Those that the most speaks for first, so that names do not decide who is left out."""
    weights: Counter[str] = Counter()
    criticals: Counter[str] = Counter()
    for one in rule.for_:
        label = _asked(one, rule.each)
        firing = [item for item in findings[one.check].items if item.outcome.firing]
        for value in {item.label(label) for item in firing} - {""}:
            weights[value] += Strength[one.strength.upper()]
        criticals.update(item.label(label) for item in firing if item.outcome is Outcome.CRITICAL)
    return sorted(weights, key=lambda value: (-weights[value], -criticals[value], value))


def _asked(one: EvidenceRule, each: str) -> str:
    return next((label for label, wanted in one.where.items() if wanted == f"<{each}>"), each)


def about(rule: DiagnosisRule) -> str:
    """The value that a rule of `each` is about, from its id, ``rule:value``."""
    return rule.id.partition(":")[2]


def _about(rule: DiagnosisRule, value: str) -> DiagnosisRule:
    mark = f"<{rule.each}>"

    def filled(one: EvidenceRule) -> EvidenceRule:
        where = {label: _replaced(wanted, mark, value) for label, wanted in one.where.items()}
        return one.model_copy(update={"where": where})

    return rule.model_copy(
        update={
            "id": f"{rule.id}:{value}" if value != f"a {rule.each}" else rule.id,
            "title": rule.title.replace(mark, value),
            "component": rule.component.replace(mark, value),
            "for_": tuple(map(filled, rule.for_)),
            "against": tuple(map(filled, rule.against)),
        }
    )


def _replaced(wanted: str | tuple[str, ...], mark: str, value: str) -> str | tuple[str, ...]:
    """A value is taken as it is: inside ``~regex`` a mark stays, and matches nothing."""
    if isinstance(wanted, tuple):
        return tuple(value if one == mark else one for one in wanted)
    return value if wanted == mark else wanted
