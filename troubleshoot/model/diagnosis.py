"""One candidate cause with the findings for and against it."""

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum, StrEnum

from troubleshoot.model.finding import Evidence, Item, Outcome


class Strength(IntEnum):
    """Each step doubles: one strong piece outweighs two moderate ones only by a tie-break."""

    WEAK = 1
    MODERATE = 2
    STRONG = 4
    DECISIVE = 8


class Verdict(StrEnum):
    CONFIRMED = "confirmed"
    LIKELY = "likely"
    POSSIBLE = "possible"
    RULED_OUT = "ruled_out"
    UNDETERMINED = "undetermined"

    @property
    def serious(self) -> bool:
        """Whether it is at least likely."""
        return self in (Verdict.CONFIRMED, Verdict.LIKELY)

    @property
    def stands(self) -> bool:
        """Whether something speaks for it that nothing outweighs."""
        return self.serious or self is Verdict.POSSIBLE


class Bearing(StrEnum):
    """What a piece of evidence turned out to be."""

    HOLDS = "holds"  # observed: its strength counts
    ABSENT = "absent"  # looked for and not there: counts nothing
    UNKNOWN = "unknown"  # could not be looked at: counts nothing, is listed


@dataclass(frozen=True, slots=True)
class Argument:
    """One piece of evidence for or against a diagnosis, as it turned out in this run."""

    check: str
    title: str
    strength: Strength
    bearing: Bearing
    evidence: Evidence
    outcome: Outcome
    because: str = ""
    summary: str = ""
    item: Item | None = None
    unit: str = ""
    rule: str = ""

    @property
    def unmeasured(self) -> bool:
        """Whether the check could tell, though nothing of what this is about."""
        return self.bearing is Bearing.UNKNOWN and self.outcome.conclusive


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """``score`` is the sum of the strengths that hold, for minus against.

    ``rule`` is the playbook's, ``subject`` whom it is about where the rule has ``each``, a service
    mostly. ``consequence_of`` is the id of the cause that explains it. ``share`` is the part of the
    symptom that it explains, None where nobody knows; ``estimate`` puts those in order. ``rivals``
    are the ids of the causes that nothing tells it from.
    """

    id: str
    title: str
    component: str
    verdict: Verdict
    score: int
    confidence: float
    arguments_for: tuple[Argument, ...]
    arguments_against: tuple[Argument, ...]
    explanation: str
    since: datetime | None = None
    remedies: tuple[str, ...] = ()
    prevented_by: tuple[str, ...] = ()
    could_change: tuple[str, ...] = ()  # checks that could not be made and would change the verdict
    rule: str = ""
    subject: str = ""
    consequence_of: str = ""
    share: float | None = None
    estimate: float = 0.0
    rivals: tuple[str, ...] = ()

    @property
    def whom(self) -> str:
        """What is at fault: two causes of one service do not exclude each other."""
        return self.subject or self.id


def leading(ranked: tuple[Diagnosis, ...]) -> tuple[Diagnosis, ...]:
    """What an answer has to name of the causes that stand.

    All that are confirmed, without the consequences of others; where none is, the best ranked.
    """
    standing = tuple(one for one in ranked if one.verdict.stands)
    confirmed = [one for one in standing if one.verdict is Verdict.CONFIRMED]
    return tuple(one for one in confirmed if not one.consequence_of) or standing[:1]
