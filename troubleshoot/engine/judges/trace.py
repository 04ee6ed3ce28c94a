"""What both judges of traces share."""

import json
from dataclasses import dataclass

from troubleshoot.engine.judged import Judged, Sight, blocking, partial, unable
from troubleshoot.engine.requests import services
from troubleshoot.model.finding import Outcome
from troubleshoot.model.query import Request
from troubleshoot.model.signal import Problem, Trace, Trouble


@dataclass(frozen=True, slots=True)
class Seen:
    """``chosen`` answered the check's query, ``among`` are all sampled traces of the window."""

    chosen: tuple[Trace, ...]
    among: tuple[Trace, ...]
    truncated: bool
    problem: Problem | None = None


def see(sight: Sight) -> Seen | Judged:
    planned = sight.planned
    if problem := blocking(sight, planned.main, planned.among):
        return unable(problem)
    chosen = sight.answers.traces(planned.main)
    among = sight.answers.traces(planned.among) if planned.among else chosen
    if not among.traces and not chosen.traces:
        return unable(_nothing(sight, planned.main))
    problem = partial(sight, planned.main, planned.among)
    return Seen(
        chosen.traces, among.traces or chosen.traces, chosen.truncated or among.truncated, problem
    )


def finish(seen: Seen, judged: Judged) -> Judged:
    notes = judged.notes
    if seen.truncated:
        notes = (*notes, "more traces matched than were read: shares of a sample, not counts")
    outcome = judged.outcome if seen.problem is None else Outcome.PARTIAL
    reason = seen.problem.reason if seen.problem else ""
    hint = seen.problem.hint if seen.problem else ""
    return Judged(
        outcome, judged.items, judged.unit, judged.rule, judged.summary, reason, hint, notes
    )


def about(service: str, operation: str, seen_by: str) -> str:
    """``payment-provider (POST /v1/charges, called by payment-service)``."""
    called = f", called by {seen_by}" if seen_by != service else ""
    return f"{service} ({operation}{called})"


def _nothing(sight: Sight, request: Request) -> Problem:
    service = dict(request.params).get("service", "")
    known = sight.answers.names(services())
    if known.problem or service in known.names:
        reason = f"Jaeger has no traces of {service} in this window"
        return Problem(Trouble.NO_DATA, reason, "is sampling on? is the window right?")
    there = ", ".join(sorted(known.names)[:10]) or "none"
    reason = f"Jaeger has never seen a service {json.dumps(service)}; it knows: {there}"
    return Problem(Trouble.NO_DATA, reason, "is the name right? see the parameters")
