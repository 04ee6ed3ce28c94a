"""``troubleshoot verify PLAYBOOK``: did the fix work?"""

from typing import Annotated, Any

import typer

from troubleshoot.cli.help import SectionedCommand
from troubleshoot.cli.options import positional, with_options
from troubleshoot.cli.world import World
from troubleshoot.model.options import OPTIONS

_NOT_HERE = ("alert", "steps", "fail_on", "dry_run")  # it looks at what verifies, no more, no less
_PLAYBOOK = Annotated[str, typer.Argument(metavar="PLAYBOOK", help="Its name, or a file.")]


def register(app: typer.Typer, world: World) -> None:
    def verify(target: str, **given: Any) -> None:
        from troubleshoot.cli.run.diagnose import diagnose
        from troubleshoot.cli.run.prepare import prepare

        prepared = prepare(world.playbook(target), {**given, "verify": True}, world)
        raise typer.Exit(diagnose(prepared, world))

    text = "Evaluate a playbook's verification queries: 0 recovered, 1 not, 4 cannot tell."
    app.command(cls=SectionedCommand, name="verify", help=text)(
        with_options(
            verify,
            names=[name for name in OPTIONS if name not in _NOT_HERE],
            arguments=[positional("target", _PLAYBOOK)],
        )
    )
