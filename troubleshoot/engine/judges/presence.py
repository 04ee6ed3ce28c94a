"""Are those that should be there, there?"""

from datetime import datetime
from statistics import median

from troubleshoot.analysis.baseline import instant, spark, value_at_end, within
from troubleshoot.engine.judged import Judged, Sight, unable, worst, worst_first
from troubleshoot.engine.judges.metric import finish, named, see
from troubleshoot.model.finding import Item, Outcome
from troubleshoot.model.judge import Presence
from troubleshoot.model.signal import Problem, Series, Trouble
from troubleshoot.model.window import Window


def judge(rule: Presence, sight: Sight) -> Judged:
    seen = see(sight)
    if isinstance(seen, Judged):
        return seen
    items: list[Item] = []
    for value in rule.expect:
        items += _items([one for one in seen.series if one.label(rule.by) == value], sight.window)
    known = {one.label(rule.by) for one in seen.series}
    unknown = [value for value in rule.expect if value not in known]
    ordered = worst_first(named(items), up=False)
    if unknown:
        there = ", ".join(sorted(known))
        reason = f"no series has {rule.by}={', '.join(unknown)}; there are: {there}"
        missing = unable(Problem(Trouble.NO_DATA, reason, "is the name right? see the parameters"))
        if worst(ordered) is Outcome.OK:
            return Judged(missing.outcome, ordered, reason=missing.reason, hint=missing.hint)
    notes = (f"not found at all: {', '.join(unknown)}",) if unknown else ()
    up = sum(item.outcome is Outcome.OK for item in ordered)
    summary = f"{up} of {len(ordered)} up"
    judged = Judged(worst(ordered), ordered, rule="each at 1", summary=summary, notes=notes)
    return finish(seen, judged)


def _items(series: list[Series], window: Window) -> list[Item]:
    """A series that ended is missed only if fewer are there than normally: else it was replaced."""
    now = [one for one in series if value_at_end(one.points, window) is not None]
    short = len(now) < _usual(series, window)
    items = []
    for one in series:
        value = value_at_end(one.points, window)
        if value is None and not (short and within(one.points, window.looked)):
            continue
        up = value == 1
        since = None if up else _since(one, window)
        note = "" if value is not None else "no longer there"
        outcome = Outcome.OK if up else Outcome.CRITICAL
        course = spark(within(one.points, window.looked), window.looked)
        labels = tuple(pair for pair in one.labels if pair[0] != "__name__")
        items.append(
            Item(labels, outcome, value or 0.0, 1.0, since, course, limit="= 1", note=note)
        )
    return items


def _usual(series: list[Series], window: Window) -> float:
    """How many there were at once in the baseline: the median over its moments."""
    counts: dict[float, int] = {}
    for one in series:
        for time, value in within(one.points, window.normal):
            counts[time] = counts.get(time, 0) + (value == 1)
    return median(counts.values()) if counts else 0


def _since(series: Series, window: Window) -> datetime | None:
    looked = within(series.points, window.looked)
    ups = [time for time, value in looked if value == 1]
    downs = [time for time, value in looked if value != 1 and (not ups or time > ups[-1])]
    if downs:
        return instant(downs[0]) if ups else None
    return instant(ups[-1]) if ups else None
