"""The report of a run, put together from what was judged, ranked and concluded."""

from troubleshoot.engine.collect.answers import Answers
from troubleshoot.engine.collected import Collected
from troubleshoot.engine.judge.findings import query
from troubleshoot.engine.plan.conventions import untaught
from troubleshoot.engine.plan.planned import Planned
from troubleshoot.engine.rank.actions import actions
from troubleshoot.engine.rank.case import Case
from troubleshoot.engine.rank.conclusion import Verdicts
from troubleshoot.engine.rank.gaps import apart, gaps
from troubleshoot.engine.topology.service_names import declared
from troubleshoot.engine.topology.unheard_services import heard, unheard
from troubleshoot.model.bundle import RunContext
from troubleshoot.model.diagnosis import Diagnosis
from troubleshoot.model.playbook import Playbook
from troubleshoot.model.report import AsWritten, FollowUp, Report, StoreStatus, Timing
from troubleshoot.model.resolved_playbook import ResolvedPlaybook
from troubleshoot.model.signal import Logs, Metrics, ProblemKind, Signal
from troubleshoot.model.store import Store


def report(  # noqa: PLR0913
    loaded: ResolvedPlaybook,
    setup: RunContext,
    collected: Collected,
    case: Case,
    verdict: Verdicts,
    *,
    program: str,
) -> Report:
    """``program`` is the version of the program that asked."""
    playbook, diagnoses = loaded.playbook, verdict.diagnoses
    planned, answers = collected.planned, collected.answers
    findings = tuple(case.findings.values())
    return Report(
        version=program,
        playbook=playbook.playbook,
        title=playbook.title,
        summary=playbook.summary,
        environment=setup.environment,
        window=setup.window,
        timezone=setup.timezone,
        parameters=_parameters(loaded),
        conclusion=verdict.conclusion,
        complete=verdict.complete,
        headline=verdict.headline,
        fail_on=setup.options.fail_on,
        exit_code=verdict.exit_code,
        symptom=case.symptom,
        findings=findings,
        diagnoses=diagnoses,
        follow_ups=_follow_ups(playbook, diagnoses),
        verifications=verdict.verifications,
        stores=_stores(setup, answers),
        as_written=_written(planned, answers, setup),
        redactions=collected.redactions,
        timing=_timing(planned, answers, collected.elapsed),
        gaps=gaps(case, diagnoses),
        not_made=apart(case, diagnoses),
        teach=untaught(planned, setup.window),
        actions=actions(case, playbook.remedies, diagnoses, declared(findings, collected.known())),
        notices=(*setup.notices, *unheard(playbook, loaded.file, heard(findings, answers))),
    )


def _follow_ups(playbook: Playbook, diagnoses: tuple[Diagnosis, ...]) -> tuple[FollowUp, ...]:
    """What would have prevented the causes that stand, in the order of the playbook."""
    standing = [one for one in diagnoses if one.verdict.stands]
    found = []
    for name, rule in playbook.follow_ups.items():
        prevents = tuple(one.id for one in standing if name in one.prevented_by)
        if prevents:
            found.append(FollowUp(name, rule.title, rule.guide, rule.kind, rule.snippet, prevents))
    return tuple(found)


def _parameters(loaded: ResolvedPlaybook) -> tuple[tuple[str, str, str], ...]:
    """(name, value as text, who decided it)."""

    def text(value: object) -> str:
        return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)

    return tuple((one.name, text(one.value), one.source) for one in loaded.settings)


def _stores(setup: RunContext, answers: Answers) -> tuple[StoreStatus, ...]:
    return tuple(_store(Store.named(name), url, answers) for name, url in setup.stores)


def _store(store: Store, url: str, answers: Answers) -> StoreStatus:
    found = answers.of(store)
    problems = [
        one.signal.problem
        for one in found
        if one.signal.problem and one.signal.problem.trouble is ProblemKind.ERROR
    ]
    return StoreStatus(
        store=store.value,
        url=url,
        requests=len(found),
        failed=len(problems),
        received=sum(len(one.raw.body) for one in found),
        problem=problems[0].reason if problems else "",
        hint=problems[0].hint if problems else "",
    )


def _written(
    planned: tuple[Planned, ...], answers: Answers, setup: RunContext
) -> tuple[AsWritten, ...]:
    """The guide's own queries, where they were asked for."""
    return tuple(
        AsWritten(
            one.check.id,
            query(one, written.request, setup, file=written.file),
            _said(answers.signal(written.request)),
        )
        for one in planned
        for written in one.as_written
    )


def _said(signal: Signal) -> str:
    if isinstance(signal, Metrics) and not signal.problem:
        count = len(signal.series)
        values = ", ".join(f"{one.points[-1][1]:.4g}" for one in signal.series[:3] if one.points)
        more = ", …" if count > 3 else ""
        return f"{count} series: {values}{more}" if count else "nothing"
    if isinstance(signal, Logs) and not signal.problem:
        return f"{signal.total} lines"
    return signal.problem.reason if signal.problem else "nothing"


def _timing(planned: tuple[Planned, ...], answers: Answers, total: float) -> Timing:
    """A request that several checks share bears the name of the first."""
    names: dict[str, str] = {}
    for one in planned:
        for request in one.requests():
            names.setdefault(request.key, one.check.id)
    took = [(names.get(one.request.key, one.request.ask.value), one.raw.took) for one in answers]
    return Timing(total, tuple(took))
