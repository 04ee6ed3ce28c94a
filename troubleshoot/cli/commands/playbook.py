"""``troubleshoot PLAYBOOK`` and ``troubleshoot run FILE``: a live run."""

from pathlib import Path
from typing import Annotated, Any

import typer

from troubleshoot.cli.help import SectionedCommand
from troubleshoot.cli.options import Handler, positional, with_options
from troubleshoot.cli.world import World
from troubleshoot.load.trust.withheld import only_withheld

_FILE = Annotated[
    Path | None,
    typer.Argument(
        metavar="FILE", help="A playbook file. Without one: the playbook that answers --alert."
    ),
]


def register(app: typer.Typer, world: World) -> None:
    for entry in world.entries:
        run = with_options(_running(world, entry.file))
        app.command(
            entry.name, cls=SectionedCommand, help=entry.title, rich_help_panel="Playbooks"
        )(run)

    for name in set(world.project.withheld) - {entry.name for entry in world.entries}:
        _refusing(app, world, name)

    def run_file(target: Path | None, **given: Any) -> None:
        _running(world, target)(**given)

    text = "Run a playbook from a file, or the one that answers an alert."
    app.command(cls=SectionedCommand, name="run", help=text)(
        with_options(run_file, arguments=[positional("target", _FILE, None)])
    )


def _running(world: World, file: Path | None) -> Handler:
    def run(**given: Any) -> None:
        from troubleshoot.cli.run.prepare import prepare

        prepared = prepare(file, given, world)
        if prepared.options.dry_run:
            from troubleshoot.cli.run.dry_run import dry_run

            raise typer.Exit(dry_run(prepared, world))
        from troubleshoot.cli.run.diagnose import diagnose

        raise typer.Exit(diagnose(prepared, world))

    return run


def _refusing(app: typer.Typer, world: World, name: str) -> None:
    """The playbook's name as a command that says why it is none."""

    def refuse() -> None:
        raise only_withheld(world.project, name)

    anything = {"ignore_unknown_options": True, "allow_extra_args": True}
    app.command(name, hidden=True, add_help_option=False, context_settings=anything)(refuse)
