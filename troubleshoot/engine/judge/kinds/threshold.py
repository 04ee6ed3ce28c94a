"""Each series' value at the end of the window against limits."""

from troubleshoot.engine.judge.judged import (
    Judged,
    JudgeInput,
    decided,
    grade,
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
from troubleshoot.model.finding import Item
from troubleshoot.model.judges.threshold import Threshold
from troubleshoot.model.signal import Series


def judge(rule: Threshold, sight: JudgeInput) -> Judged:
    seen = see(sight)
    if isinstance(seen, Judged):
        return seen
    up = upwards(rule)
    unit = sight.planned.check.unit
    found = [item for one in seen.series if (item := _item(rule, one, sight, up))]
    items = worst_first(named(found), up=up)
    judged = Judged(
        worst(items),
        items,
        unit=unit,
        rule=words(rule, unit),
        notes=ended(seen.series, len(items)),
    )
    return finish(seen, judged)


def _item(rule: Threshold, series: Series, sight: JudgeInput, up: bool) -> Item | None:
    now = look(series, sight, upwards=up)
    if now.value is None:
        return None
    outcome = grade(now.value, rule)
    limit = decided(outcome, rule, sight.planned.check.unit)
    item = measured(series, sight, outcome, now, limit)
    return with_past(item, series, sight, lambda value: grade(value, rule), upwards=up)
