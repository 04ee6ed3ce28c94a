"""A planned check and the answers become a finding."""

from dataclasses import dataclass, replace

from troubleshoot.engine.collect.answers import Answers
from troubleshoot.engine.judge.dispatch import judge
from troubleshoot.engine.judge.judged import Judged, JudgeInput, unable
from troubleshoot.engine.plan.curl import curl
from troubleshoot.engine.plan.inventory import Known
from troubleshoot.engine.plan.planned import Planned
from troubleshoot.model.bundle import RunContext
from troubleshoot.model.dialect import Dialects
from troubleshoot.model.finding import Evidence, Finding, Link, Outcome, Query
from troubleshoot.model.playbook import Check, Step
from troubleshoot.model.query import Request
from troubleshoot.model.resolved_playbook import ResolvedPlaybook

LEFT_OUT = "left out by --step"  # on purpose: no gap


@dataclass(frozen=True, slots=True)
class Finder:
    setup: RunContext
    answers: Answers
    known: Known
    dialects: Dialects
    onset: float | None = None

    def finding(self, planned: Planned) -> Finding:
        judged = self._judged(planned)
        found = _finding(planned.step, planned.check, planned.store.evidence, judged)
        noticed = (str(one) for one in self.setup.notices if one.check == found.check)
        return replace(
            found,
            queries=tuple(query(planned, one.main, self.setup) for one in planned.sources),
            links=self._links(planned),
            notes=(*found.notes, *noticed),
        )

    def _links(self, planned: Planned) -> tuple[Link, ...]:
        asked = [one.main for one in planned.sources]
        dialect = self.dialects.of(planned.store)
        return dialect.links(asked, self.setup.window, dict(self.setup.urls)) if asked else ()

    def _judged(self, planned: Planned) -> Judged:
        if planned.problem:
            return unable(planned.problem)
        return judge(
            JudgeInput(
                planned, self.answers, self.setup.window, self.known, self.dialects, self.onset
            )
        )

    def skipped(self, loaded: ResolvedPlaybook, step: Step, check: Check) -> Finding:
        store = loaded.store(check)
        left_out = Judged(Outcome.SKIPPED, reason=LEFT_OUT)
        return _finding(step, check, store.evidence, left_out)


def query(planned: Planned, request: Request, setup: RunContext, *, file: str = "") -> Query:
    """What was sent, as a person would repeat it; ``file`` where it is not that of the check."""
    base = dict(setup.stores).get(request.store, f"http://{request.store}")
    text = dict(request.params).get("query", "") or request.body or planned.text
    return Query(request.store, file or planned.file, text, curl(request, base))


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
