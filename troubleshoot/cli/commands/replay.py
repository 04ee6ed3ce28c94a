"""``troubleshoot replay BUNDLE``."""

from pathlib import Path
from typing import Annotated, Any

import typer

from troubleshoot.cli.help import SectionedCommand
from troubleshoot.cli.options import positional, with_options
from troubleshoot.cli.world import World

# the options that a recorded run still leaves open
SHOWN = ("output", "explain", "fail_on", "verbose", "log_file")
AS_RECORDED = {"fail_on": "that of the recorded run"}
_BUNDLE = Annotated[Path, typer.Argument(metavar="BUNDLE", help="A file made with --record.")]


def register(app: typer.Typer, world: World) -> None:
    def replay(target: Path, **given: Any) -> None:
        from troubleshoot.backends.recording.bundle import read_bundle
        from troubleshoot.cli.run.recorded import replayed

        raise typer.Exit(replayed(read_bundle(target), given, world))

    text = "The report of a recorded run once more, without a network."
    app.command(cls=SectionedCommand, name="replay", help=text)(
        with_options(
            replay, names=SHOWN, arguments=[positional("target", _BUNDLE)], usual=AS_RECORDED
        )
    )
