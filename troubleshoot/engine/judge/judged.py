"""What a judge says of one check, and the words that every judge shares."""

from dataclasses import astuple, dataclass
from enum import StrEnum
from typing import Protocol

from troubleshoot.engine.collect.answers import Answers
from troubleshoot.engine.plan.inventory import Known
from troubleshoot.engine.plan.planned import Planned
from troubleshoot.model.comparison import Comparison
from troubleshoot.model.dialect import Dialects
from troubleshoot.model.facts import Facts
from troubleshoot.model.finding import Item, Outcome
from troubleshoot.model.query import Request
from troubleshoot.model.signal import Names, Problem, ProblemKind
from troubleshoot.model.window import Window

BADNESS = (Outcome.CRITICAL, Outcome.WARNING, Outcome.OK)


@dataclass(frozen=True, slots=True)
class JudgeInput:
    """All that a judge may look at.

    ``onset``: since when there is trouble, by the metrics, where that lies within the window.
    """

    planned: Planned
    answers: Answers
    window: Window
    known: Known
    dialects: Dialects
    onset: float | None = None

    @property
    def metrics(self) -> Names:
        return self.known.metrics

    @property
    def fields(self) -> Names:
        return self.known.fields

    def requests(self) -> tuple[Request, ...]:
        """All that the verdict depends on."""
        return tuple(one for source in self.planned.sources for one in source.requests())


@dataclass(frozen=True, slots=True)
class Judged:
    outcome: Outcome
    items: tuple[Item, ...] = ()
    unit: str = ""
    rule: str = ""
    summary: str = ""
    reason: str = ""
    hint: str = ""
    notes: tuple[str, ...] = ()


class Limits(Protocol):
    """What every judge with limits has."""

    warning: Comparison | None
    critical: Comparison | None


def grade(value: float, rule: Limits) -> Outcome:
    if rule.critical and rule.critical.holds(value):
        return Outcome.CRITICAL
    return Outcome.WARNING if rule.warning and rule.warning.holds(value) else Outcome.OK


def decided(outcome: Outcome, rule: Limits, unit: str) -> str:
    """The limit that ``outcome`` comes from: the one passed, or the nearest not reached."""
    passed = rule.critical if outcome is Outcome.CRITICAL else rule.warning
    limit = passed or rule.critical
    return limit_words(limit, unit) if limit else ""


def upwards(rule: Limits) -> bool:
    """Whether larger values are the worse ones; so without limits."""
    return next((limit.upwards for limit in (rule.critical, rule.warning) if limit), True)


def words(rule: Limits, unit: str) -> str:
    """``critical > 10 %, warning > 2 %``."""
    pairs = (("critical", rule.critical), ("warning", rule.warning))
    return ", ".join(f"{name} {limit_words(limit, unit)}" for name, limit in pairs if limit)


def limit_words(limit: Comparison, unit: str) -> str:
    """``> 10 %``, ``< 1 s``, ``> 3× normal``."""
    number, sign = limit.limit, limit.sign
    if unit == "ratio":
        return f"{sign} {number * 100:g} %"
    names = {"seconds": " s", "per_second": "/s", "times": "× normal"}
    return f"{sign} {number:g}{names.get(unit, '')}"


def worst_first(items: list[Item], *, up: bool = True) -> tuple[Item, ...]:
    def badness(item: Item) -> tuple[object, ...]:
        level = BADNESS.index(item.outcome) if item.outcome in BADNESS else len(BADNESS)
        value = item.value if item.value is not None else 0.0
        return (level, -value if up else value, item.labels, _order(item.facts))

    return tuple(sorted(items, key=badness))


def _order(facts: Facts | None) -> tuple[object, ...]:
    """Facts in the order of their fields, so that equals always stand alike."""
    return tuple(map(_rank, astuple(facts))) if facts else ()


def _rank(value: object) -> tuple[object, ...]:
    """What nobody knows before all that is known: the two cannot be compared."""
    if value is None:
        return ()
    return (list(type(value)).index(value) if isinstance(value, StrEnum) else value,)


def worst(items: tuple[Item, ...]) -> Outcome:
    outcomes = {one.outcome for one in items}
    return next((level for level in BADNESS if level in outcomes), Outcome.OK)


def unable(problem: Problem) -> Judged:
    """The outcome of a check whose signal is not to be had or not whole."""
    return Judged(Outcome(problem.trouble.value), reason=problem.reason, hint=problem.hint)


def blocking(sight: JudgeInput, *requests: Request | None) -> Problem | None:
    """The first problem that leaves nothing to judge: not partial data, which is still shown."""
    problems = (sight.answers.problem(request) for request in requests if request)
    return next((one for one in problems if one and one.trouble is not ProblemKind.PARTIAL), None)


def partial(sight: JudgeInput, *requests: Request | None) -> Problem | None:
    problems = (sight.answers.problem(request) for request in requests if request)
    return next((one for one in problems if one and one.trouble is ProblemKind.PARTIAL), None)
