"""What part of the whole some values of a label hold."""

from dataclasses import replace

from troubleshoot.analysis.metrics.baseline import value_at_end
from troubleshoot.analysis.metrics.combine import by_label, share, total
from troubleshoot.engine.judge.judged import (
    Judged,
    JudgeInput,
    decided,
    grade,
    unable,
    upwards,
    words,
    worst,
    worst_first,
)
from troubleshoot.engine.judge.kinds.metric import finish, look, measured, see, with_past
from troubleshoot.model.finding import Item, Outcome
from troubleshoot.model.judges.share import Share
from troubleshoot.model.limits import matches
from troubleshoot.model.signal import Problem, ProblemKind, Series


def judge(rule: Share, sight: JudgeInput) -> Judged:
    seen = see(sight)
    if isinstance(seen, Judged):
        return seen
    whole = total(seen.series)
    amount = value_at_end(whole.points, sight.window)
    if not amount:
        reason = "the total is zero: there is nothing to take a share of (no traffic?)"
        return unable(Problem(ProblemKind.NO_DATA, reason))
    groups = by_label(seen.series, rule.by)
    parts = _selected(rule, groups)
    if isinstance(parts, Judged):
        return parts
    too_small = amount < rule.at_least
    found = [_item(rule, one, whole, sight, too_small) for one in parts.values()]
    items = worst_first(found, up=upwards(rule))
    notes = (f"the total is below {rule.at_least:g}, too small to judge",) if too_small else ()
    judged = Judged(worst(items), items, "ratio", words(rule, "ratio"), notes=notes)
    return finish(seen, judged)


def _selected(rule: Share, groups: dict[str, Series]) -> dict[str, Series] | Judged:
    if not rule.of:
        return {value: one for value, one in groups.items() if value} or groups
    chosen = [one for value, one in groups.items() if matches(rule.of, value)]
    others = [value for value in groups if value and not matches(rule.of, value)]
    wanted = rule.of if isinstance(rule.of, str) else "|".join(rule.of)
    if not chosen and (len(others) > 1 or not others):
        # with one other value nothing has failed yet; with several, failures have another name
        values = ", ".join(others) or "none"
        reason = f'no series has {rule.by}="{wanted}"; values of {rule.by}: {values}'
        return unable(
            Problem(ProblemKind.NO_DATA, reason, "is the value right? see the parameters")
        )
    return {wanted: total(chosen, ((rule.by, wanted),))}


def _item(rule: Share, part: Series, whole: Series, sight: JudgeInput, too_small: bool) -> Item:
    up = upwards(rule)
    now = look(share(part, whole), sight, upwards=up)
    value = now.value or 0.0
    outcome = Outcome.OK if too_small else grade(value, rule)
    limit = decided(outcome, rule, "ratio")
    item = measured(part, sight, outcome, replace(now, value=value), limit)
    item = replace(item, subject="" if rule.of else part.label(rule.by))
    judged = share(part, _enough(whole, rule))
    return with_past(item, judged, sight, lambda value: grade(value, rule), upwards=up)


def _enough(whole: Series, rule: Share) -> Series:
    """Only where the total is large enough to judge."""
    return replace(whole, points=tuple(one for one in whole.points if one[1] >= rule.at_least))
