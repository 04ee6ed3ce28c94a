"""``troubleshoot config show``: the settings in force, and where they come from."""

import sys
from typing import Annotated

import typer

from troubleshoot.cli.run.notices import tell
from troubleshoot.cli.world import World


def register(app: typer.Typer, world: World) -> None:
    group = typer.Typer(help="The configuration.", no_args_is_help=True)
    app.add_typer(group, name="config")
    group.callback()(lambda: None)

    @group.command("show", help="Show the environment in force; secrets only by their source.")
    def show(
        env: Annotated[str, typer.Option("--env", metavar="NAME", help="Which environment.")] = "",
        config: Annotated[
            str, typer.Option("--config", metavar="FILE", help="Read this file too.")
        ] = "",
    ) -> None:
        import yaml

        from troubleshoot.cli.run.outputs import say
        from troubleshoot.cli.run.untrusted import tell_untrusted
        from troubleshoot.load.settings.config import choose, config_files
        from troubleshoot.load.settings.unknown_names import unread_parameters
        from troubleshoot.render.sanitize import clean

        tell_untrusted(world, config)
        files = config_files(world.environ, world.trusted, world.config_dir, config)
        chosen = choose(files, world.environ, env)
        playbooks = (one.file for one in world.entries)
        unread = unread_parameters(chosen.layers, chosen.name, (), playbooks)
        tell(notices := (*chosen.notices, *unread))
        data = chosen.environment.model_dump(mode="json", exclude_defaults=True)
        data["options"] = chosen.environment.options.model_dump()
        sources = ", ".join(chosen.sources) or "built in: servers on this machine"
        text = yaml.safe_dump(
            {chosen.name: data}, sort_keys=False, allow_unicode=True, width=sys.maxsize
        )
        given = "".join(f"# {one.name}: from {one.source}\n" for one in chosen.options)
        warnings = "".join(f"# warning: {clean(str(one))}\n" for one in notices)
        say(f"# from: {sources}\n{given}{warnings}{text}")
