"""From arguments to everything a run needs; whatever is wrong with them is said here."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from troubleshoot.cli.choice import one_of
from troubleshoot.cli.notices import tell
from troubleshoot.cli.outputs import Output, check_writable, parse_outputs
from troubleshoot.cli.untrusted import tell_untrusted
from troubleshoot.cli.world import World
from troubleshoot.model.errors import UsageError
from troubleshoot.model.loaded import Loaded
from troubleshoot.model.notice import Notice
from troubleshoot.model.settings import Environment
from troubleshoot.model.times import parse_duration, parse_instant
from troubleshoot.model.window import Baseline, Window

_AHEAD = timedelta(minutes=5)  # what clocks may differ by


@dataclass(frozen=True, slots=True)
class Arguments:
    """As given on the command line; '' where an option was not given."""

    playbook: Path | None  # None: the one that answers the alert
    env: str = ""
    at: str = "now"
    window: str = "5m"
    lookback: str = "1h"
    baseline: str = "previous"
    assign: Sequence[str] = ()
    steps: Sequence[str] = ()
    alert: str = ""
    deadline: str = "30s"
    output: Sequence[str] = ()
    explain: bool = False
    fail_on: str = "likely"
    record: str = ""
    verify: bool = False
    config: str = ""


@dataclass(frozen=True, slots=True)
class Prepared:
    """``deadline`` in seconds; ``record`` is None without ``--record``."""

    loaded: Loaded
    window: Window
    environment_name: str
    environment: Environment
    outputs: tuple[Output, ...]
    deadline: float
    record: Path | None
    notices: tuple[Notice, ...] = ()


def prepare(arguments: Arguments, world: World) -> Prepared:
    """Raises UsageError before any request is sent; says what should be known."""
    from troubleshoot.load.assets import query_folders
    from troubleshoot.load.config import choose, config_files
    from troubleshoot.load.overridden import overridden
    from troubleshoot.load.parameters import Given, parse_assignments
    from troubleshoot.load.playbooks import load_playbook
    from troubleshoot.model.fail_on import FAIL_ON

    outputs = parse_outputs(arguments.output)
    one_of("--fail-on", arguments.fail_on, FAIL_ON)
    record = Path(arguments.record).expanduser() if arguments.record else None
    if record:
        check_writable(record, "--record")
    deadline = _duration("--deadline", arguments.deadline).total_seconds()
    ignored = tell_untrusted(world, arguments.config, arguments.playbook)
    window, file = window_of(arguments, world), arguments.playbook
    if arguments.alert:
        from troubleshoot.cli.alerted import notification, playbook_for

        noted = notification(arguments.alert, world)
        window = window if arguments.at != "now" else noted.window(window, world.now())
        file = file or playbook_for(noted.name, world)
    if file is None:
        raise UsageError("which playbook? give a FILE, or an alert with --alert")
    files = config_files(world.environ, world.trusted, world.config_dir, arguments.config)
    chosen = choose(files, world.environ, arguments.env)
    given = Given(chosen.parameters, parse_assignments(arguments.assign))
    folders = query_folders(file, world.places)
    loaded = load_playbook(file, folders, window, given)
    known = [step.id for step in loaded.playbook.steps]
    for step in arguments.steps:
        one_of("--step", step, known)
    notices = (*overridden(loaded, world.cwd), *loaded.notices)
    tell(notices)
    notices = (*ignored, *notices)
    return Prepared(
        loaded, window, chosen.name, chosen.environment, outputs, deadline, record, notices
    )


def window_of(arguments: Arguments, world: World) -> Window:
    one_of("--baseline", arguments.baseline, [one.value for one in Baseline])
    now = world.now()
    try:
        at = parse_instant(arguments.at, now)
    except ValueError as error:
        raise UsageError(f"--at: {error}") from None
    if at > now + _AHEAD:
        raise UsageError(f"--at: {arguments.at} is in the future: it is {now:%Y-%m-%d %H:%M} UTC")
    window = Window(
        at,
        _duration("--window", arguments.window),
        _duration("--lookback", arguments.lookback),
        Baseline(arguments.baseline),
    )
    if window.lookback < window.rate:
        raise UsageError(
            f"--lookback {arguments.lookback} is shorter than --window {arguments.window}"
        )
    return window


def _duration(option: str, text: str) -> timedelta:
    try:
        return parse_duration(text)
    except ValueError as error:
        raise UsageError(f"{option}: {error}") from None
