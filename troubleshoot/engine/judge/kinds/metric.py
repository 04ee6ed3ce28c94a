"""What all judges of metrics share: the series, their baseline, and why there are none."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from troubleshoot.analysis.metrics.baseline import Course, course, instant, value_at_end, within
from troubleshoot.analysis.metrics.episode import episode
from troubleshoot.engine.judge.judged import Judged, JudgeInput, blocking, partial, unable
from troubleshoot.engine.judge.no_data import label_reason
from troubleshoot.engine.plan import topk
from troubleshoot.engine.plan.planned import Planned, Source
from troubleshoot.model.facts import MetricFacts
from troubleshoot.model.finding import Item, Outcome
from troubleshoot.model.promql import filtering, longest_range, selectors
from troubleshoot.model.signal import Labels, Problem, ProblemKind, Series
from troubleshoot.model.times import format_duration


@dataclass(frozen=True, slots=True)
class MetricSample:
    """The series that have points, each over the baseline and the lookback."""

    series: tuple[Series, ...]
    problem: Problem | None
    notes: tuple[str, ...] = ()


def see(sight: JudgeInput) -> MetricSample | Judged:
    """The series of a check, or why it cannot be judged."""
    planned = sight.planned
    if problem := blocking(sight, *sight.requests()):
        return unable(problem)
    series = tuple(one for source in planned.sources for one in _of(source, sight))
    if not any(value_at_end(one.points, sight.window) is not None for one in series):
        answers = (sight.answers.metrics(source.main) for source in planned.sources)
        broken = sum(one.not_finite for signal in answers for one in signal.series)
        return _nothing(sight, series, broken)
    left_out = topk.notes(planned, sight.answers, sight.window, sight.dialects)
    return MetricSample(series, partial(sight, *sight.requests()), left_out)


def finish(seen: MetricSample, judged: Judged) -> Judged:
    """A verdict over partial data is shown, but counts as "could not tell"."""
    judged = replace(judged, notes=(*judged.notes, *seen.notes))
    if seen.problem is None:
        return judged
    return Judged(
        Outcome.PARTIAL, judged.items, judged.unit, judged.rule, judged.summary,
        reason=seen.problem.reason, hint=seen.problem.hint,
        notes=(*judged.notes, f"what is there would be {judged.outcome.value}"),
    )  # fmt: skip


def _nothing(sight: JudgeInput, series: tuple[Series, ...], broken: int) -> Judged:
    planned, window = sight.planned, sight.window
    missing = [name for name in planned.metrics if name not in sight.metrics.names]
    if missing and not sight.metrics.problem:
        many = "the metrics {} do" if len(missing) > 1 else "the metric {} does"
        span = format_duration(window.at - window.normal.start)
        reason = f"{many.format(', '.join(missing))} not exist here in the last {span}"
        return unable(Problem(ProblemKind.NO_DATA, reason, "is the name right? see the parameters"))
    if planned.check.absent == "zero" and not series and not _hides_values(planned):
        note = "no series matched; counted as zero"
        return Judged(Outcome.OK, unit=planned.check.unit, summary="none", notes=(note,))
    if broken:
        reason = "the result is not a number: a division by zero, usually no traffic"
        return unable(Problem(ProblemKind.NO_DATA, reason))
    if problem := _left_out(planned):
        return unable(problem)
    if series:
        last = max(one.points[-1][0] for one in series)
        ago = format_duration(window.at - instant(last))
        reason = f"the series ended {ago} before the end of the window"
        return unable(Problem(ProblemKind.NO_DATA, reason))
    reason = label_reason(planned, sight.answers, window, sight.dialects)
    if not reason:
        asked = ", ".join(str(one) for one in selectors(planned.text) if one.matchers)
        at_the_end = any(topk.keeps(source) for source in planned.sources)
        when = " at the end of the window" if at_the_end else ""
        reason = f"no series matched {asked or planned.text}{when}"
    return unable(Problem(ProblemKind.NO_DATA, reason, "are the label names and values right?"))


def _left_out(planned: Planned) -> Problem | None:
    """Nothing satisfies a comparison in the query: that is neither "fine" nor "nothing there"."""
    said = filtering(planned.text) if planned.by_name else ""
    if not said:
        return None
    sign, _, limit = said.partition(" ")
    reason = f"no value satisfies `{said}` in the query, or there is none: a comparison in PromQL "
    hint = f"compare in the check's judge instead, or write `{sign} bool {limit}`"
    return Problem(
        ProblemKind.NO_DATA, f"{reason}leaves values out, so that both look the same", hint
    )


def _hides_values(planned: Planned) -> bool:
    if not planned.by_name or not filtering(planned.text):
        return False
    from troubleshoot.load.playbook.promql.filters import hides_values
    from troubleshoot.load.playbook.promql.syntax import NotPromQLError

    try:
        return hides_values(planned.text)
    except NotPromQLError:  # a dialect
        return True


def _of(source: Source, sight: JudgeInput) -> tuple[Series, ...]:
    """The series of one source over baseline and lookback, their labels in our words."""
    earlier = sight.answers.metrics(source.normal).series if source.normal else ()
    found = _joined(earlier, sight.answers.metrics(source.main).series)
    if not source.by_words:
        return found
    return tuple(Series(_in_our_words(source, one), one.points) for one in found)


def _in_our_words(source: Source, series: Series) -> Labels:
    labels = {ours: series.label(theirs) for ours, theirs in source.labels.items()}
    return tuple(sorted((labels | dict(source.said)).items()))


def _joined(earlier: tuple[Series, ...], later: tuple[Series, ...]) -> tuple[Series, ...]:
    """The points of both, series by series; those without any point are left out."""
    points: dict[Labels, tuple[tuple[float, float], ...]] = {}
    for one in (*earlier, *later):
        points[one.labels] = points.get(one.labels, ()) + one.points
    return tuple(Series(labels, found) for labels, found in points.items() if found)


def look(series: Series, sight: JudgeInput, *, upwards: bool) -> Course:
    blur = longest_range(sight.planned.text)
    return course(series, sight.window, upwards=upwards, blur=blur)


def measured(series: Series, sight: JudgeInput, outcome: Outcome, now: Course, limit: str) -> Item:
    """A row for one series; since when is told only of what is wrong."""
    wrong = outcome.firing
    return Item(
        series.labels, outcome, now.value, now.normal, now.since if wrong else None,
        now.spark, now.recent, limit=limit, not_before=now.not_before if wrong else None,
        facts=facts(series, sight, now),
    )  # fmt: skip


def facts(series: Series, sight: JudgeInput, now: Course | None = None) -> MetricFacts | None:
    """Whom a series is about, where a vocabulary says what its labels mean; else nobody knows."""
    if not any(source.by_words for source in sight.planned.sources):
        return None
    service, host, instance, version = map(series.label, ("service", "host", "instance", "version"))
    means = sight.planned.file.partition("/")[2]
    beyond = now.beyond if now else None
    statistic = series.label("statistic")
    return MetricFacts(service, host, instance, version, statistic, means=means, beyond=beyond)


def with_past(
    item: Item,
    series: Series,
    sight: JudgeInput,
    judge: Callable[[float], Outcome],
    *,
    upwards: bool,
) -> Item:
    """A row that is fine, with what ``judge`` finds wrong earlier in the lookback."""
    if item.outcome is not Outcome.OK:
        return item
    looked = within(series.points, sight.window.looked)
    return replace(item, past=episode(looked, lambda n: judge(n).firing, upwards=upwards))


def named(items: list[Item]) -> list[Item]:
    """Each with the values of the labels in which they differ as its subject."""
    values: dict[str, set[str]] = {}
    for item in items:
        for label, value in item.labels:
            values.setdefault(label, set()).add(value)
    telling = {
        label
        for label, found in values.items()
        if len(found) > 1 or any(not item.label(label) for item in items)
    }
    return [
        replace(item, subject=", ".join(value for label, value in item.labels if label in telling))
        for item in items
    ]


def ended(series: tuple[Series, ...], shown: int) -> tuple[str, ...]:
    """A note about series that are no longer there at the end of the window."""
    gone = len(series) - shown
    return (f"{gone} of {len(series)} series had ended by then",) if gone else ()
