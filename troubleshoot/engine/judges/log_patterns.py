"""Which log messages are new, or more than they normally are."""

import math

from troubleshoot.analysis.patterns import Fields, Pattern, patterns
from troubleshoot.engine.judged import (
    Judged,
    Sight,
    blocking,
    decided,
    grade,
    partial,
    unable,
    words,
    worst,
    worst_first,
)
from troubleshoot.engine.why_empty import any_line
from troubleshoot.model.finding import Item, Outcome
from troubleshoot.model.judge import LogPatterns
from troubleshoot.model.query import Store
from troubleshoot.model.signal import Logs, Problem, Traces, Trouble

SHOWN = 12  # patterns; the rest is counted
EXAMPLES = 3


def judge(rule: LogPatterns, sight: Sight) -> Judged:
    planned = sight.planned
    if problem := blocking(sight, planned.main, planned.normal):
        return unable(problem)
    if problem := _no_such_field(rule, sight):
        return unable(problem)
    now = sight.answers.logs(planned.main)
    if not now.total and (problem := _silent(sight)):
        return unable(problem)
    before = sight.answers.logs(planned.normal) if planned.normal else Logs((), 0)
    fields = Fields(rule.message, rule.service, rule.trace)
    earlier = patterns(before.lines, fields)
    normal = {(one.service, one.text): one.share * before.total for one in earlier}
    traced = _traced(sight)
    found = patterns(now.lines, fields)
    items = worst_first([_item(rule, one, now, normal, traced) for one in found])
    outcome, reason, hint = worst(items), "", ""
    if problem := partial(sight, planned.main, planned.normal):
        outcome, reason, hint = Outcome.PARTIAL, problem.reason, problem.hint
    return Judged(
        outcome, items[:SHOWN], "count", _rule(rule), _summary(now, before),
        reason, hint, _notes(now, found, traced),
    )  # fmt: skip


def _item(
    rule: LogPatterns,
    pattern: Pattern,
    now: Logs,
    normal: dict[tuple[str, str], float],
    traced: frozenset[str],
) -> Item:
    count = pattern.share * now.total
    usual = normal.get((pattern.service, pattern.text), 0.0)
    growth = count / usual if usual else math.inf
    judged = count >= rule.at_least
    outcome = grade(growth, rule) if judged else Outcome.OK
    labels = (("pattern", pattern.text), ("service", pattern.service))
    examples = [one for one in pattern.traces if one in traced] or list(pattern.traces)
    return Item(
        labels, outcome, round(count), round(usual),
        subject=f"{pattern.service}: {pattern.text}" if pattern.service else pattern.text,
        limit=decided(outcome, rule, "times"),
        note=pattern.sample, examples=tuple(examples[:EXAMPLES]),
    )  # fmt: skip


def _no_such_field(rule: LogPatterns, sight: Sight) -> Problem | None:
    """Without a level field no line is an error, which is not the same as no errors."""
    known = sight.fields
    if known.problem or known.names & {*rule.level}:
        return None
    if not known.names:
        reason = "no index here has any of the fields that are asked for"
    else:
        reason = f"no index here has any of the fields {', '.join(rule.level)}"
    hint = "are the index and field names right? see the parameters"
    return Problem(Trouble.NO_DATA, reason, hint)


def _silent(sight: Sight) -> Problem | None:
    """No errors because there are no lines at all says nothing about errors."""
    request = any_line(sight.planned, sight.window)
    if (problem := sight.answers.problem(request)) is not None:
        return problem
    if sight.answers.logs(request).total:
        return None
    reason = "there is not a single log line in this window, of any level"
    return Problem(Trouble.NO_DATA, reason, "are logs shipped? is the index right?")


def _rule(rule: LogPatterns) -> str:
    return f"{words(rule, 'times')}, from {rule.at_least} lines"


def _summary(now: Logs, before: Logs) -> str:
    several = "at least " if now.at_least else ""
    text = f"{several}{now.total} lines, normally {before.total}"
    services = [(key, count) for name, key, count in now.counts if name == "services"]
    shown = ", ".join(f"{key} {count}" for key, count in services[:5])
    return f"{text}: {shown}" if shown else text


def _traced(sight: Sight) -> frozenset[str]:
    """Ids of the traces that this run has from Jaeger."""
    signals = (answer.signal for answer in sight.answers.of(Store.JAEGER))
    return frozenset(
        trace.trace_id for one in signals if isinstance(one, Traces) for trace in one.traces
    )


def _notes(now: Logs, found: tuple[Pattern, ...], traced: frozenset[str]) -> tuple[str, ...]:
    notes = []
    if len(now.lines) < now.total:
        notes.append(f"patterns from the newest {len(now.lines)} of {now.total} lines")
    if len(found) > SHOWN:
        notes.append(f"{len(found) - SHOWN} rarer patterns are not listed")
    ids = {one for pattern in found for one in pattern.traces}
    if ids:
        notes.append(f"{len(ids)} trace ids in these lines, {len(ids & traced)} of them in Jaeger")
    return tuple(notes)
