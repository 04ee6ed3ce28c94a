"""Help in sections, written without rich: importing it would take longer than the rest."""

from collections.abc import Iterable
from typing import Any

from typer.core import TyperCommand

_OTHER = "Options"


def write_sections(formatter: Any, rows: Iterable[tuple[str, tuple[str, str]]]) -> None:
    """``rows`` are (section, (left, right)); sections come in the order of their first row."""
    sections: dict[str, list[tuple[str, str]]] = {}
    for name, row in rows:
        sections.setdefault(name, []).append(row)
    for name, found in sections.items():
        with formatter.section(name):
            formatter.write_dl(found)


class SectionedCommand(TyperCommand):
    """A command whose options stand under the headings that they name."""

    def format_options(self, ctx: Any, formatter: Any) -> None:
        rows = []
        for parameter in self.get_params(ctx):
            if record := parameter.get_help_record(ctx):
                panel = getattr(parameter, "rich_help_panel", None)
                argument = parameter.param_type_name == "argument"
                rows.append((panel or ("Arguments" if argument else _OTHER), record))
        write_sections(formatter, rows)
