"""The options of a run as typer reads them, made from the fields of ``RunOptions``."""

from collections.abc import Callable, Mapping, Sequence
from inspect import Parameter, Signature
from typing import Annotated, Any

import typer

from troubleshoot.cli.run.choice import one_of
from troubleshoot.model.options import DEFAULTS, OPTIONS, flag

Handler = Callable[..., None]


def with_options(
    handler: Handler,
    *,
    names: Sequence[str] = tuple(OPTIONS),
    arguments: Sequence[Parameter] = (),
    usual: Mapping[str, str] = {},
) -> Handler:
    """``handler(**options)`` as a function whose signature typer can read.

    The handler gets only those options that the person gave. ``arguments`` come first, by their
    place. ``usual`` says in words what some options are here when they are not given.
    """

    def command(**values: Any) -> None:
        given = {name: _frozen(values.pop(name)) for name in names}
        given = {name: value for name, value in given.items() if value not in (None, (), False)}
        for name, value in given.items():
            if OPTIONS[name].choices:
                one_of(flag(name), value, OPTIONS[name].choices)
        handler(**values, **given)

    options = (_parameter(name, usual.get(name, "")) for name in names)
    parameters = (*arguments, *options)
    vars(command)["__signature__"] = Signature(parameters)
    command.__annotations__ = {one.name: one.annotation for one in parameters}
    return command


def positional(name: str, annotation: Any, default: Any = Parameter.empty) -> Parameter:
    return Parameter(name, Parameter.KEYWORD_ONLY, annotation=annotation, default=default)


def _parameter(name: str, usual: str) -> Parameter:
    option, default = OPTIONS[name], getattr(DEFAULTS, name)
    shown = usual or (default if isinstance(default, str) else "")
    settings = typer.Option(
        *(option.flags or (flag(name),)),
        rich_help_panel=option.group,
        help=f"{option.help}  [default: {shown}]" if shown else option.help,
        metavar=option.metavar or None,
    )
    if isinstance(default, bool):
        annotation, absent = Annotated[bool, settings], False
    else:
        read = list[str] if isinstance(default, tuple) else str
        annotation, absent = Annotated[read | None, settings], None
    return positional(name, annotation, absent)


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
