"""``troubleshoot vocabulary suggest``: a vocabulary for metrics that nobody has explained yet."""

from typing import Annotated, Any

import typer

from troubleshoot.cli.help import SectionedCommand
from troubleshoot.cli.options import positional, with_options
from troubleshoot.cli.world import World

_OPTIONS = ("env", "config", "at", "lookback", "deadline", "assign", "verbose", "log_file")
_OUTPUT = Annotated[
    str,
    typer.Option(
        "--output", "-o", metavar="FILE", rich_help_panel="Output",
        help="Write it to this file, which must not be there yet; without it, to standard output.",
    ),
]  # fmt: skip


def register(app: typer.Typer, world: World) -> None:
    group = typer.Typer(help="Vocabularies: what metrics mean.", no_args_is_help=True)
    app.add_typer(group, name="vocabulary")
    group.callback()(lambda: None)

    def suggest(output: str, **given: Any) -> None:
        from troubleshoot.cli.run.suggest import suggest as look

        raise typer.Exit(look(given, output, world))

    text = (
        "Look at the names, labels and behaviour of the metrics that are there, and write a "
        "vocabulary to review and keep. It only reads."
    )
    arguments = [positional("output", _OUTPUT, "")]
    group.command(cls=SectionedCommand, name="suggest", help=text)(
        with_options(suggest, names=_OPTIONS, arguments=arguments)
    )
