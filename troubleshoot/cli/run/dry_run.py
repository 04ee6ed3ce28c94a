"""The requests a run would make, each as a command to paste."""

from troubleshoot.backends.stores.table import dialects
from troubleshoot.cli.run.decisions import decisions
from troubleshoot.cli.run.log import RunLog
from troubleshoot.cli.run.outputs import say
from troubleshoot.cli.run.prepare import Prepared
from troubleshoot.cli.world import World
from troubleshoot.engine.plan.curl import curl
from troubleshoot.engine.plan.inventory import Known
from troubleshoot.engine.plan.planner import Planner
from troubleshoot.engine.run import wanted
from troubleshoot.model.exits import Exit
from troubleshoot.model.query import Request
from troubleshoot.render.sanitize import clean


def dry_run(prepared: Prepared, world: World) -> Exit:
    """Log queries are shown as for indices that have the first of each list of fields."""
    setup = prepared.setup
    RunLog.of(prepared.options, world).decided(decisions(prepared))
    planner = Planner(prepared.loaded, setup.window, wanted(prepared.loaded, setup), dialects())
    early = planner.early()
    lines: dict[str, tuple[str, Request]] = {}
    for request in planner.exists(early):
        lines.setdefault(request.key, (f"which {request.ask.value} exist", request))
    for one in (*early, *planner.late(Known())):
        for request in one.requests():
            lines.setdefault(request.key, (one.check.title, request))
    bases = dict(setup.stores)
    for title, request in lines.values():
        # whole and harmless as a script: a title cannot leave its comment
        say(f"# {clean(title)}\n")
        if request.store not in bases:
            say(f"# not sent: this environment has no {request.store}\n")
        else:
            say(f"{clean(curl(request, bases[request.store]), several_lines=True)}\n")
    say(f"# {len(lines)} requests, none of them sent\n")
    return Exit.CLEAR
