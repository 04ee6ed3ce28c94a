"""Each series' value at the end of the window as a multiple of its baseline."""

import math
from dataclasses import replace

from troubleshoot.analysis.baseline import course, within
from troubleshoot.engine.judged import (
    Judged,
    Sight,
    decided,
    grade,
    limit_words,
    unable,
    upwards,
    words,
    worst,
    worst_first,
)
from troubleshoot.engine.judges.metric import ended, finish, measured, named, see
from troubleshoot.model.finding import Item, Outcome
from troubleshoot.model.judge import Change
from troubleshoot.model.signal import Problem, Series, Trouble


def judge(rule: Change, sight: Sight) -> Judged:
    seen = see(sight)
    if isinstance(seen, Judged):
        return seen
    found = [item for one in seen.series if (item := _item(rule, one, sight))]
    items = worst_first(named(found))
    if all(item.outcome is Outcome.NO_DATA for item in items):
        reason = "there is no baseline to compare with: nothing was there at that time"
        return unable(Problem(Trouble.NO_DATA, reason, "choose another with --baseline"))
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


def _item(rule: Change, series: Series, sight: Sight) -> Item | None:
    up = upwards(rule)
    now = course(series, sight.window, upwards=up)
    if now.value is None and not up and within(series.points, sight.window.looked):
        now = replace(now, value=0.0)  # where less is worse, what ended in the lookback is nothing
    if now.value is None:
        return None
    normal = now.normal
    if normal is None and sight.planned.check.absent == "zero":
        normal = 0.0
    if normal is None:
        return measured(series.labels, Outcome.NO_DATA, now, "")
    now = replace(now, normal=normal)
    if not rule.floor.holds(now.value or 0.0):
        floor = limit_words(rule.floor, sight.planned.check.unit)
        return measured(series.labels, Outcome.OK, now, floor)
    outcome = grade(_ratio(now.value or 0.0, normal), rule)
    return measured(series.labels, outcome, now, decided(outcome, rule, "times"))


def _ratio(value: float, normal: float) -> float:
    if normal:
        return value / normal
    return math.inf if value else 1.0
