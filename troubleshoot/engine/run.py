"""One run of a playbook: plan, collect, judge, rank, conclude. The clock is passed in."""

from dataclasses import replace

from troubleshoot import __version__
from troubleshoot.engine.collect.collector import Collector
from troubleshoot.engine.collected import Collected
from troubleshoot.engine.judge.findings import Finder
from troubleshoot.engine.judge.no_data import questions
from troubleshoot.engine.judge.young_onset import young_onset
from troubleshoot.engine.plan import topk
from troubleshoot.engine.plan.planned import Selection
from troubleshoot.engine.plan.planner import Planner
from troubleshoot.engine.rank.case import Case
from troubleshoot.engine.rank.change_correlation import separating
from troubleshoot.engine.rank.conclusion import conclude
from troubleshoot.engine.rank.ranking import rank
from troubleshoot.engine.rank.reach import within_reach
from troubleshoot.engine.report import report
from troubleshoot.engine.topology.attribution import System, related
from troubleshoot.engine.topology.service_names import aliases_in
from troubleshoot.engine.verify import verdicts, verifications
from troubleshoot.model.bundle import RunContext
from troubleshoot.model.dialect import Dialects
from troubleshoot.model.finding import Evidence, Finding
from troubleshoot.model.playbook import Check, Step
from troubleshoot.model.report import Report
from troubleshoot.model.resolved_playbook import ResolvedPlaybook

SYMPTOM = "service"  # the parameter that names the service with the symptom


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
    known = Collected(early, collector.wait(until=planner.decides(exists)), exists).known()
    if probes := planner.probes(known):
        collector.ask(probes)
        exists = (*exists, *probes)
        known = Collected(early, collector.wait(until=probes), exists).known()
    late, edges = planner.late(known), planner.edges(known)
    collector.ask(edges)
    collector.ask(request for one in late for request in one.requests())
    both, so_far = (*early, *late), collector.wait()
    collector.ask(questions(both, so_far, planner.window, planner.dialects))
    collector.ask(topk.questions(both, so_far, planner.window, planner.dialects))
    answers = collector.wait()
    order = [check.id for _, check in planner.wanted.checks]
    planned = sorted((*early, *late), key=lambda one: order.index(one.check.id))
    return Collected(
        tuple(planned), answers, (*exists, *edges), collector.elapsed, collector.redactions()
    )


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
    findings = _findings(loaded, setup, collected, dialects)
    case = Case.of(loaded, findings, setup.absent, collected.planned)
    symptom = case.symptom
    if setup.options.verify or symptom is None:
        verdict = verdicts(verifications(loaded.playbook, case.findings), case.without)
    else:
        ranked = rank(case, symptom=case.troubled)
        verdict = conclude(symptom, case, ranked, setup.options.fail_on, within_reach(case))
    return report(loaded, setup, collected, case, verdict, program=program)


def _findings(
    loaded: ResolvedPlaybook, setup: RunContext, collected: Collected, dialects: Dialects
) -> tuple[Finding, ...]:
    known = collected.known()
    finder = Finder(setup, collected.answers, known, dialects)
    counted = {
        one.check.id: finder.finding(one)
        for one in collected.planned
        if one.store.evidence is Evidence.METRIC
    }
    symptom = str(loaded.variables.get(SYMPTOM, ""))
    told = (counted[one] for one in loaded.playbook.symptoms if one in counted)
    finder = replace(finder, onset=young_onset(told, setup.window, symptom))
    found = (counted.get(one.check.id) or finder.finding(one) for one in collected.planned)
    aliases = aliases_in(loaded.vocabularies)
    system = System(setup.window, setup.calls, aliases, symptom)
    named = related(found, collected.answers, known, system)
    made = {one.check: one for one in named}
    if setup.options.verify:
        return tuple(made.values())
    made = separating(loaded.playbook, made, setup.window)
    return tuple(
        made.get(check.id) or finder.skipped(loaded, step, check)
        for step, check in loaded.playbook.checks()
    )
