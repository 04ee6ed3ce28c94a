"""The few shapes a terminal report is made of. Text is never parsed as markup."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import StringIO
from math import inf

from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from troubleshoot.model.diagnosis import Verdict
from troubleshoot.model.finding import Link, Outcome
from troubleshoot.render.spark import Points, sparkline
from troubleshoot.render.view import browsable
from troubleshoot.render.wording import SYMBOL, outcome_word

Part = str | tuple[str, str]  # plain, or with a rich style
Blocks = Iterable[RenderableType]

_OUTCOME_STYLE = {
    Outcome.OK: "green",
    Outcome.WARNING: "yellow",
    Outcome.CRITICAL: "bold red",
}
VERDICT_STYLE = {
    Verdict.CONFIRMED: "bold red",
    Verdict.LIKELY: "bold red",
    Verdict.POSSIBLE: "yellow",
    Verdict.RULED_OUT: "green",
    Verdict.UNDETERMINED: "magenta",
}


_COURSE = (8, 30)  # least and most columns of a sparkline beside text


def text(*parts: Part | Text) -> Text:
    return Text.assemble(*parts, overflow="fold")


@dataclass(frozen=True, slots=True)
class Sparked:
    """Text, and how its value moved, where the last line leaves room for that."""

    line: Text
    points: Points

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        last = self.line.wrap(console, options.max_width, overflow="fold")[-1]
        room = options.max_width - last.cell_len - 1
        course = sparkline(self.points, min(room, _COURSE[1])) if room >= _COURSE[0] else ""
        yield text(self.line, " ", (course, "cyan")) if course else self.line


@dataclass(frozen=True, slots=True)
class Fitted:
    """Columns where there are at least ``least`` of them, otherwise running text."""

    columns: RenderableType
    running: RenderableType
    least: int

    def __rich_console__(self, _: Console, options: ConsoleOptions) -> RenderResult:
        yield self.columns if options.max_width >= self.least else self.running


def symbol(outcome: Outcome) -> Text:
    return text((SYMBOL[outcome], _OUTCOME_STYLE.get(outcome, "magenta")))


def outcome_text(outcome: Outcome) -> Text:
    style = _OUTCOME_STYLE.get(outcome, "magenta")
    return text((f"{SYMBOL[outcome]} {outcome_word(outcome)}", style))


def heading(title: str) -> RenderableType:
    return Rule(text((title, "bold")), align="left", style="dim")


def indented(block: RenderableType, by: int) -> RenderableType:
    return Padding(block, (0, 0, 0, by))


def row(marker: Part | Text, body: RenderableType, width: int) -> RenderableType:
    """A marker of ``width`` columns and beside it a body that wraps under itself."""
    grid = Table.grid(padding=(0, 1, 0, 0), expand=True)
    grid.add_column(width=width, overflow="fold")
    grid.add_column(ratio=1, overflow="fold")
    grid.add_row(marker if isinstance(marker, Text) else text(marker), body)
    return grid


def labelled(pairs: Sequence[tuple[str, str]], width: int = 10) -> Blocks:
    """``label  value`` lines; pairs without a value are left out."""
    for label, value in pairs:
        if value:
            yield row((label, "dim"), text(value), width)


def verbatim(code: str) -> RenderableType:
    """Something to copy: kept line by line, long lines folded."""
    return text((code, "cyan"))


def linked(link: Link, most: float = inf) -> Text:
    """The address written out, up to ``most`` characters; clickable in terminals that can."""
    style = f"link {link.url}" if browsable(link.url) and " " not in link.url else ""
    long = f"(an address of {len(link.url)} characters: --explain or --output html has it)"
    return text((link.url if len(link.url) <= most else long, style))


def printed(blocks: Blocks, width: int, *, color: bool) -> str:
    """Lines of at most ``width`` columns, without trailing spaces where there is no colour."""
    stream = StringIO()
    console = Console(
        file=stream,
        width=width,
        force_terminal=color,
        color_system="standard" if color else None,
        no_color=not color,
        markup=False,
        emoji=False,
        highlight=False,
        legacy_windows=False,
        _environ={},
    )
    for block in blocks:
        console.print(block)
    lines = stream.getvalue().splitlines()
    return "\n".join(line if color else line.rstrip() for line in lines) + "\n"
