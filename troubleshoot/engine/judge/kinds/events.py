"""What was changed within the lookback, as somebody wrote it down."""

from troubleshoot.analysis.logs.events import Changed, changes
from troubleshoot.analysis.metrics.baseline import instant
from troubleshoot.engine.judge.judged import BADNESS, Judged, JudgeInput, partial, unable, worst
from troubleshoot.model.dialect import FAMILIAR
from troubleshoot.model.facts import ChangeFacts
from troubleshoot.model.finding import Item, Outcome
from troubleshoot.model.judges.events import Events
from troubleshoot.model.signal import Logs, Problem, ProblemKind

SHOWN = 12  # changes; the rest is counted
WORDS = {
    "deployment": "deployed",
    "rollback": "rolled back",
    "config": "configured anew",
    "scaling": "scaled",
    "flag": "switched by a feature flag",
    "restart": "restarted",
}


def judge(rule: Events, sight: JudgeInput) -> Judged:  # noqa: ARG001 - there is nothing to set
    request = sight.planned.main
    problem = sight.answers.problem(request)
    logs = sight.answers.logs(request)
    if problem is None and not logs.total and not _familiar(logs):
        problem = Problem(ProblemKind.NO_DATA, "no index here has events that could be read")
    if problem and problem.trouble is ProblemKind.NO_DATA:
        return _nowhere(sight)
    if problem and problem.trouble is not ProblemKind.PARTIAL:
        return unable(problem)
    found = changes(logs.lines, sight.planned.events)
    items = tuple(sorted(map(_item, found), key=lambda item: BADNESS.index(item.outcome)))
    outcome, reason, hint = worst(items), "", ""
    if problem := partial(sight, request):
        outcome, reason, hint = Outcome.PARTIAL, problem.reason, problem.hint
    said = "a change within the lookback; of restarts, more than one"
    return Judged(
        outcome, items[:SHOWN], "count", said, _summary(items), reason, hint, _notes(logs, items)
    )


def _familiar(logs: Logs) -> int:
    return sum(count for name, _, count in logs.counts if name == FAMILIAR)


def _nowhere(sight: JudgeInput) -> Judged:
    """Not every system writes its changes down; the playbook says whether that is a gap."""
    looked = ", ".join(dict.fromkeys(one.index for one in sight.planned.events))
    said = f"no index of events here; looked for {looked}"
    hint = "a vocabulary tells where they are: a file in queries/vocabulary/"
    if sight.planned.check.absent == "zero":
        return Judged(Outcome.OK, summary="nothing is written down here", notes=(said, hint))
    return unable(Problem(ProblemKind.NO_DATA, said, hint))


def _item(one: Changed) -> Item:
    """One restart alone is everyday: a node is drained, a pod is moved."""
    calm = one.kind == "restart" and one.times == 1
    who = " ".join(part for part in (one.service or "somebody", one.version) if part)
    often = f", {one.times} times" if one.times > 1 else ""
    return Item(
        (),
        Outcome.OK if calm else Outcome.WARNING,
        since=instant(one.time),
        subject=f"{who} {WORDS[one.kind]}{often}",
        note=one.message,
        changed=True,
        facts=ChangeFacts(one.kind, one.service, one.version),
    )


def _summary(items: tuple[Item, ...]) -> str:
    if not items:
        return "no change is written down"
    many = f"{len(items)} changes" if len(items) > 1 else "1 change"
    return f"{many}: {', '.join(item.subject for item in items[:2])}" + ", …" * (len(items) > 2)


def _notes(logs: Logs, items: tuple[Item, ...]) -> tuple[str, ...]:
    notes = []
    if len(logs.lines) < logs.total:
        notes.append(f"the newest {len(logs.lines)} of {logs.total} events were read")
    if len(items) > SHOWN:
        notes.append(f"{len(items) - SHOWN} more changes are not listed")
    return tuple(notes)
