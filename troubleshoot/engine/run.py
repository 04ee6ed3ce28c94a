"""One run of a playbook: plan, collect, judge, rank, conclude. The clock is passed in."""

from dataclasses import dataclass

from troubleshoot import __version__
from troubleshoot.engine.collect.answers import Answers
from troubleshoot.engine.collect.collector import Collector
from troubleshoot.engine.judge.findings import Finder
from troubleshoot.engine.judge.no_data import questions
from troubleshoot.engine.plan import topk
from troubleshoot.engine.plan.inventory import NO_EDGES, Known
from troubleshoot.engine.plan.planned import Planned, Selection
from troubleshoot.engine.plan.planner import Planner
from troubleshoot.engine.rank.actions import actions
from troubleshoot.engine.rank.change_correlation import separating
from troubleshoot.engine.rank.conclusion import conclude, gaps
from troubleshoot.engine.rank.not_made import apart, not_made
from troubleshoot.engine.rank.ranking import rank
from troubleshoot.engine.rank.reach import within_reach
from troubleshoot.engine.report import follow_ups, parameters, stores, timing, written
from troubleshoot.engine.topology.attribution import related, unrelated
from troubleshoot.engine.topology.service_names import declared
from troubleshoot.engine.topology.unheard_services import heard, unheard
from troubleshoot.engine.verify import verdicts, verifications
from troubleshoot.model.bundle import RunContext
from troubleshoot.model.diagnosis import Diagnosis
from troubleshoot.model.dialect import Dialects
from troubleshoot.model.finding import Finding, Outcome
from troubleshoot.model.playbook import Check, Step
from troubleshoot.model.query import QueryKind, Request
from troubleshoot.model.report import Report, Verification
from troubleshoot.model.resolved_playbook import ResolvedPlaybook
from troubleshoot.model.signal import Calls, Metrics, Names


@dataclass(frozen=True, slots=True)
class Collected:
    """``planned`` in the order of the guide."""

    planned: tuple[Planned, ...]
    answers: Answers
    exists: tuple[Request, ...]
    elapsed: float

    def known(self) -> Known:
        calls = (self.answers.signal(one) for one in self.exists if one.ask is QueryKind.CALLS)
        edges = (self.answers.signal(one) for one in self.exists if one.ask is QueryKind.INSTANT)
        return Known(
            self._names(QueryKind.FIELDS),
            self._names(QueryKind.NAMES),
            self._names(QueryKind.SERVICES),
            next((one for one in calls if isinstance(one, Calls)), Calls(())),
            next((one for one in edges if isinstance(one, Metrics)), NO_EDGES),
        )

    def _names(self, ask: QueryKind) -> Names:
        """All names of one kind that exist, over the requests that asked for them."""
        found = [self.answers.names(one) for one in self.exists if one.ask is ask]
        problem = next((one.problem for one in found if one.problem), None)
        return Names(
            frozenset().union(*(one.names for one in found)),
            frozenset().union(*(one.aggregatable for one in found)),
            problem,
        )


def wanted(loaded: ResolvedPlaybook, setup: RunContext) -> Selection:
    """The symptom is always looked at; ``steps`` and ``verify`` narrow down the rest."""
    playbook, options = loaded.playbook, setup.options
    verify = {rule.check for rule in playbook.verify}

    def chosen(step: Step, check: Check) -> bool:
        if options.verify:
            return check.id in verify
        return not options.steps or step.id in options.steps or check.id in playbook.symptoms

    return Selection(
        tuple(pair for pair in playbook.checks() if chosen(*pair)), as_written=options.as_written
    )


def collect(planner: Planner, collector: Collector) -> Collected:
    """Everything is asked at once but for what is asked in the words of what exists here.

    What came back empty is asked about afterwards.
    """
    early = planner.early()
    exists = planner.exists(early)
    collector.ask(exists)
    collector.ask(request for one in early for request in one.requests())
    first = Collected(early, collector.wait(until=planner.decides(exists)), exists, 0.0)
    known = first.known()
    late, edges = planner.late(known), planner.edges(known)
    collector.ask(edges)
    collector.ask(request for one in late for request in one.requests())
    both, so_far = (*early, *late), collector.wait()
    collector.ask(questions(both, so_far, planner.window, planner.dialects))
    collector.ask(topk.questions(both, so_far, planner.window, planner.dialects))
    answers = collector.wait()
    order = [check.id for _, check in planner.wanted.checks]
    planned = sorted((*early, *late), key=lambda one: order.index(one.check.id))
    return Collected(tuple(planned), answers, (*exists, *edges), collector.elapsed)


def run(
    loaded: ResolvedPlaybook,
    setup: RunContext,
    collector: Collector,
    dialects: Dialects,
    program: str = __version__,
) -> Report:
    """The whole report. ``program`` is the version that asked: in a replay the recorder's."""
    planner = Planner(loaded, setup.window, wanted(loaded, setup), dialects)
    collected = collect(planner, collector)
    playbook = loaded.playbook
    findings = _findings(loaded, setup, collected, dialects)
    by_check = {one.check: one for one in findings}
    without = not_made(findings, setup.absent)
    verified: tuple[Verification, ...] = ()
    diagnoses: tuple[Diagnosis, ...] = ()
    symptom = _symptom([by_check[name] for name in playbook.symptoms if name in by_check])
    if setup.options.verify or symptom is None:
        verified = verifications(playbook, by_check)
        verdict = verdicts(verified, without)
    else:
        firing = symptom.outcome.firing or not symptom.outcome.conclusive
        diagnoses = rank(playbook.diagnoses, by_check, loaded.families, symptom=firing)
        reach = within_reach(
            playbook.diagnoses, playbook.symptoms, by_check, loaded.families, without
        )
        verdict = conclude(
            symptom, findings, diagnoses, setup.options.fail_on, reach, without=without
        )
    ours = declared(findings, collected.known())
    return Report(
        version=program,
        playbook=playbook.playbook,
        title=playbook.title,
        summary=playbook.summary,
        environment=setup.environment,
        window=setup.window,
        timezone=setup.timezone,
        parameters=parameters(loaded),
        conclusion=verdict.conclusion,
        complete=verdict.complete,
        headline=verdict.headline,
        fail_on=setup.options.fail_on,
        exit_code=verdict.exit_code,
        symptom=symptom,
        findings=findings,
        diagnoses=diagnoses,
        gaps=(*gaps(findings, diagnoses, without), *unrelated(findings, diagnoses)),
        actions=actions(playbook, diagnoses, by_check, loaded.families, ours),
        follow_ups=follow_ups(playbook, diagnoses),
        verifications=verified,
        stores=stores(setup, collected.answers),
        as_written=written(collected.planned, collected.answers, setup),
        redactions=collector.redactions(),
        timing=timing(collected.planned, collected.answers, collected.elapsed),
        notices=(
            *setup.notices,
            *unheard(playbook, loaded.file, heard(findings, collected.answers)),
        ),
        not_made=apart(without, diagnoses),
    )


def _symptom(found: list[Finding]) -> Finding | None:
    """The worst of those that could tell; none could: the first."""
    told = [one for one in found if one.outcome.conclusive]
    order = (Outcome.CRITICAL, Outcome.WARNING, Outcome.OK)
    return min(told, key=lambda one: order.index(one.outcome), default=found[0] if found else None)


def _findings(
    loaded: ResolvedPlaybook, setup: RunContext, collected: Collected, dialects: Dialects
) -> tuple[Finding, ...]:
    known = collected.known()
    finder = Finder(setup, collected.answers, known, dialects)
    found = (finder.finding(one) for one in collected.planned)
    made = {one.check: one for one in related(found, collected.answers, known, setup.calls)}
    if setup.options.verify:
        return tuple(made.values())
    made = separating(loaded.playbook, made, setup.window)
    return tuple(
        made.get(check.id) or finder.skipped(loaded, step, check)
        for step, check in loaded.playbook.checks()
    )
