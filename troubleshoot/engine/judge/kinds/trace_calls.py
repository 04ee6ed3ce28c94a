"""Whose callers see their calls fail, more than normally."""

import math
from collections.abc import Sequence

from troubleshoot.analysis.significance import Table, fisher
from troubleshoot.analysis.traces.calls import Callee, callees
from troubleshoot.analysis.traces.growth import certain
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


def judge(rule: TraceCalls, sight: JudgeInput) -> Judged:
    seen = see(sight)
    if isinstance(seen, Judged):
        return seen
    before = {(one.service, one.kind): one for one in callees(seen.before)}
    rows = [one for one in callees(seen.chosen) if one.calls >= LEAST]
    usual = [before.get((one.service, one.kind)) for one in rows]
    sure = _beyond_chance(rows, usual)
    each = zip(rows, usual, sure, strict=True)
    items = worst_first([_item(rule, row, then, certain=beyond) for row, then, beyond in each])
    count = sum(one.calls for one in rows)
    summary = f"{sum(one.failed for one in rows)} of {count} calls in sampled traces failed"
    return finish(seen, Judged(worst(items), items, "ratio", words(rule, "ratio"), summary))


def _beyond_chance(rows: Sequence[Callee], usual: Sequence[Callee | None]) -> tuple[bool, ...]:
    """Whether more calls fail than before; what was hardly called before has nothing to go by."""
    chances = [
        math.exp(fisher(Table(row.own, row.calls - row.own, then.own, then.calls - then.own)))
        if then and then.calls >= LEAST
        else 0.0
        for row, then in zip(rows, usual, strict=True)
    ]
    return certain(chances)


def _item(rule: TraceCalls, row: Callee, then: Callee | None, *, certain: bool) -> Item:
    before = then.own_share if then else 0.0
    outcome = grade(row.own_share - before, rule) if certain else Outcome.OK
    return Item(
        (), outcome, row.share, then.share if then else 0.0,
        subject=f"calls to {row.service}" + (f" by {row.caller}" if row.caller else ""),
        limit=decided(outcome, rule, "ratio") if outcome is grade(row.share, rule) else "",
        note="; ".join(filter(None, (row.message, _passed_on(row)))), examples=row.examples,
        facts=TraceFacts(party=Party(row.kind), caller=row.caller, service=row.service),
    )  # fmt: skip


def _passed_on(row: Callee) -> str:
    further = row.failed - row.own
    return f"{further} of {row.failed} follow from calls of its own that failed" if further else ""
