"""Whose callers see their calls fail, more than normally."""

from troubleshoot.analysis.traces.calls import Callee, callees
from troubleshoot.engine.judge.judged import (
    Judged,
    JudgeInput,
    decided,
    grade,
    words,
    worst,
    worst_first,
)
from troubleshoot.engine.judge.kinds.trace import finish, see
from troubleshoot.model.facts import Party, TraceFacts
from troubleshoot.model.finding import Item, Outcome
from troubleshoot.model.judges.trace_calls import TraceCalls

LEAST = 5  # calls; a share of fewer says little
GROWTH = 2.0  # times the share before: what always fails (a lookup that finds nothing) is normal


def judge(rule: TraceCalls, sight: JudgeInput) -> Judged:
    seen = see(sight)
    if isinstance(seen, Judged):
        return seen
    before = {(one.service, one.kind): one.share for one in callees(seen.before)}
    rows = [one for one in callees(seen.chosen) if one.calls >= LEAST]
    items = worst_first([_item(rule, one, before) for one in rows])
    count = sum(one.calls for one in rows)
    summary = f"{sum(one.failed for one in rows)} of {count} calls in sampled traces failed"
    return finish(seen, Judged(worst(items), items, "ratio", words(rule, "ratio"), summary))


def _item(rule: TraceCalls, row: Callee, before: dict[tuple[str, str], float]) -> Item:
    usual = before.get((row.service, row.kind), 0.0)
    grown = row.share > GROWTH * usual
    outcome = grade(row.share, rule) if grown else Outcome.OK
    return Item(
        (), outcome, row.share, usual,
        subject=f"calls to {row.service}" + (f" by {row.caller}" if row.caller else ""),
        limit=decided(outcome, rule, "ratio"),
        note=row.message, examples=row.examples,
        facts=TraceFacts(party=Party(row.kind), caller=row.caller, service=row.service),
    )  # fmt: skip
