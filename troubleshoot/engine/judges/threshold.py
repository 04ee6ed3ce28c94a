"""Each series' value at the end of the window against limits."""

from troubleshoot.analysis.baseline import course
from troubleshoot.engine.judged import Judged, Sight, grade, upwards, words, worst, worst_first
from troubleshoot.engine.judges.metric import ended, finish, see
from troubleshoot.model.finding import Item
from troubleshoot.model.judge import Threshold
from troubleshoot.model.signal import Series


def judge(rule: Threshold, sight: Sight) -> Judged:
    seen = see(sight)
    if isinstance(seen, Judged):
        return seen
    up = upwards(rule.critical, rule.warning)
    found = [item for one in seen.series if (item := _item(rule, one, sight, up))]
    items = worst_first(found, up=up)
    judged = Judged(
        worst(items),
        items,
        unit=sight.planned.check.unit,
        rule=words(rule.warning, rule.critical, sight.planned.check.unit),
        notes=ended(seen.series, len(items)),
    )
    return finish(seen, judged)


def _item(rule: Threshold, series: Series, sight: Sight, up: bool) -> Item | None:
    now = course(series, sight.window, upwards=up)
    if now.value is None:
        return None
    outcome = grade(now.value, rule.warning, rule.critical)
    since = now.since if outcome.firing else None
    return Item(series.labels, outcome, now.value, now.normal, since, now.spark, now.recent)
