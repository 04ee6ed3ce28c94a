"""What must hold of the traces together before anything found in them counts."""

from dataclasses import dataclass

from troubleshoot.engine.judge.judged import Limits, decided, grade, limit_words
from troubleshoot.model.comparison import Comparison
from troubleshoot.model.finding import Item, Outcome


@dataclass(frozen=True, slots=True)
class Gate:
    """``words`` say when it is open: ``origins count where failed traces > 5 %``."""

    open: bool
    words: str

    def grade(self, value: float, rule: Limits) -> Outcome:
        return grade(value, rule) if self.open else Outcome.OK

    def limit(self, outcome: Outcome, rule: Limits) -> str:
        """Nothing while it is closed: 75 % is no trouble then, and yet not below its limit."""
        return decided(outcome, rule, "ratio") if self.open else ""

    def notes(self, items: tuple[Item, ...]) -> tuple[str, ...]:
        return () if self.open or not items else (self.words,)


def gate(words: str, limit: Comparison, value: float, unit: str = "ratio") -> Gate:
    return Gate(limit.holds(value), f"{words} {limit_words(limit, unit)}")
