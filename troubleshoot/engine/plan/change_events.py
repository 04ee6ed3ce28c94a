"""The check that asks for changes that were written down: where, vocabularies say."""

from troubleshoot.engine.plan.planned import Planned, Source
from troubleshoot.model.dialect import Dialects
from troubleshoot.model.finding import Evidence
from troubleshoot.model.playbook import Check, Step
from troubleshoot.model.resolved_playbook import EVENTS, ResolvedPlaybook, convention
from troubleshoot.model.signal import Problem, ProblemKind
from troubleshoot.model.window import Window


def written_down(
    loaded: ResolvedPlaybook, step: Step, check: Check, window: Window, dialects: Dialects
) -> Planned:
    """Within the lookback, or the window: one small request."""
    store = convention(Evidence.LOG)
    schemas = tuple(one.events for one in loaded.vocabularies if one.events)
    if not schemas:
        reason = "no vocabulary says where changes are written down"
        problem = Problem(ProblemKind.NO_DATA, reason, "add one: a file in queries/vocabulary/")
        return Planned(step, check, store, EVENTS, "", (), problem=problem)
    interval = window.recent if check.over == "window" else window.looked
    request = dialects.log[store].changes(schemas, interval)
    return Planned(step, check, store, EVENTS, request.body, (Source(request),), events=schemas)
