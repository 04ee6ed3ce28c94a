"""A live run: open the backends, run, report, record."""

import os
from dataclasses import replace

from troubleshoot import __version__
from troubleshoot.backends.live import open_backends
from troubleshoot.backends.recording.bundle import write_bundle
from troubleshoot.backends.redaction.name_places import name_places
from troubleshoot.backends.redaction.redact import Redactor
from troubleshoot.backends.stores.table import dialects
from troubleshoot.cli.interrupts import interrupts_raised
from troubleshoot.cli.run.decisions import decisions
from troubleshoot.cli.run.log import RunLog
from troubleshoot.cli.run.outputs import told, write
from troubleshoot.cli.run.prepare import Prepared
from troubleshoot.cli.run.progress import progress
from troubleshoot.cli.world import World
from troubleshoot.engine.collect.collector import Collector, Heard
from troubleshoot.engine.run import run, wanted
from troubleshoot.model.bundle import Bundle
from troubleshoot.model.exits import Exit


def diagnose(prepared: Prepared, world: World) -> Exit:
    """Raises UsageError, and KeyboardInterrupt after what was recorded so far is kept."""
    loaded, setup = prepared.loaded, prepared.setup
    redactor = Redactor(os.urandom(16), name_places(loaded))

    def keep(collector: Collector, *, done: bool) -> None:
        if prepared.record:
            bundle = replace(_bundle(prepared, collector, world), complete=done)
            write_bundle(prepared.record, bundle, redactor)
            answers = f"{len(bundle.recorded)} answers"
            told(prepared.record, answers, *([] if done else ["as far as it came"]))

    stores = wanted(loaded, setup).stores(loaded)
    log = RunLog.of(setup.options, world, dict(setup.stores))
    backends = open_backends(prepared.environment, world.environ, redactor, stores)
    log.redact = redactor.aside().text
    log.decided(decisions(prepared))
    with progress(world, quiet=setup.options.verbose) as show, interrupts_raised():

        def heard(one: Heard) -> None:
            show(one)
            log.heard(one)

        collector = Collector(
            backends, world.monotonic, prepared.deadline, heard, lambda: redactor.counts
        )
        try:
            report = run(loaded, setup, collector, dialects())
        except KeyboardInterrupt:
            keep(collector, done=False)
            raise
        finally:
            for backend in backends.values():
                backend.close()
        keep(collector, done=True)
    write(report, prepared.outputs, world, explain=setup.options.explain)
    return report.exit_code


def _bundle(prepared: Prepared, collector: Collector, world: World) -> Bundle:
    loaded, setup = prepared.loaded, prepared.setup
    return Bundle(
        program=__version__,
        recorded_at=world.now(),
        playbook=os.path.basename(loaded.file),
        text=loaded.text,
        queries=tuple(replace(one, file=one.name) for one in loaded.queries),
        settings=loaded.settings,
        setup=replace(setup, options=setup.options.kept),
        recorded=collector.recorded(),
        redactions=collector.redactions(),
    )
