"""The options of a run, in one place: every playbook's command, `run` and `verify` have them."""

from collections.abc import Callable, Mapping, Sequence
from inspect import Parameter, Signature
from typing import Annotated, Any

import typer

_TIME, _WHAT, _OUT = "Time", "What to look at", "Output"


def _option(kind: Any, panel: str, text: str, *names: str, metavar: str | None = None) -> Any:
    if kind is bool:
        return Annotated[bool, typer.Option(*names, rich_help_panel=panel, help=text)]
    option = typer.Option(
        *names, rich_help_panel=panel, help=text, metavar=metavar, show_default=kind is str
    )
    return Annotated[kind, option]


_OPTIONS: dict[str, tuple[Any, Any]] = {
    "env": (
        "",
        _option(str, _WHAT, "Which environment of the configuration.", "--env", metavar="NAME"),
    ),
    "config": (
        "",
        _option(
            str,
            _WHAT,
            "Read this configuration file too; it goes over the others.",
            "--config",
            metavar="FILE",
        ),
    ),
    "at": (
        "now",
        _option(
            str,
            _TIME,
            "The moment to look at: 2025-11-07T15:30Z, -15m, Unix seconds.",
            metavar="TIME",
        ),
    ),
    "window": ("5m", _option(str, _TIME, "What every rate is over.", metavar="LENGTH")),
    "lookback": (
        "1h",
        _option(str, _TIME, "How far back charts, traces and logs go.", metavar="LENGTH"),
    ),
    "baseline": (
        "previous",
        _option(
            str,
            _TIME,
            "What normal was: previous (just before the lookback), yesterday, last-week.",
            metavar="WHEN",
        ),
    ),
    "alert": (
        "",
        _option(
            str,
            _TIME,
            "Take the time from an Alertmanager webhook payload; - is standard input.",
            metavar="FILE",
        ),
    ),
    "assign": (
        (),
        _option(
            list[str],
            _WHAT,
            "Set a parameter of the playbook (show lists them); repeatable.",
            "--set",
            metavar="NAME=VALUE",
        ),
    ),
    "steps": (
        (),
        _option(
            list[str],
            _WHAT,
            "Look at this step only (show lists them); repeatable.",
            "--step",
            metavar="ID",
        ),
    ),
    "deadline": (
        "30s",
        _option(str, _WHAT, "Report after this time with what is there.", metavar="LENGTH"),
    ),
    "output": (
        (),
        _option(
            list[str],
            _OUT,
            "terminal, json, markdown, html or junit; to a file after =; repeatable.",
            "--output",
            "-o",
            metavar="FORMAT[=FILE]",
        ),
    ),
    "explain": (
        False,
        _option(
            bool,
            _OUT,
            "Add each query, a curl that repeats it, and the sum behind each score.",
            "--explain",
        ),
    ),
    "fail_on": (
        "likely",
        _option(
            str,
            _OUT,
            "Exit with 1 from here on: confirmed, likely, possible; critical, warning "
            "(findings); never.",
            metavar="LEVEL",
        ),
    ),
    "record": (
        "",
        _option(str, _OUT, "Keep every answer, redacted, for replay.", metavar="FILE.zip"),
    ),
    "dry_run": (False, _option(bool, _OUT, "Show the requests and send none.", "--dry-run")),
}

Handler = Callable[..., None]


def with_options(
    handler: Handler,
    *,
    names: Sequence[str] = tuple(_OPTIONS),
    argument: Any = None,
    default: Any = Parameter.empty,
    defaults: Mapping[str, Any] = {},
) -> Handler:
    """``handler(**options)`` as a function whose signature typer can read.

    ``argument``: an annotated positional argument that comes first, named ``target``, with its
    default, if it has one. ``defaults`` replace those of some options.
    """

    def command(**given: Any) -> None:
        handler(**given)

    parameters = []
    if argument is not None:
        first = Parameter("target", Parameter.KEYWORD_ONLY, annotation=argument, default=default)
        parameters.append(first)
    for name in names:
        usual, annotation = _OPTIONS[name]
        value = defaults.get(name, usual)
        option = Parameter(name, Parameter.KEYWORD_ONLY, default=value, annotation=annotation)
        parameters.append(option)
    vars(command)["__signature__"] = Signature(parameters)
    command.__annotations__ = {one.name: one.annotation for one in parameters}
    return command
