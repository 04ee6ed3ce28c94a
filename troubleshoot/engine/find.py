"""A planned check and the answers become a finding."""

from dataclasses import dataclass, replace

from troubleshoot.engine.answers import Answers
from troubleshoot.engine.judge import judge
from troubleshoot.engine.judged import Judged, Sight
from troubleshoot.engine.links import curl, links
from troubleshoot.engine.plan import Planned
from troubleshoot.model.bundle import Setup
from troubleshoot.model.finding import Evidence, Finding, Outcome, Query
from troubleshoot.model.loaded import Loaded
from troubleshoot.model.playbook import Check, Step
from troubleshoot.model.query import Request, Store
from troubleshoot.model.signal import Names

EVIDENCE = {
    Store.PROMETHEUS: Evidence.METRIC,
    Store.JAEGER: Evidence.TRACE,
    Store.ELASTICSEARCH: Evidence.LOG,
}


@dataclass(frozen=True, slots=True)
class Finder:
    """``metrics`` and ``fields`` are those that exist in the window."""

    setup: Setup
    answers: Answers
    metrics: Names
    fields: Names

    def sight(self, planned: Planned) -> Sight:
        return Sight(planned, self.answers, self.setup.window, self.metrics, self.fields)

    def finding(self, planned: Planned) -> Finding:
        judged = judge(self.sight(planned))
        return replace(
            _finding(planned.step, planned.check, EVIDENCE[planned.store], judged),
            queries=(query(planned, planned.main, self.setup),),
            links=links(planned, self.setup.window, dict(self.setup.urls)),
        )

    def skipped(self, loaded: Loaded, step: Step, check: Check) -> Finding:
        store = loaded.query(check.query).store
        left_out = Judged(Outcome.SKIPPED, reason="left out by --step")
        return _finding(step, check, EVIDENCE[store], left_out)


def query(planned: Planned, request: Request, setup: Setup) -> Query:
    """What was sent, as a person would repeat it."""
    base = dict(setup.stores).get(request.store, f"http://{request.store}")
    text = planned.text if request is planned.main else dict(request.params).get("query", "")
    return Query(request.store, planned.file, text or request.body, curl(request, base))


def _finding(step: Step, check: Check, evidence: Evidence, judged: Judged) -> Finding:
    return Finding(
        check=check.id,
        title=check.title,
        step=step.id,
        step_title=step.title,
        guide=step.guide,
        outcome=judged.outcome,
        evidence=evidence,
        unit=judged.unit,
        rule=judged.rule,
        summary=judged.summary,
        reason=judged.reason,
        hint=judged.hint,
        items=judged.items,
        notes=(*judged.notes, check.note) if check.note else judged.notes,
    )
