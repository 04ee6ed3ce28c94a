"""Where the time of slow traces goes."""

from troubleshoot.analysis.traces.time_spent import Spent, spent
from troubleshoot.analysis.traces.tree import duration
from troubleshoot.engine.judge.judged import Judged, JudgeInput, words, worst, worst_first
from troubleshoot.engine.judge.kinds.gate import Gate, gate
from troubleshoot.engine.judge.kinds.trace import about, finish, observed, see
from troubleshoot.model.facts import Party, TraceFacts
from troubleshoot.model.finding import Item
from troubleshoot.model.judges.trace_latency import TraceLatency

LEAST = 0.01  # of the time; services below it are not worth a line


def judge(rule: TraceLatency, sight: JudgeInput) -> Judged:
    seen = see(sight)
    if isinstance(seen, Judged):
        return seen
    slow = sum(duration(one) >= rule.longer for one in seen.among)
    share = slow / len(seen.among) if seen.among else 0.0
    enough = gate("shares count where slow traces", rule.slow, share)
    rows = [one for one in spent(seen.chosen) if one.share >= LEAST]
    items = worst_first([_item(rule, one, enough) for one in rows])
    count = len(seen.among)
    summary = f"{share * 100:.0f} % of {count} sampled traces took longer than {rule.longer:g} s"
    notes = enough.notes(items)
    judged = Judged(worst(items), items, "ratio", words(rule, "ratio"), summary, notes=notes)
    return finish(seen, judged)


def _item(rule: TraceLatency, row: Spent, enough: Gate) -> Item:
    outcome = enough.grade(row.share, rule)
    note = f"longest {row.longest:.3g} s"
    return Item(
        (), outcome, row.share,
        subject=about(row.service, row.operation, row.seen_by),
        limit=enough.limit(outcome, rule),
        note=note, examples=row.examples,
        facts=TraceFacts(
            observed(row.service, row.seen_by), party=Party(row.kind), operation=row.operation,
            caller=row.seen_by, service=row.service,
        ),
    )  # fmt: skip
