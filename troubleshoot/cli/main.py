"""The command line: which commands there are. Every playbook is one of them."""

import gc
import os
import sys
from contextlib import suppress
from typing import Annotated, NoReturn

import typer

from troubleshoot import __version__
from troubleshoot.cli.boundary import Boundary, refused
from troubleshoot.cli.commands import (
    config,
    demo,
    listing,
    playbook,
    replay,
    show,
    trust,
    verify,
    vocabulary,
)
from troubleshoot.cli.world import World, real_world
from troubleshoot.model.errors import TroubleshootError
from troubleshoot.model.exits import EXIT_MEANING, Exit
from troubleshoot.model.store import Store

*_OTHERS, _LAST = (store.product for store in Store)
_HELP = (
    "Diagnose an incident by a written guide: ranked causes with the evidence for and against each,"
    f" from {', '.join(_OTHERS)} and {_LAST}. It only reads."
)
_EXITS = "\n".join(f"{code.value:>5}  {EXIT_MEANING[code]}" for code in Exit)


def main() -> None:
    gc.disable()  # a run lasts seconds and makes no circles; looking for them took a tenth of it
    # pydantic would look through all installed packages for plugins
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    try:
        build(real_world())(prog_name="troubleshoot")
    except TroubleshootError as error:  # a folder that TROUBLESHOOT_PLAYBOOKS names is missing
        _leave(refused("usage", error, sys.argv[1:]))
    except SystemExit as end:
        _leave(end.code)


def _leave(code: object) -> NoReturn:
    """At once: threads may still wait for servers, and tidying up memory takes 70 ms."""
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError):  # the reader has gone
            stream.flush()
    os._exit(code if isinstance(code, int) else int(code is not None))


def build(world: World) -> typer.Typer:
    app = typer.Typer(
        cls=Boundary,
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,  # importing rich for it would double the time of --help
        help=_HELP,
        epilog=f"\b\nExit codes:\n{_EXITS}",
        context_settings={"help_option_names": ["--help", "-h"]},
    )
    app.callback()(_root)
    for command in (playbook, verify, replay, demo, listing, show, config, trust, vocabulary):
        command.register(app, world)
    return app


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"troubleshoot {__version__}")
        raise typer.Exit


def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    pass
