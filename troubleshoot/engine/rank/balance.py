"""The arguments for and against a cause, and what they come to."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from troubleshoot.engine.rank.candidates import Candidate
from troubleshoot.engine.rank.score import CONFIRMED_FROM, KINDS, LIKELY_FROM, confidence, formula
from troubleshoot.model.diagnosis import Argument, Bearing, Diagnosis, Strength, Verdict
from troubleshoot.model.facts import MetricFacts, TraceFacts
from troubleshoot.model.finding import Item


@dataclass(frozen=True, slots=True)
class Balance:
    """What speaks for a cause and what against it, as it turned out, in the order of its rule."""

    pro: tuple[Argument, ...]
    contra: tuple[Argument, ...]

    @property
    def score(self) -> int:
        return sum(one.strength for one in holding(self.pro)) - sum(
            one.strength for one in holding(self.contra)
        )

    @property
    def spoken_for(self) -> bool:
        """Whether anything is; what was done to the system is no trouble by itself."""
        return any(not (one.item and one.item.changed) for one in holding(self.pro))

    @property
    def verdict(self) -> Verdict:
        """From the arguments as they turned out.

        ``confirmed``: at least one decisive piece's worth, from two kinds of signal, nothing strong
        against. ``ruled_out``: something strong against that outweighs all that is for; or
        everything could be looked at and nothing was there. ``undetermined``: nothing was there,
        but not everything could be looked at; or only weak pieces were, and the first one, which
        says what the cause is, could not be looked at. So too, however much was there, where the
        check that says what the cause is and would rule it out measures others, but not whom the
        cause is about.
        """
        score = self.score
        refuted = any(one.strength >= Strength.STRONG for one in holding(self.contra))
        first = next((one.check for one in self.pro[:1] if one.unmeasured), "")
        if score > 0 and any(one.unmeasured and one.check == first for one in self.contra):
            return Verdict.UNDETERMINED
        if score >= CONFIRMED_FROM and kinds(self.pro) >= KINDS and not refuted:
            return Verdict.CONFIRMED
        if score >= LIKELY_FROM:
            return Verdict.LIKELY
        if score > 0:
            told = max(one.strength for one in holding(self.pro))
            dark = self.pro[0].bearing is Bearing.UNKNOWN and told < Strength.MODERATE
            return Verdict.UNDETERMINED if dark else Verdict.POSSIBLE
        if refuted or not any(one.bearing is Bearing.UNKNOWN for one in self.pro):
            return Verdict.RULED_OUT
        return Verdict.UNDETERMINED

    def at_best(self, checks: Collection[str] | None = None) -> "Balance":
        """What could not be looked at, of ``checks`` or of all, spoke for the cause."""
        return Balance(
            _assumed(self.pro, Bearing.HOLDS, checks), _assumed(self.contra, Bearing.ABSENT, checks)
        )

    def at_worst(self) -> "Balance":
        """All that could not be looked at spoke against the cause."""
        return Balance(_assumed(self.pro, Bearing.ABSENT), _assumed(self.contra, Bearing.HOLDS))

    @property
    def could_change(self) -> tuple[str, ...]:
        """Checks that could not tell, where one side or the other would move the verdict."""
        every = (*self.pro, *self.contra)
        unknown = [one.check for one in every if one.bearing is Bearing.UNKNOWN]
        moved = {self.at_best().verdict, self.at_worst().verdict} != {self.verdict}
        return tuple(dict.fromkeys(unknown)) if moved else ()

    def diagnosis(self, about: Candidate, *, symptom: bool) -> Diagnosis:
        """Without a ``symptom`` no cause is more than possible."""
        rule, score, decided = about.rule, self.score, self.verdict
        seen = [one.item for one in holding(self.pro) if one.item and not one.item.changed]
        return Diagnosis(
            about.id, about.said(rule.title), about.said(rule.component),
            Verdict.POSSIBLE if decided.serious and not symptom else decided,
            score, confidence(score), self.pro, self.contra,
            explanation=self._explanation(symptom=symptom),
            since=min((item.since for item in seen if item.since), default=None),
            remedies=rule.remedies,
            prevented_by=rule.prevented_by,
            could_change=self.could_change,
            rule=rule.id,
            subject=about.subject,
            estimate=max(map(_estimate, seen), default=0.0),
            share=max((one for one in map(_share, seen) if one is not None), default=None),
        )  # fmt: skip

    def _explanation(self, *, symptom: bool) -> str:
        score = self.score
        plus = " + ".join(f"{int(one.strength)} {one.check}" for one in holding(self.pro)) or "0"
        minus = "".join(f" - {int(one.strength)} {one.check}" for one in holding(self.contra))
        text = f"{plus}{minus} = {score}"
        if score > 0:
            text += f"; confidence {formula(score)} = {confidence(score):.0%}"
        return text if symptom or score < LIKELY_FROM else f"{text}; no symptom: possible at most"


def _share(item: Item) -> float | None:
    return item.facts.share if isinstance(item.facts, MetricFacts | TraceFacts) else None


def _estimate(item: Item) -> float:
    return item.facts.estimate if isinstance(item.facts, MetricFacts) else 0.0


def holding(arguments: Iterable[Argument]) -> tuple[Argument, ...]:
    return tuple(one for one in arguments if one.bearing is Bearing.HOLDS)


def kinds(arguments: Iterable[Argument]) -> int:
    """How many kinds of signal hold."""
    return len({one.evidence for one in holding(arguments)})


def _assumed(
    arguments: tuple[Argument, ...], bearing: Bearing, checks: Collection[str] | None = None
) -> tuple[Argument, ...]:
    return tuple(
        replace(one, bearing=bearing)
        if one.bearing is Bearing.UNKNOWN and (checks is None or one.check in checks)
        else one
        for one in arguments
    )
