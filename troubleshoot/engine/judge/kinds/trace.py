"""What the judges of traces share."""

import json
from dataclasses import dataclass, replace

from troubleshoot.analysis.traces.tree import Tree, within
from troubleshoot.engine.judge.judged import Judged, JudgeInput, blocking, partial, unable
from troubleshoot.model.facts import Observed
from troubleshoot.model.finding import Outcome
from troubleshoot.model.query import Request
from troubleshoot.model.signal import Problem, ProblemKind

LEAST_SINCE = 5  # traces; fewer are no evidence by themselves


@dataclass(frozen=True, slots=True)
class TraceSample:
    """The traces that a judge sees.

    ``chosen`` answered the check's query, ``among`` are all sampled traces of the window,
    ``before`` those of the baseline, where the judge compares with it.
    """

    chosen: tuple[Tree, ...]
    among: tuple[Tree, ...]
    before: tuple[Tree, ...]
    truncated: bool
    problem: Problem | None = None


def see(sight: JudgeInput) -> TraceSample | Judged:
    sources = sight.planned.sources
    if problem := blocking(sight, *sight.requests()):
        return unable(problem)
    chosen, cut = _all(sight, [one.main for one in sources])
    among, among_cut = _all(sight, [one.among for one in sources])
    before, _ = _all(sight, [one.normal for one in sources])
    if not among and not chosen:
        return unable(_nothing(sight, sources[0].main))
    problem = partial(sight, *sight.requests())
    seen = TraceSample(chosen, among or chosen, before, cut or among_cut, problem)
    return _since(seen, sight.onset)


def _since(seen: TraceSample, onset: float | None) -> TraceSample:
    """What came before the trouble is as normal as the baseline: at night nobody knows how long.

    Where next to nothing has come since, all that is there is looked at.
    """
    if onset is None:
        return seen
    chosen = tuple(one for one in seen.chosen if _start(one) >= onset)
    if len(chosen) < LEAST_SINCE:
        return seen
    earlier = tuple(one for one in seen.among if _start(one) < onset)
    among = tuple(one for one in seen.among if _start(one) >= onset)
    return replace(seen, chosen=chosen, among=among or chosen, before=(*seen.before, *earlier))


def _start(whole: Tree) -> float:
    return min(one.start for one in whole.spans)


def _all(sight: JudgeInput, requests: list[Request | None]) -> tuple[tuple[Tree, ...], bool]:
    """The traces of several searches, each once; and whether one of them was cut short.

    Of those of a service that somebody named only what was done for it: it has the symptom.
    """
    found: dict[str, Tree] = {}
    cut, named = False, _named(sight)
    for request in requests:
        if request is not None:
            cut = cut or sight.answers.traces(request).truncated
            found |= {one.trace.trace_id: one for one in sight.answers.trees(request)}
    if named:
        parts = (within(one, named) for one in found.values())
        return tuple(one for one in parts if one), cut
    return tuple(found.values()), cut


def _named(sight: JudgeInput) -> str:
    """The service whose traces the query asks for; '' where that was found out."""
    planned = sight.planned
    if sight.dialects.trace[planned.store].leaves_open(planned.text):
        return ""
    return dict(planned.main.params).get("service", "")


def finish(seen: TraceSample, judged: Judged) -> Judged:
    notes = judged.notes
    if seen.truncated:
        notes = (*notes, "more traces matched than were read: shares of a sample, not counts")
    outcome = judged.outcome if seen.problem is None else Outcome.PARTIAL
    reason = seen.problem.reason if seen.problem else ""
    hint = seen.problem.hint if seen.problem else ""
    return Judged(
        outcome, judged.items, judged.unit, judged.rule, judged.summary, reason, hint, notes
    )


def observed(service: str, seen_by: str) -> Observed:
    """Whether the party charged saw it itself, or only whoever called it."""
    return Observed.INSIDE if service == seen_by else Observed.BY_CALLER


def about(service: str, operation: str, seen_by: str) -> str:
    """``payment-provider (POST /v1/charges, called by payment-service)``."""
    called = f", called by {seen_by}" if seen_by != service else ""
    return f"{service} ({operation}{called})"


def no_baseline() -> Problem:
    reason = "there are no traces of the time before to compare with"
    return Problem(ProblemKind.NO_DATA, reason, "choose another with --baseline")


def _nothing(sight: JudgeInput, request: Request) -> Problem:
    service = dict(request.params).get("service", "")
    store = sight.planned.store
    known = sight.answers.names(sight.dialects.trace[store].services())
    if known.problem or service in known.names:
        reason = f"{store.product} has no traces of {service} in this window"
        return Problem(ProblemKind.NO_DATA, reason, "is sampling on? is the window right?")
    there = ", ".join(sorted(known.names)[:10]) or "none"
    reason = f"{store.product} has never seen a service {json.dumps(service)}; it knows: {there}"
    return Problem(ProblemKind.NO_DATA, reason, "is the name right? see the parameters")
