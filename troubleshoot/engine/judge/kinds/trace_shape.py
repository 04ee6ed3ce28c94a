"""Where requests end that went on before."""

from troubleshoot.analysis.traces.cut_short import CutShort, cut_short
from troubleshoot.engine.judge.judged import (
    Judged,
    JudgeInput,
    decided,
    grade,
    unable,
    words,
    worst,
    worst_first,
)
from troubleshoot.engine.judge.kinds.trace import finish, no_baseline, observed, see
from troubleshoot.model.facts import Party, TraceFacts
from troubleshoot.model.finding import Item, Outcome
from troubleshoot.model.judges.trace_shape import TraceShape

MAX_EXAMPLES = 3


def judge(rule: TraceShape, sight: JudgeInput) -> Judged:
    seen = see(sight)
    if isinstance(seen, Judged):
        return seen
    if not seen.before:
        return unable(no_baseline())
    rows = cut_short(seen.chosen, seen.before)
    items = worst_first([_item(rule, one) for one in rows])
    early = {trace for row in rows if row.ending.certain for trace in row.traces}
    summary = f"{len(early)} of {len(seen.chosen)} sampled traces end early somewhere"
    return finish(seen, Judged(worst(items), items, "ratio", words(rule, "ratio"), summary))


def _item(rule: TraceShape, row: CutShort) -> Item:
    one = row.ending
    outcome = grade(one.more, rule) if one.certain else Outcome.OK
    return Item(
        (), outcome, one.now, one.normal,
        subject=_subject(row),
        limit=decided(outcome, rule, "ratio"),
        note=_note(row), examples=row.traces[:MAX_EXAMPLES],
        facts=TraceFacts(
            observed(row.service, one.caller), party=Party(row.kind), operation=row.operation,
            caller=one.caller, service=row.service,
        ),
    )  # fmt: skip


def _subject(row: CutShort) -> str:
    one = row.ending
    if one.after is None:
        return f"{one.caller} calls nobody any more"
    return f"{one.caller} stops after calling {one.after.service} ({one.after.operation})"


def _note(row: CutShort) -> str:
    one = row.ending
    parts = [f"{len(one.ended)} of {one.count} visits"]
    if row.doubtful:
        parts.append(f"either {one.caller} or its callee")
    if not one.certain:
        parts.append("within the noise of before")
    return "; ".join(parts)
