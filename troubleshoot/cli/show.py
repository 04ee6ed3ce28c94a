"""``troubleshoot show PLAYBOOK``: what a playbook asks, and what it can tell."""

import sys
from typing import Annotated, Any

import typer

from troubleshoot.cli.help import SectionedCommand
from troubleshoot.cli.options import with_options
from troubleshoot.cli.world import World

_PLAYBOOK = Annotated[str, typer.Argument(metavar="PLAYBOOK", help="Its name, or a file.")]


def register(app: typer.Typer, world: World) -> None:
    def show(target: str, **given: Any) -> None:
        from troubleshoot.cli.outputs import say, width
        from troubleshoot.cli.prepare import prepare
        from troubleshoot.render import catalog

        prepared = prepare(world.playbook(target), given, world)
        say(catalog.show(prepared.loaded, width(world), color=world.colour(sys.stdout)))

    text = "Show a playbook: steps, checks, causes, remedies, and every parameter's value."
    app.command(cls=SectionedCommand, name="show", help=text)(
        with_options(show, names=("env", "config", "assign"), argument=_PLAYBOOK)
    )
