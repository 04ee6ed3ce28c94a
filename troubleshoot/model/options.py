"""The options of a run: each stands here once, with its words and its default.

The command line, an environment's ``options:``, the variables and the record of a run are made
from these fields.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import PurePath
from typing import Annotated, Any, Self, get_args, get_origin, get_type_hints

from troubleshoot.model.errors import UsageError
from troubleshoot.model.fail_on import FAIL_ON
from troubleshoot.model.spelling import did_you_mean
from troubleshoot.model.times import parse_duration, parse_range
from troubleshoot.model.window import Baseline

_WHAT, _TIME, _OUT = "What to look at", "Time", "Output"


def _check_baseline(text: str) -> None:
    words = [one.value for one in Baseline if one is not Baseline.RANGE]
    if text in words:
        return
    if "/" not in text:
        hint = did_you_mean(text, words)
        raise ValueError(f"{text!r} is not known.{hint} Allowed: {', '.join(words)}, 13:00/14:00")
    parse_range(text, datetime.now(UTC))


@dataclass(frozen=True, slots=True)
class Option:
    """How a person gives it. ``flags`` are those that differ from the field's name.

    A value is one of ``choices``, or ``check`` raises ValueError for one that cannot be used.
    ``of_environment``: the configuration and a variable may give it. ``kept``: a record of the run
    has it; not what is told of files on this machine, nor what the record has in another place.
    """

    help: str
    group: str
    metavar: str = ""
    flags: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    check: Callable[[str], object] | None = None
    of_environment: bool = False
    kept: bool = True

    def refuse(self, flag: str, value: Any) -> None:
        """Raises UsageError for a value that cannot be used."""
        if self.choices and value not in self.choices:
            allowed = ", ".join(self.choices)
            raise UsageError(f"{flag}: {value!r} is not known. Allowed: {allowed}")
        try:
            _ = self.check and self.check(value)
        except ValueError as error:
            raise UsageError(f"{flag}: {error}") from None


@dataclass(frozen=True, slots=True, kw_only=True)
class RunOptions:
    """What was asked for. ``at`` is None for the moment at which the run begins.

    ``verify`` is asked for by a command of its own: the verification queries instead of all.
    Raises UsageError for a value that cannot be used.
    """

    env: Annotated[str, Option("Which environment of the configuration.", _WHAT, "NAME")] = ""
    config: Annotated[
        str,
        Option(
            "Read this configuration file too; it goes over the others.", _WHAT, "FILE", kept=False
        ),
    ] = ""
    at: Annotated[
        str | None,
        Option(
            "The moment to look at: 2025-11-07T15:30Z, -15m, Unix seconds, now. Without it: "
            "now, or the time of --alert.",
            _TIME,
            "TIME",
        ),
    ] = None
    window: Annotated[
        str,
        Option(
            "What every rate is over.", _TIME, "LENGTH", check=parse_duration, of_environment=True
        ),
    ] = "5m"
    lookback: Annotated[
        str,
        Option(
            "How far back charts, traces and logs go.",
            _TIME,
            "LENGTH",
            check=parse_duration,
            of_environment=True,
        ),
    ] = "1h"
    baseline: Annotated[
        str,
        Option(
            "What normal was: previous (just before the lookback), yesterday, last-week, or a "
            "range of time: 13:00/14:00.",
            _TIME,
            "WHEN",
            check=_check_baseline,
            of_environment=True,
        ),
    ] = Baseline.PREVIOUS.value
    alert: Annotated[
        str,
        Option(
            "Take time and parameters from an Alertmanager webhook payload; - is standard input.",
            _TIME,
            "FILE",
            kept=False,
        ),
    ] = ""
    assign: Annotated[
        tuple[str, ...],
        Option(
            "Set a parameter of the playbook (show lists them); repeatable.",
            _WHAT,
            "NAME=VALUE",
            ("--set",),
            kept=False,
        ),
    ] = ()
    steps: Annotated[
        tuple[str, ...],
        Option("Look at this step only (show lists them); repeatable.", _WHAT, "ID", ("--step",)),
    ] = ()
    deadline: Annotated[
        str,
        Option(
            "Report after this time with what is there.",
            _WHAT,
            "LENGTH",
            check=parse_duration,
            of_environment=True,
        ),
    ] = "30s"
    output: Annotated[
        tuple[str, ...],
        Option(
            "terminal, json, markdown, html or junit; to a file after =; repeatable.",
            _OUT,
            "FORMAT[=FILE]",
            ("--output", "-o"),
            kept=False,
        ),
    ] = ()
    explain: Annotated[
        bool,
        Option(
            "Add each query, a curl that repeats it, and the sum behind each score.",
            _OUT,
            kept=False,
        ),
    ] = False
    fail_on: Annotated[
        str,
        Option(
            "Exit with 1 from here on: confirmed, likely, possible; critical, warning "
            "(findings); never.",
            _OUT,
            "LEVEL",
            choices=FAIL_ON,
            of_environment=True,
        ),
    ] = "likely"
    record: Annotated[str, Option("Keep every answer, redacted, for replay.", _OUT, "FILE.zip")] = (
        ""
    )
    verbose: Annotated[
        bool,
        Option(
            "Tell of each request on standard error: what was asked, when, how long, how much.",
            _OUT,
            flags=("--verbose", "-v"),
            kept=False,
        ),
    ] = False
    log_file: Annotated[
        str,
        Option(
            "Add the same to this file, and what was decided before; never a secret.",
            _OUT,
            "FILE",
            kept=False,
        ),
    ] = ""
    dry_run: Annotated[bool, Option("Show the requests and send none.", _OUT, kept=False)] = False
    verify: bool = False

    def __post_init__(self) -> None:
        for name, option in OPTIONS.items():
            option.refuse(flag(name), getattr(self, name))

    @property
    def as_written(self) -> bool:
        """Whether the guide's own queries are asked as well."""
        return self.explain or bool(self.record)

    @property
    def kept(self) -> Self:
        """What a record of the run says of it: where it lies on this machine it does not."""
        left = (name for name, option in OPTIONS.items() if not option.kept)
        usual = {name: getattr(DEFAULTS, name) for name in left}
        return replace(self, **usual, record=PurePath(self.record).name)


def _options() -> Mapping[str, Option]:
    hints = get_type_hints(RunOptions, include_extras=True)
    annotated = {name: hint for name, hint in hints.items() if get_origin(hint) is Annotated}
    return {name: get_args(hint)[1] for name, hint in annotated.items()}


def flag(name: str) -> str:
    """``--fail-on`` of ``fail_on``."""
    flags = OPTIONS[name].flags
    return flags[0] if flags else f"--{name.replace('_', '-')}"


OPTIONS: Mapping[str, Option] = _options()
DEFAULTS = RunOptions()
