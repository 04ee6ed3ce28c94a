"""``troubleshoot replay BUNDLE``."""

from pathlib import Path
from typing import Annotated

import typer

from troubleshoot.cli.help import SectionedCommand
from troubleshoot.cli.options import with_options
from troubleshoot.cli.world import World

SHOWN = ("output", "explain", "fail_on")  # the options that a recorded run still leaves open
AS_RECORDED = {"fail_on": ""}
_BUNDLE = Annotated[Path, typer.Argument(metavar="BUNDLE", help="A file made with --record.")]


def register(app: typer.Typer, world: World) -> None:
    def replay(target: Path, output: list[str], explain: bool, fail_on: str) -> None:
        from troubleshoot.backends.bundle import read_bundle
        from troubleshoot.cli.outputs import parse_outputs
        from troubleshoot.cli.recorded import replayed

        bundle = read_bundle(target)
        code = replayed(bundle, parse_outputs(output), world, explain=explain, fail_on=fail_on)
        raise typer.Exit(code)

    text = "The report of a recorded run once more, without a network."
    app.command(cls=SectionedCommand, name="replay", help=text)(
        with_options(replay, names=SHOWN, argument=_BUNDLE, defaults=AS_RECORDED)
    )
