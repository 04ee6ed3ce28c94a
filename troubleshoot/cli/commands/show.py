"""``troubleshoot show PLAYBOOK [CHECK]``: what a playbook asks, and what it can tell."""

import sys
from typing import Annotated, Any

import typer

from troubleshoot.cli.help import SectionedCommand
from troubleshoot.cli.options import positional, with_options
from troubleshoot.cli.world import World

_PLAYBOOK = Annotated[str, typer.Argument(metavar="PLAYBOOK", help="Its name, or a file.")]
_CHECK = Annotated[
    str, typer.Argument(metavar="CHECK", help="One check, with the words of a where about it.")
]


def register(app: typer.Typer, world: World) -> None:
    def show(target: str, check: str, **given: Any) -> None:
        from troubleshoot.cli.run.choice import one_of
        from troubleshoot.cli.run.outputs import say, width
        from troubleshoot.cli.run.prepare import prepare
        from troubleshoot.render import catalog
        from troubleshoot.render.check import show_check

        loaded = prepare(world.playbook(target), given, world).loaded
        columns, color = width(world), world.colour(sys.stdout)
        if check:
            one_of("CHECK", check, [one.id for _, one in loaded.playbook.checks()])
            say(show_check(loaded, check, columns, color=color))
        else:
            say(catalog.show(loaded, columns, color=color))

    text = "Show a playbook: steps, checks, causes, remedies, and every parameter's value."
    arguments = [positional("target", _PLAYBOOK), positional("check", _CHECK, "")]
    app.command(cls=SectionedCommand, name="show", help=text)(
        with_options(show, names=("env", "config", "assign"), arguments=arguments)
    )
