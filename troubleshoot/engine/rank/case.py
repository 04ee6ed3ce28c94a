"""What a run has in hand to tell its causes apart: the rules, and what was found."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Self

from troubleshoot.engine.plan.planned import Planned
from troubleshoot.engine.rank.not_made import Lack, not_made
from troubleshoot.engine.rank.rows import Matcher
from troubleshoot.model.finding import Finding, Outcome
from troubleshoot.model.playbook import DiagnosisRule
from troubleshoot.model.resolved_playbook import ResolvedPlaybook

_WORST_FIRST = (Outcome.CRITICAL, Outcome.WARNING, Outcome.OK)
_NO_FAMILIES = Matcher({})


@dataclass(frozen=True, slots=True)
class Case:
    """``findings`` by check, in the order of the guide.

    ``symptoms`` are the checks that say whether there is an incident at all. ``without``: checks
    that are not made, and need not be, with what they lack; they are no gaps.
    """

    rules: tuple[DiagnosisRule, ...]
    findings: Mapping[str, Finding]
    matcher: Matcher = _NO_FAMILIES
    symptoms: tuple[str, ...] = ()
    without: Mapping[str, Lack] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        loaded: ResolvedPlaybook,
        findings: Iterable[Finding],
        absent: Collection[str] = (),
        planned: Iterable[Planned] = (),
    ) -> Self:
        """``absent``: stores that the environment does without."""
        by_check = {one.check: one for one in findings}
        return cls(
            loaded.playbook.diagnoses,
            by_check,
            Matcher({one.name: one for one in loaded.families}),
            loaded.playbook.symptoms,
            not_made(by_check.values(), absent, planned),
        )

    @property
    def symptom(self) -> Finding | None:
        """The worst of those that could tell; none could: the first. None where none was made."""
        found = [self.findings[one] for one in self.symptoms if one in self.findings]
        told = [one for one in found if one.outcome.conclusive]
        first = found[0] if found else None
        return min(told, key=lambda one: _WORST_FIRST.index(one.outcome), default=first)

    @property
    def troubled(self) -> bool:
        """Whether there is, or may be, a symptom to explain."""
        outcome = self.symptom.outcome if self.symptom else Outcome.NO_DATA
        return outcome.firing or not outcome.conclusive
