"""Which service the time that requests take longer than normal was added in."""

from troubleshoot.analysis.traces.added_time import Added, added, slower
from troubleshoot.engine.judge.judged import Judged, JudgeInput, unable, words, worst, worst_first
from troubleshoot.engine.judge.kinds.gate import Gate, gate
from troubleshoot.engine.judge.kinds.trace import finish, observed, see
from troubleshoot.model.facts import Party, TraceFacts
from troubleshoot.model.finding import Item
from troubleshoot.model.judges.trace_shift import TraceShift
from troubleshoot.model.signal import Problem, ProblemKind

LEAST = 0.05  # of the added time; services below it are not worth a line


def judge(rule: TraceShift, sight: JudgeInput) -> Judged:
    seen = see(sight)
    if isinstance(seen, Judged):
        return seen
    times = slower(seen.chosen, seen.before)
    if times is None:
        reason = "there are no traces of the time before to compare with"
        return unable(Problem(ProblemKind.NO_DATA, reason, "choose another with --baseline"))
    enough = gate("shares count where traces take", rule.slower, times, "times")
    rows = [one for one in added(seen.chosen, seen.before) if one.share >= LEAST]
    items = worst_first([_item(rule, one, enough) for one in rows])
    count = len(seen.chosen)
    summary = f"{count} sampled traces take {times:.1f}× as long as normally"
    notes = enough.notes(items)
    judged = Judged(worst(items), items, "ratio", words(rule, "ratio"), summary, notes=notes)
    return finish(seen, judged)


def _item(rule: TraceShift, row: Added, enough: Gate) -> Item:
    outcome = enough.grade(row.share, rule)
    return Item(
        (), outcome, row.share,
        subject=row.service,
        limit=enough.limit(outcome, rule),
        note=f"{row.now:.3g} s a trace, normally {row.normal:.3g} s",
        examples=row.examples,
        facts=TraceFacts(
            observed(row.service, row.seen_by), party=Party(row.kind), caller=row.seen_by,
            service=row.service,
        ),
    )  # fmt: skip
