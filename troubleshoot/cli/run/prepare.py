"""From arguments to everything a run needs; whatever is wrong with them is said here."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from troubleshoot.cli.run.choice import one_of
from troubleshoot.cli.run.notices import tell
from troubleshoot.cli.run.outputs import Output, new_file, parse_outputs
from troubleshoot.cli.run.untrusted import tell_untrusted
from troubleshoot.cli.world import World
from troubleshoot.load.settings.config import Chosen
from troubleshoot.model.bundle import RunContext
from troubleshoot.model.errors import UsageError
from troubleshoot.model.notice import Notice
from troubleshoot.model.options import OPTIONS, RunOptions
from troubleshoot.model.resolved_playbook import ResolvedPlaybook, Setting
from troubleshoot.model.settings import Environment
from troubleshoot.model.times import parse_duration, parse_instant, parse_range
from troubleshoot.model.window import Baseline, Interval, Window

_AHEAD = timedelta(minutes=5)  # what clocks may differ by


@dataclass(frozen=True, slots=True)
class Prepared:
    """All that a run needs, made of what was given.

    ``decided`` says who gave each of the options; ``sources`` are the files and variables of the
    configuration; ``record`` is None without ``--record``.
    """

    loaded: ResolvedPlaybook
    setup: RunContext
    environment: Environment
    outputs: tuple[Output, ...]
    record: Path | None
    decided: tuple[Setting, ...]
    sources: tuple[str, ...]

    @property
    def options(self) -> RunOptions:
        """Those in force."""
        return self.setup.options

    @property
    def deadline(self) -> float:
        """In seconds."""
        return parse_duration(self.options.deadline).total_seconds()


def prepare(playbook: Path | None, given: Mapping[str, Any], world: World) -> Prepared:
    """``given`` are the options on the command line; ``playbook`` None: that of the alert.

    Raises UsageError before any request is sent; says what should be known.
    """
    from troubleshoot.backends.stores.table import dialects
    from troubleshoot.load.assets import query_folders
    from troubleshoot.load.playbook.loader import load_playbook
    from troubleshoot.load.playbook.overridden import overridden
    from troubleshoot.load.playbook.parameters import Given, parse_assignments
    from troubleshoot.load.settings.config import choose, config_files
    from troubleshoot.load.settings.unknown_names import unread_parameters

    asked = RunOptions(**given)
    outputs = parse_outputs(asked.output)
    record = new_file(asked.record, "--record") if asked.record else None
    ignored = tell_untrusted(world, asked.config, playbook)
    files = config_files(world.environ, world.trusted, world.config_dir, asked.config)
    chosen = choose(files, world.environ, asked.env)
    options = RunOptions(**{**{one.name: one.value for one in chosen.options}, **given})
    decided = tuple(_decided(options, given, chosen.options))
    window, file = window_of(options, world.now()), playbook
    notices: tuple[Notice, ...] = ()
    labels: dict[str, str] = {}
    if options.alert:
        from troubleshoot.cli.run.alert import answered

        found = answered(options.alert, file, world)
        window = window if options.at else found.alert.window(window, world.now())
        file, notices, labels = found.playbook, found.notices, dict(found.alert.labels)
    if file is None:
        raise UsageError("which playbook? give a FILE, or an alert with --alert")
    values = Given(chosen.parameters, parse_assignments(options.assign), labels)
    folders = query_folders(file, world.places)
    loaded = load_playbook(file, folders, window, values, dialects())
    known = [step.id for step in loaded.playbook.steps]
    for step in options.steps:
        one_of("--step", step, known)
    others = (one.file for one in world.entries)
    notices = (
        *notices,
        *chosen.notices,
        *unread_parameters(chosen.layers, chosen.name, loaded.variables, others),
        *overridden(loaded, world.cwd),
        *loaded.notices,
    )
    tell(notices)
    setup = _context(chosen, options, window, world.timezone(window.at), (*ignored, *notices))
    return Prepared(loaded, setup, chosen.environment, outputs, record, decided, chosen.sources)


def _context(
    chosen: Chosen, options: RunOptions, window: Window, timezone: str, notices: tuple[Notice, ...]
) -> RunContext:
    environment = chosen.environment
    return RunContext(
        environment=chosen.name,
        window=window,
        timezone=timezone,
        stores=tuple((key.value, one.url.rstrip("/")) for key, one in environment.backends.items()),
        urls=tuple((key, url.rstrip("/")) for key, url in sorted(environment.pages.items())),
        options=options,
        calls=tuple(
            (caller, callee)
            for caller, callees in sorted(environment.calls.items())
            for callee in callees
        ),
        notices=notices,
        absent=chosen.absent,
    )


def _decided(
    options: RunOptions, given: Mapping[str, Any], configured: tuple[Setting, ...]
) -> Iterator[Setting]:
    places = {one.name: one.source for one in configured} | dict.fromkeys(given, "command line")
    for name in OPTIONS:
        yield Setting(name, getattr(options, name), places.get(name, "default"))


def window_of(options: RunOptions, now: datetime) -> Window:
    """Raises UsageError for a time that is none, and for a lookback within the window."""
    try:
        at = parse_instant(options.at, now) if options.at is not None else now
    except ValueError as error:
        raise UsageError(f"--at: {error}") from None
    if at > now + _AHEAD:
        raise UsageError(f"--at: {options.at} is in the future: it is {now:%Y-%m-%d %H:%M} UTC")
    rate, lookback = parse_duration(options.window), parse_duration(options.lookback)
    if "/" in options.baseline:
        named = Interval(*parse_range(options.baseline, at - lookback))
        window = Window(at, rate, lookback, Baseline.RANGE, named)
    else:
        window = Window(at, rate, lookback, Baseline(options.baseline))
    if window.lookback < window.rate:
        raise UsageError(f"--lookback {options.lookback} is shorter than --window {options.window}")
    return window
