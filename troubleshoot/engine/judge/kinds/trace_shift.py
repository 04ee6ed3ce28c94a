"""Which service the time that requests take longer than normal was added in."""

from collections.abc import Sequence

from troubleshoot.analysis.traces.added_time import Added, added
from troubleshoot.analysis.traces.growth import CHANCE
from troubleshoot.analysis.traces.pace import LEAST, Pace, pace
from troubleshoot.analysis.traces.requests import Compared, by_operation, requests
from troubleshoot.engine.judge.judged import (
    Judged,
    JudgeInput,
    limit_words,
    unable,
    words,
    worst,
    worst_first,
)
from troubleshoot.engine.judge.kinds.gate import Gate
from troubleshoot.engine.judge.kinds.trace import finish, no_baseline, observed, see
from troubleshoot.model.facts import Party, TraceFacts
from troubleshoot.model.finding import Item
from troubleshoot.model.judges.trace_shift import TraceShift
from troubleshoot.model.signal import Problem, ProblemKind

MOST = 5  # operations that are told


def judge(rule: TraceShift, sight: JudgeInput) -> Judged:
    seen = see(sight)
    if isinstance(seen, Judged):
        return seen
    compared = by_operation(requests(seen.chosen), requests(seen.before))
    whole = pace(compared)
    if not whole.enough:
        return unable(_too_few(compared, whole))
    rows = added(compared)
    gates = [_gate(rule, one.pace) for one in rows]
    items = worst_first([_item(rule, *one) for one in zip(rows, gates, strict=True)])
    notes = gates[0].notes(items) if gates and not any(one.open for one in gates) else ()
    notes = (*notes, *_not_compared(compared))
    return finish(
        seen,
        Judged(worst(items), items, "ratio", words(rule, "ratio"), _summary(whole), notes=notes),
    )


def _gate(rule: TraceShift, slowed: Pace) -> Gate:
    slower = any(rule.slower.holds(times) for times in (slowed.times, slowed.slowest))
    limit = limit_words(rule.slower, "times")
    said = f"shares count where the requests through a service take {limit}, beyond chance"
    return Gate(slower and slowed.enough and slowed.chance < CHANCE, said)


def _summary(whole: Pace) -> str:
    slowest = f", the slowest {whole.slowest:.1f}×" if whole.slowest > whole.times else ""
    return f"{whole.requests} sampled requests take {whole.times:.1f}×{slowest} as long as normally"


def _too_few(compared: Sequence[Compared], whole: Pace) -> Problem:
    if not any(one.before for one in compared):
        return no_baseline()
    counts = f"{whole.requests} requests now and {whole.before} of the same operations before"
    reason = f"{counts} are too few to compare: at least {LEAST} of each are needed"
    return Problem(ProblemKind.NO_DATA, reason, "choose a longer --window or another --baseline")


def _not_compared(compared: Sequence[Compared]) -> tuple[str, ...]:
    new = [f"{one.operation} ({len(one.now)})" for one in compared if one.now and not one.before]
    if not new:
        return ()
    more = f" and {len(new) - MOST} more" if len(new) > MOST else ""
    return (f"not compared, there are none of before: {', '.join(new[:MOST])}{more}",)


def _item(rule: TraceShift, row: Added, enough: Gate) -> Item:
    counted = Gate(enough.open and row.certain, enough.words)
    outcome = counted.grade(row.share, rule)
    return Item(
        (), outcome, row.share,
        subject=row.service,
        limit=counted.limit(outcome, rule),
        note=_note(row),
        examples=row.examples,
        facts=TraceFacts(
            observed(row.service, row.seen_by), party=Party(row.kind), caller=row.seen_by,
            service=row.service, share=row.share,
        ),
    )  # fmt: skip


def _note(row: Added) -> str:
    parts = [f"{row.now:.3g} s a request, normally {row.normal:.3g} s"]
    if row.between >= 0.5:
        parts.append("most of it between caller and callee")
    if not row.certain:
        parts.append("within the noise of before")
    return "; ".join(parts)
