"""A live run: open the backends, run, report, record."""

import os
from dataclasses import replace

from troubleshoot import __version__
from troubleshoot.backends.live import open_backends
from troubleshoot.backends.recording.bundle import write_bundle
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
from troubleshoot.model.bundle import Bundle, RunContext
from troubleshoot.model.exits import Exit


def diagnose(prepared: Prepared, world: World) -> Exit:
    """Raises UsageError, and KeyboardInterrupt after what was recorded so far is kept."""
    setup = setup_of(prepared, world)
    redactor = Redactor(os.urandom(16))
    stores = wanted(prepared.loaded, setup).stores(prepared.loaded)

    def keep(collector: Collector, *, done: bool) -> None:
        if prepared.record:
            bundle = replace(_bundle(prepared, setup, collector, world), complete=done)
            write_bundle(prepared.record, bundle, redactor)
            answers = f"{len(bundle.recorded)} answers"
            told(prepared.record, answers, *([] if done else ["as far as it came"]))

    log = RunLog.of(prepared.options, world, dict(setup.stores))
    backends = open_backends(prepared.environment, world.environ, redactor, stores)
    log.redact = redactor.aside().text
    log.decided(decisions(prepared, setup))
    with progress(world, quiet=prepared.options.verbose) as show, interrupts_raised():

        def heard(one: Heard) -> None:
            show(one)
            log.heard(one)

        collector = Collector(
            backends, world.monotonic, prepared.deadline, heard, lambda: redactor.counts
        )
        try:
            report = run(prepared.loaded, setup, collector, dialects())
        except KeyboardInterrupt:
            keep(collector, done=False)
            raise
        finally:
            for backend in backends.values():
                backend.close()
        keep(collector, done=True)
    write(report, prepared.outputs, world, explain=prepared.options.explain)
    return report.exit_code


def setup_of(prepared: Prepared, world: World) -> RunContext:
    environment = prepared.environment
    return RunContext(
        environment=prepared.environment_name,
        window=prepared.window,
        timezone=world.timezone(prepared.window.at),
        stores=tuple((key.value, one.url.rstrip("/")) for key, one in environment.backends.items()),
        urls=tuple((key, url.rstrip("/")) for key, url in sorted(environment.pages.items())),
        options=prepared.options,
        calls=tuple(
            (caller, callee)
            for caller, callees in sorted(environment.calls.items())
            for callee in callees
        ),
        notices=prepared.notices,
        absent=prepared.absent,
    )


def _bundle(prepared: Prepared, setup: RunContext, collector: Collector, world: World) -> Bundle:
    loaded = prepared.loaded
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
