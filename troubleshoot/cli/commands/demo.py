"""``troubleshoot demo [SCENARIO]``: a recorded incident that ships with the program."""

from dataclasses import replace
from typing import Annotated, Any

import typer

from troubleshoot.cli.commands.replay import AS_RECORDED, SHOWN
from troubleshoot.cli.help import SectionedCommand
from troubleshoot.cli.options import positional, with_options
from troubleshoot.cli.world import World
from troubleshoot.load.assets import demos
from troubleshoot.model.errors import UsageError

FIRST = "payment-timeouts"


def register(app: typer.Typer, world: World) -> None:
    names = sorted(file.stem for file in demos().glob("*.zip"))
    known = ", ".join(names)
    argument = Annotated[str, typer.Argument(metavar="SCENARIO", help=f"One of: {known}.")]

    def demo(target: str, **given: Any) -> None:
        from troubleshoot.backends.recording.bundle import read_bundle
        from troubleshoot.cli.run.recorded import replayed

        if target not in names:
            from troubleshoot.model.spelling import did_you_mean

            hint = did_you_mean(target, names)
            raise UsageError(f"there is no demo {target!r}.{hint} Known: {known}")
        bundle = read_bundle(demos() / f"{target}.zip")
        # nobody can go on there: the servers of a demo are not on this machine
        bundle = replace(bundle, setup=replace(bundle.setup, environment=""))
        raise typer.Exit(replayed(bundle, given, world))

    text = "Diagnose a recorded incident of a simulated shop; needs no backend."
    app.command(cls=SectionedCommand, name="demo", help=text)(
        with_options(
            demo, names=SHOWN, arguments=[positional("target", argument, FIRST)], usual=AS_RECORDED
        )
    )
