"""A vocabulary suggested from live stores: open them, look once, write it down."""

import os
import sys
from collections.abc import Mapping
from typing import Any

from troubleshoot.analysis.naming.service_label import CALLEES, CALLERS, USUAL
from troubleshoot.backends.live import open_backends
from troubleshoot.backends.redaction.name_places import name_places
from troubleshoot.backends.redaction.redact import Redactor
from troubleshoot.backends.stores.table import dialects
from troubleshoot.cli.interrupts import interrupts_raised
from troubleshoot.cli.run.log import RunLog
from troubleshoot.cli.run.outputs import new_file, say, told
from troubleshoot.cli.run.prepare import Prepared, prepare
from troubleshoot.cli.run.progress import progress
from troubleshoot.cli.world import World
from troubleshoot.engine.collect.collector import Collector, Heard
from troubleshoot.engine.suggest import Look, suggestion
from troubleshoot.model.errors import UsageError
from troubleshoot.model.exits import Exit
from troubleshoot.model.signal import Problem
from troubleshoot.model.store import Store
from troubleshoot.model.suggestion import Suggestion
from troubleshoot.render.sanitize import clean
from troubleshoot.render.time_format import dated
from troubleshoot.render.vocabulary import vocabulary

BY_CONVENTION = "find-culprit"  # the playbook that asks in the words of vocabularies


def suggest(given: Mapping[str, Any], output: str, world: World) -> Exit:
    """Raises UsageError before anything is sent."""
    file = new_file(output, "--output") if output else None
    prepared = prepare(world.playbook(BY_CONVENTION), given, world)
    found = _looked(prepared, world)
    if isinstance(found, Problem):
        sys.stderr.write(f"error: {clean(found.reason)}\n")
        sys.stderr.write(f"hint: {clean(found.hint)}\n" if found.hint else "")
        return Exit.BACKEND
    text = vocabulary(found, _header(prepared, found))
    if file is None:
        say(text)
        return Exit.CLEAR
    try:
        with file.open("x", encoding="utf-8") as opened:
            opened.write(text)
    except OSError as error:
        raise UsageError(f"--output: {file} cannot be written: {error.strerror}") from None
    told(file, f"{len(found.phrases)} phrases")
    return Exit.CLEAR


def _looked(prepared: Prepared, world: World) -> Suggestion | Problem:
    loaded, setup = prepared.loaded, prepared.setup
    redactor = Redactor(os.urandom(16), name_places(loaded, (*USUAL, *CALLERS, *CALLEES)))
    log = RunLog.of(setup.options, world, dict(setup.stores))
    backends = open_backends(prepared.environment, world.environ, redactor, tuple(Store))
    log.redact = redactor.aside().text
    look = Look.of(loaded, dialects(), setup.window)
    with progress(world, quiet=setup.options.verbose) as show, interrupts_raised():

        def heard(one: Heard) -> None:
            show(one)
            log.heard(one)

        collector = Collector(backends, world.monotonic, prepared.deadline, heard)
        try:
            return suggestion(look, collector)
        finally:
            for backend in backends.values():
                backend.close()


def _header(prepared: Prepared, found: Suggestion) -> dict[str, str]:
    window, services = prepared.setup.window, found.services
    shown = ", ".join(services[:12]) + (" …" if len(services) > 12 else "")
    return {
        "environment": prepared.setup.environment or "local",
        "looked at": f"{dated(window.looked)} UTC",
        "services in traces and logs": shown or "none",
    }
