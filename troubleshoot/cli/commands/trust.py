"""``troubleshoot trust DIR``: its files are used from now on, until one of them changes."""

import os
from pathlib import Path
from typing import Annotated

import typer

from troubleshoot.cli.world import World
from troubleshoot.load.trust.project import Project, project
from troubleshoot.load.trust.trusted import own_folders, read_trusted, write_trusted
from troubleshoot.load.trust.withheld import how_to_trust
from troubleshoot.model.errors import UsageError

_DIR = typer.Argument(metavar="DIR", help="A folder with troubleshoot.yaml, playbooks or queries.")


def register(app: typer.Typer, world: World) -> None:
    @app.command(
        "trust",
        help="Use what lies in a folder when started there, until one of its files changes. "
        "Says what its configuration would run, read and talk to; runs nothing.",
    )
    def trust(
        folder: Annotated[Path | None, _DIR] = None,
        listed: Annotated[bool, typer.Option("--list", help="List the trusted folders.")] = False,
    ) -> None:
        if listed:
            _list(world)
        elif folder is None:
            raise UsageError("which folder? this one is: troubleshoot trust .")
        else:
            _trust(_project(folder, world), world)

    @app.command("untrust", help="Take the trust in a folder back.")
    def untrust(folder: Annotated[Path, _DIR]) -> None:
        from troubleshoot.cli.run.outputs import say

        known, real = dict(read_trusted(world.config_dir)), os.path.realpath(folder)
        if known.pop(real, None) is None:
            raise UsageError(f"{real} is not trusted", "troubleshoot trust --list shows which are")
        write_trusted(world.config_dir, known)
        say(f"{real} is not trusted any more\n")


def _project(folder: Path, world: World) -> Project:
    if not os.path.isdir(folder):
        raise UsageError(f"there is no folder {folder}")
    known = read_trusted(world.config_dir).get(os.path.realpath(folder))
    return project(folder, own_folders(world.config_dir), known)


def _trust(found: Project, world: World) -> None:
    from troubleshoot.cli.run.outputs import say
    from troubleshoot.load.trust.grant import grant
    from troubleshoot.render.sanitize import clean

    granted = grant(found)
    lines = [str(found.folder)]
    lines += [f"  uses {name}" for name in found.files]
    lines += [f"  {use}  ({use.where})" for use in granted.uses]
    say("".join(f"{clean(line)}\n" for line in lines))
    known = read_trusted(world.config_dir)
    write_trusted(world.config_dir, {**known, str(found.folder): granted.fingerprint})
    command = how_to_trust(found).replace(" trust ", " untrust ", 1)
    say(f"trusted until one of these files changes; to take it back: {command}\n")


def _list(world: World) -> None:
    from troubleshoot.cli.run.outputs import say
    from troubleshoot.render.sanitize import clean

    for folder in read_trusted(world.config_dir):
        found = _project(Path(folder), world) if os.path.isdir(folder) else None
        state = "" if found and found.trusted else "  (has changed since: not used)"
        say(f"{clean(folder)}{state}\n")
