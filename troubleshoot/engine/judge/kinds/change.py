"""Each series' value at the end of the window as a multiple of its baseline."""

import math
from dataclasses import replace

from troubleshoot.analysis.metrics.baseline import vanished, within
from troubleshoot.engine.judge.judged import (
    Judged,
    JudgeInput,
    decided,
    grade,
    limit_words,
    unable,
    upwards,
    words,
    worst,
    worst_first,
)
from troubleshoot.engine.judge.kinds.metric import (
    ended,
    finish,
    look,
    measured,
    named,
    see,
    with_past,
)
from troubleshoot.model.finding import Item, Outcome
from troubleshoot.model.judges.change import Change
from troubleshoot.model.signal import Problem, ProblemKind, Series


def judge(rule: Change, sight: JudgeInput) -> Judged:
    seen = see(sight)
    if isinstance(seen, Judged):
        return seen
    found = [item for one in seen.series if (item := _item(rule, one, sight))]
    items = worst_first(named(found))
    if all(item.outcome is Outcome.NO_DATA for item in items):
        reason = "there is no baseline to compare with: nothing was there at that time"
        return unable(Problem(ProblemKind.NO_DATA, reason, "choose another with --baseline"))
    unit = sight.planned.check.unit
    limits = words(rule, "times")
    judged = Judged(
        worst(items),
        items,
        unit=unit,
        rule=f"{limits}, and {limit_words(rule.floor, unit)}",
        notes=ended(seen.series, len(items)),
    )
    return finish(seen, judged)


def _item(rule: Change, series: Series, sight: JudgeInput) -> Item | None:
    up = upwards(rule)
    now = look(series, sight, upwards=up)
    looked = within(series.points, sight.window.looked)
    if now.value is None and not up and looked and sight.planned.check.unit != "ratio":
        # where less is worse, what ended in the lookback is nothing; a share of nothing is no value
        not_before, since = vanished(looked, sight.window)
        now = replace(now, value=0.0, since=since, not_before=not_before, beyond=None)
    zero = sight.planned.check.absent == "zero"
    if now.value is None and zero and looked:
        now = replace(now, value=0.0)
    if now.value is None:
        return None
    normal = 0.0 if now.normal is None and zero else now.normal
    if normal is None:
        return measured(series, sight, Outcome.NO_DATA, now, "")
    now = replace(now, normal=normal)
    outcome = _grade(now.value or 0.0, normal, rule)
    limit = decided(outcome, rule, "times")
    if outcome.firing and now.beyond is False:
        calm = measured(series, sight, Outcome.OK, now, limit)
        return replace(calm, note="as far from normal as it is now and then")
    if not rule.floor.holds(now.value or 0.0):
        limit = limit_words(rule.floor, sight.planned.check.unit)
    item = measured(series, sight, outcome, now, limit)
    return with_past(item, series, sight, lambda value: _grade(value, normal, rule), upwards=up)


def _grade(value: float, normal: float, rule: Change) -> Outcome:
    return grade(_ratio(value, normal), rule) if rule.floor.holds(value) else Outcome.OK


def _ratio(value: float, normal: float) -> float:
    if normal:
        return value / normal
    return math.inf if value else 1.0
