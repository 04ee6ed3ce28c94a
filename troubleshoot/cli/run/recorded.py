"""A recorded run once more: the same report, without a network."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from troubleshoot.backends.recording.replayer import replay_backends
from troubleshoot.backends.stores.table import dialects
from troubleshoot.cli.run.decisions import recorded_decisions
from troubleshoot.cli.run.log import RunLog
from troubleshoot.cli.run.outputs import parse_outputs, write
from troubleshoot.cli.world import World
from troubleshoot.engine.collect.collector import Collector, Listener
from troubleshoot.engine.run import run
from troubleshoot.load.recorded import recorded_playbook
from troubleshoot.model.bundle import Bundle
from troubleshoot.model.exits import Exit
from troubleshoot.model.options import RunOptions
from troubleshoot.model.report import Report

ENOUGH = 600.0  # seconds; nothing waits in a replay


def replayed(bundle: Bundle, given: Mapping[str, Any], world: World) -> Exit:
    """``given``: options that go over those of the recorded run. Raises UsageError."""
    outputs = parse_outputs(given.get("output", ()))
    options = replace(bundle.setup.options, **given)
    log = RunLog.of(options, world, dict(bundle.setup.stores))
    log.decided(recorded_decisions(bundle, options))
    report = report_of(bundle, options, world, log.heard)
    write(report, outputs, world, explain=options.explain)
    return report.exit_code


def report_of(
    bundle: Bundle, options: RunOptions, world: World, heard: Listener = lambda _: None
) -> Report:
    collector = Collector(
        replay_backends(bundle), world.monotonic, ENOUGH, heard, lambda: bundle.redactions
    )
    setup = replace(bundle.setup, options=options)
    return run(recorded_playbook(bundle, dialects()), setup, collector, dialects(), bundle.program)
