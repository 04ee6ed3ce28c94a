"""Are those that should be there, there?"""

from datetime import datetime
from statistics import median

from troubleshoot.analysis.metrics.baseline import instant, spark, value_at_end, vanished, within
from troubleshoot.analysis.metrics.episode import episode
from troubleshoot.analysis.metrics.onset import Points
from troubleshoot.engine.judge.judged import Judged, JudgeInput, unable, worst, worst_first
from troubleshoot.engine.judge.kinds.metric import facts, finish, named, see
from troubleshoot.model.finding import Item, Outcome
from troubleshoot.model.judges.presence import Presence
from troubleshoot.model.signal import Problem, ProblemKind, Series
from troubleshoot.model.window import Window


def judge(rule: Presence, sight: JudgeInput) -> Judged:
    seen = see(sight)
    if isinstance(seen, Judged):
        return seen
    items: list[Item] = []
    for value in rule.expect:
        items += _items([one for one in seen.series if one.label(rule.by) == value], sight)
    known = {one.label(rule.by) for one in seen.series}
    unknown = [value for value in rule.expect if value not in known]
    ordered = worst_first(named(items), up=False)
    if unknown:
        there = ", ".join(sorted(known))
        reason = f"no series has {rule.by}={', '.join(unknown)}; there are: {there}"
        missing = unable(
            Problem(ProblemKind.NO_DATA, reason, "is the name right? see the parameters")
        )
        if worst(ordered) is Outcome.OK:
            return Judged(missing.outcome, ordered, reason=missing.reason, hint=missing.hint)
    notes = (f"not found at all: {', '.join(unknown)}",) if unknown else ()
    up = sum(item.outcome is Outcome.OK for item in ordered)
    summary = f"{up} of {len(ordered)} up"
    judged = Judged(worst(ordered), ordered, rule="each at 1", summary=summary, notes=notes)
    return finish(seen, judged)


def _items(series: list[Series], sight: JudgeInput) -> list[Item]:
    """A series that ended is missed only if fewer are there than normally: else it was replaced."""
    window = sight.window
    now = [one for one in series if value_at_end(one.points, window) is not None]
    short = len(now) < _usual(series, window)
    items = []
    for one in series:
        value = value_at_end(one.points, window)
        if value is None and not (short and within(one.points, window.looked)):
            continue
        up = value == 1
        looked = within(one.points, window.looked)
        not_before, since = (None, None) if up else _since(looked, window)
        items.append(
            Item(
                tuple(pair for pair in one.labels if pair[0] != "__name__"),
                Outcome.OK if up else Outcome.CRITICAL,
                value or 0.0,
                1.0,
                since=since,
                not_before=not_before,
                spark=spark(looked, window.looked),
                past=episode(looked, lambda number: number != 1, upwards=False) if up else None,
                limit="= 1",
                note="" if value is not None else "no longer there",
                facts=facts(one, sight),
            )
        )
    return items


def _usual(series: list[Series], window: Window) -> float:
    """How many there were at once in the baseline: the median over its moments."""
    counts: dict[float, int] = {}
    for one in series:
        for time, value in within(one.points, window.normal):
            counts[time] = counts.get(time, 0) + (value == 1)
    return median(counts.values()) if counts else 0


def _since(looked: Points, window: Window) -> tuple[datetime | None, datetime | None]:
    """Between which two times it went down; nothing where it was never up."""
    ups = [time for time, value in looked if value == 1]
    if not ups:
        return None, None
    downs = [time for time, _ in looked if time > ups[-1]]
    return (instant(ups[-1]), instant(downs[0])) if downs else vanished(looked, window)
