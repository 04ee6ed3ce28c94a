"""Which services run a version that they did not run in the baseline."""

from collections import defaultdict

from troubleshoot.analysis.metrics.baseline import instant, spark, value_at_end, within
from troubleshoot.engine.judge.judged import Judged, JudgeInput, worst, worst_first
from troubleshoot.engine.judge.kinds.metric import facts, finish, see
from troubleshoot.model.finding import Item, Outcome
from troubleshoot.model.judges.changes import Changes
from troubleshoot.model.signal import Series


def judge(rule: Changes, sight: JudgeInput) -> Judged:  # noqa: ARG001 - there is nothing to set
    """A change is a warning at most: being the latest thing that happened proves nothing."""
    seen = see(sight)
    if isinstance(seen, Judged):
        return seen
    services: dict[str, list[Series]] = defaultdict(list)
    for one in seen.series:
        services[one.label("service")].append(one)
    items = [item for name in sorted(services) for item in _items(services[name], sight)]
    ordered = worst_first(items)
    changed = sum(item.outcome is Outcome.WARNING for item in ordered)
    summary = f"{changed} of {len(services)} services changed"
    judged = Judged(worst(ordered), ordered, "count", "a version that is new", summary)
    return finish(seen, judged)


def _items(series: list[Series], sight: JudgeInput) -> list[Item]:
    """One row for each version that runs at the end, new or not."""
    window = sight.window
    old = {one.label("version") for one in series if _ran(one, within(one.points, window.normal))}
    items = []
    for one in series:
        value = value_at_end(one.points, window)
        if not value:
            continue
        version = one.label("version")
        new = bool(old) and version not in old
        looked = within(one.points, window.looked)
        items.append(
            Item(
                one.labels,
                Outcome.WARNING if new else Outcome.OK,
                value,
                since=instant(looked[0][0]) if new else None,
                spark=spark(looked, window.looked),
                subject=f"{one.label('service')} {version}",
                limit="new" if new else "",
                note=f"before it: {', '.join(sorted(old))}" if new else "",
                changed=True,
                facts=facts(one, sight),
            )
        )
    return items


def _ran(series: Series, points: tuple[tuple[float, float], ...]) -> bool:
    return bool(series.label("version")) and any(number > 0 for _, number in points)
