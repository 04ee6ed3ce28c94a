"""``troubleshoot list``: which playbooks there are, and from where."""

import sys

import typer

from troubleshoot.cli.world import World


def register(app: typer.Typer, world: World) -> None:
    @app.command("list", help="List the playbooks and where each comes from.")
    def listing() -> None:
        from troubleshoot.cli.run.outputs import say, width
        from troubleshoot.cli.run.untrusted import tell_untrusted
        from troubleshoot.render import catalog

        tell_untrusted(world)
        entries = tuple(
            catalog.ListedPlaybook(one.name, one.title, one.origin, str(one.file), one.overrides)
            for one in world.entries
        )
        say(catalog.listing(entries, width(world), color=world.colour(sys.stdout)))
