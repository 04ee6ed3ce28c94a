"""A recorded run once more: the same report, without a network."""

from dataclasses import replace

from troubleshoot.backends.replayer import replay_backends
from troubleshoot.cli.choice import one_of
from troubleshoot.cli.outputs import Output, write
from troubleshoot.cli.world import World
from troubleshoot.engine.collect import Collector
from troubleshoot.engine.run import run
from troubleshoot.load.parameters import Given
from troubleshoot.load.playbooks import Library, assemble
from troubleshoot.model.bundle import Bundle
from troubleshoot.model.exits import Exit
from troubleshoot.model.fail_on import FAIL_ON
from troubleshoot.model.loaded import Loaded, QueryFile
from troubleshoot.model.playbook import Value
from troubleshoot.model.report import Report

ENOUGH = 600.0  # seconds; nothing waits in a replay


def replayed(
    bundle: Bundle, outputs: tuple[Output, ...], world: World, *, explain: bool, fail_on: str
) -> Exit:
    """``fail_on`` '' is that of the recorded run."""
    if fail_on:
        one_of("--fail-on", fail_on, FAIL_ON)
    report = report_of(bundle, world, fail_on)
    write(report, outputs, world, explain=explain)
    return report.exit_code


def report_of(bundle: Bundle, world: World, fail_on: str) -> Report:
    collector = Collector(
        replay_backends(bundle), world.monotonic, ENOUGH, lambda _done, _all: None,
        lambda: bundle.redactions,
    )  # fmt: skip
    setup = replace(bundle.setup, fail_on=fail_on or bundle.setup.fail_on)
    return run(_loaded(bundle), setup, collector, bundle.program)


def _loaded(bundle: Bundle) -> Loaded:
    queries = {query.name: query for query in bundle.queries}

    def find(name: str) -> QueryFile | str:
        return queries.get(name) or f"the query {name!r} is not in this bundle"

    settings = bundle.settings
    given = Given(
        {one.name: one.value for one in settings if one.source == "environment"},
        {one.name: _text(one.value) for one in settings if one.source == "--set"},
    )
    words = tuple(one for one in bundle.queries if one.name.startswith("vocabulary/"))
    said = tuple(one for one in bundle.queries if one.name.startswith("messages/"))
    library = Library(find, lambda: words, lambda: said)
    return assemble(bundle.text, bundle.playbook, library, bundle.setup.window, given)


def _text(value: Value) -> str:
    if isinstance(value, tuple):
        return ",".join(value)
    return str(value).lower() if isinstance(value, bool) else str(value)
