"""What a run of everything sends, the guide's own queries with it: by check, file and text."""

import json
from dataclasses import dataclass

from tests.load.small import WINDOW
from troubleshoot.backends.stores.table import dialects
from troubleshoot.engine.plan.conventions import needed
from troubleshoot.engine.plan.inventory import Known
from troubleshoot.engine.plan.planned import Planned
from troubleshoot.engine.plan.planner import Planner
from troubleshoot.engine.run import wanted
from troubleshoot.model.bundle import RunContext
from troubleshoot.model.options import RunOptions
from troubleshoot.model.query import Request
from troubleshoot.model.resolved_playbook import ResolvedPlaybook
from troubleshoot.model.signal import Names


@dataclass(frozen=True, slots=True)
class Sent:
    """``text`` is the query as the server reads it."""

    check: str
    file: str
    text: str


def sent(loaded: ResolvedPlaybook, *, verify: bool = False) -> tuple[Sent, ...]:
    """In a world where every metric exists that a vocabulary needs."""
    setup = RunContext("", WINDOW, "UTC", (), (), RunOptions(explain=True, verify=verify))
    planner = Planner(loaded, WINDOW, wanted(loaded, setup), dialects())
    metrics = frozenset(needed(loaded, [check for _, check in planner.wanted.checks]))
    late = planner.late(Known(metrics=Names(metrics)))
    return tuple(one for each in (*planner.early(), *late) for one in _of(each))


def _of(planned: Planned) -> tuple[Sent, ...]:
    check = planned.check
    found = [Sent(check.id, planned.file, _text(one.main)) for one in planned.sources]
    found += [
        Sent(check.id, check.judge.samples, _text(one.among))
        for one in planned.sources
        if one.among
    ]
    found += [Sent(check.id, one.file, _text(one.request)) for one in planned.as_written]
    return tuple(found)


def _text(request: Request) -> str:
    params = dict(request.params)
    return params.get("query", "") or request.body or json.dumps(params)
