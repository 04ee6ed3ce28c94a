"""Which log messages are new, or more than they normally are."""

import math
from collections.abc import Iterator

from troubleshoot.analysis.logs.counts import Count
from troubleshoot.analysis.logs.lines import Fields
from troubleshoot.analysis.logs.patterns import Pattern, patterns
from troubleshoot.analysis.logs.volumes import Volume, volumes
from troubleshoot.analysis.logs.weighed import WeighedLines
from troubleshoot.engine.judge.judged import (
    BADNESS,
    Judged,
    JudgeInput,
    blocking,
    decided,
    grade,
    partial,
    unable,
    words,
    worst,
    worst_first,
)
from troubleshoot.engine.judge.kinds.log_traces import LogTraces, log_traces
from troubleshoot.engine.judge.no_data import any_line, lines_of_all_levels
from troubleshoot.model.facts import LogFacts
from troubleshoot.model.finding import Item, Outcome
from troubleshoot.model.judges.log_patterns import LogPatterns
from troubleshoot.model.signal import Logs, Problem, ProblemKind

SHOWN = 12  # patterns; the rest is counted
EXAMPLES = 3
UNLIKELY = math.log(1e-3)  # one failed request may write many lines: a few are chance


def judge(rule: LogPatterns, sight: JudgeInput) -> Judged:
    planned = sight.planned
    if problem := blocking(sight, planned.main, planned.normal):
        return unable(problem)
    if problem := _no_such_field(rule, sight):
        return unable(problem)
    now = sight.answers.logs(planned.main)
    if not now.total and (problem := _silent(sight)):
        return unable(problem)
    before = sight.answers.logs(planned.normal) if planned.normal else Logs((), 0)
    fields, part = _fields(rule), _part(sight)
    here, there = WeighedLines.of(now, fields), WeighedLines.of(before, fields)
    found, traces = patterns(here, there, part=part), log_traces(sight)
    rows = [_item(rule, one, traces) for one in found]
    rows += _together(rule, volumes(here, there, part=part), rows)
    items = worst_first(rows)
    outcome, reason, hint = worst(items), "", ""
    if problem := partial(sight, planned.main, planned.normal):
        outcome, reason, hint = Outcome.PARTIAL, problem.reason, problem.hint
    return Judged(
        outcome, items[:SHOWN], "count", _rule(rule), _summary(now, before),
        reason, hint, _notes(now, found, traces),
    )  # fmt: skip


def _part(sight: JudgeInput) -> float:
    """How many times as long as its baseline the interval of the check is."""
    window = sight.window
    interval = window.recent if sight.planned.check.over == "window" else window.looked
    return interval.length / window.before(interval).length


def _fields(rule: LogPatterns) -> Fields:
    return Fields(rule.level, rule.message, rule.service, rule.trace, rule.errors)


def _item(rule: LogPatterns, pattern: Pattern, traces: LogTraces) -> Item:
    outcome = _grown(rule, pattern.now, pattern.usual)
    return Item(
        (), outcome, round(pattern.now.lines), round(pattern.usual.lines),
        subject=_subject(pattern),
        limit=decided(outcome, rule, "times"),
        note=pattern.seen[0].message, examples=traces.examples(pattern)[:EXAMPLES],
        facts=LogFacts(
            pattern.exception, traces.in_failed(pattern), pattern.frame, pattern.level,
            pattern.text, pattern.service, new=not pattern.usual.lines,
        ),
    )  # fmt: skip


def _grown(rule: LogPatterns, now: Count, usual: Count) -> Outcome:
    """Judged by what is at least there against what is at most normal."""
    growth = now.low / usual.high if usual.high else math.inf
    return grade(growth, rule) if now.low >= rule.at_least else Outcome.OK


def _together(rule: LogPatterns, every: tuple[Volume, ...], rows: list[Item]) -> Iterator[Item]:
    """All lines of a service, where they tell more than any of its patterns does."""
    for one in every:
        outcome = _grown(rule, one.now, one.usual) if one.chance < UNLIKELY else Outcome.OK
        own = [item.outcome for item in rows if item.service == one.service]
        if BADNESS.index(outcome) < min(map(BADNESS.index, own)):
            yield Item(
                (), outcome, round(one.now.lines), round(one.usual.lines),
                subject=f"{one.service}: all lines of {len(own)} patterns",
                limit=decided(outcome, rule, "times"),
                facts=LogFacts(service=one.service, new=not one.usual.lines),
            )  # fmt: skip


def _subject(pattern: Pattern) -> str:
    """``payment-service: ZeroDivisionError in pricing.compute (pricing.py:42)``."""
    what = pattern.text or "lines without a message"
    if pattern.frame:
        what = f"{pattern.exception or 'an error'} in {pattern.frame}"
    return f"{pattern.service}: {what}" if pattern.service else what


def _no_such_field(rule: LogPatterns, sight: JudgeInput) -> Problem | None:
    """Without a level no line is an error, which is not the same as no errors."""
    known = sight.fields
    searched = {*rule.message} & known.names - known.aggregatable  # full text states a level too
    if known.problem or known.names & {*rule.level} or searched:
        return None
    if not known.names:
        reason = "no index here has any of the fields that are asked for"
    else:
        reason = (
            f"no index here has any of the fields {', '.join(rule.level)}, or a message that is"
            " searched as text"
        )
    hint = "are the index and field names right? see the parameters"
    return Problem(ProblemKind.NO_DATA, reason, hint)


def _silent(sight: JudgeInput) -> Problem | None:
    """No errors because there are no lines at all says nothing about errors."""
    lines = lines_of_all_levels(sight.answers.logs(sight.planned.main))
    if lines is None:
        request = any_line(sight.planned, sight.window, sight.dialects)
        if (problem := sight.answers.problem(request)) is not None:
            return problem
        lines = sight.answers.logs(request).total
    if lines:
        return None
    reason = "there is not a single log line in this window, of any level"
    return Problem(ProblemKind.NO_DATA, reason, "are logs shipped? is the index right?")


def _rule(rule: LogPatterns) -> str:
    return f"{words(rule, 'times')}, from {rule.at_least} lines"


def _summary(now: Logs, before: Logs) -> str:
    several = "at least " if now.at_least else ""
    text = f"{several}{now.total} lines, normally {before.total}"
    services = [(key, count) for name, key, count in now.counts if name == "services"]
    shown = ", ".join(f"{key or 'without a service'} {count}" for key, count in services[:5])
    return f"{text}: {shown}" if shown else text


def _notes(now: Logs, found: tuple[Pattern, ...], traces: LogTraces) -> tuple[str, ...]:
    notes = []
    if len(now.lines) < now.total:
        notes.append(f"patterns from a sample of {len(now.lines)} of {now.total} lines")
    if len(found) > SHOWN:
        notes.append(f"{len(found) - SHOWN} rarer patterns are not listed")
    return (*notes, *traces.notes(found))
