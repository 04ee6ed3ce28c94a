"""The few shapes a terminal report is made of. Text is never parsed as markup."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import StringIO
from itertools import zip_longest
from math import inf

from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.rule import Rule
from rich.segment import Segment
from rich.text import Text

from troubleshoot.model.diagnosis import Verdict
from troubleshoot.model.finding import Link, Outcome
from troubleshoot.render.spark import Points, sparkline
from troubleshoot.render.terminal.breaks import Part, Verbatim, folded, text, whole
from troubleshoot.render.view import browsable
from troubleshoot.render.wording import SYMBOL, outcome_word

Blocks = Iterable[RenderableType]

# neither cyan nor yellow: on a light background nobody can read them
_OUTCOME_STYLE = {
    Outcome.OK: "green",
    Outcome.WARNING: "bold",
    Outcome.CRITICAL: "bold red",
}
VERDICT_STYLE = {
    Verdict.CONFIRMED: "bold red",
    Verdict.LIKELY: "bold red",
    Verdict.POSSIBLE: "bold",
    Verdict.RULED_OUT: "green",
    Verdict.UNDETERMINED: "magenta",
}


_COURSE = (8, 30)  # least and most columns of a sparkline beside text


@dataclass(frozen=True, slots=True)
class Sparked:
    """Text, and how its value moved, where the last line leaves room for that."""

    line: Text
    points: Points

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        last = self.line.wrap(console, options.max_width)[-1]
        room = options.max_width - last.cell_len - 1
        course = sparkline(self.points, min(room, _COURSE[1])) if room >= _COURSE[0] else ""
        yield text(self.line, " ", course) if course else self.line


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


@dataclass(frozen=True, slots=True)
class Hanging:
    """A marker of ``width`` columns, and beside it a body whose lines all start in one column."""

    marker: Text
    body: RenderableType
    width: int

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        room = options.update_width(max(options.max_width - self.width - 1, 1))
        body = Segment.split_lines(console.render(self.body, room))
        marks = folded(self.marker).wrap(console, self.width)
        for mark, line in zip_longest(marks, body):
            shown = mark or Text()
            shown.pad_right(self.width + 1 - shown.cell_len)
            yield from shown.render(console)
            yield from line or ()
            yield Segment.line()


def indented(block: RenderableType, by: int) -> RenderableType:
    """What is to be copied keeps its own place."""
    return block if isinstance(block, Verbatim) else Hanging(Text(), block, by - 1)


def row(marker: Part | Text, body: RenderableType, width: int) -> RenderableType:
    """A marker of ``width`` columns and beside it a body that wraps under itself."""
    return Hanging(marker if isinstance(marker, Text) else text(marker), body, width)


def labelled(pairs: Sequence[tuple[str, str]], width: int = 10) -> Blocks:
    """``label  value`` lines; pairs without a value are left out."""
    for label, value in pairs:
        if value:
            yield row((label, "dim"), text(value), width)


def kept(label: str, value: str, width: int = 10) -> Blocks:
    """``label  value`` on one line whatever its length; nothing without a value."""
    if value:
        yield row((label, "dim"), whole(value), width)


def copied(label: str, *codes: str) -> Blocks:
    """Each to be copied, under a label if there is one."""
    if label and any(codes):
        yield text((label, "dim"))
    yield from (Verbatim(code) for code in codes if code)


def undo(rollback: str, width: int) -> Blocks:
    """A sentence or a command: not broken, as it may be either."""
    several = "\n" in rollback.strip("\n")
    return copied("undo", rollback) if several else kept("undo", rollback, width)


def linked(link: Link, most: float = inf) -> Text:
    """The address written out, up to ``most`` characters; clickable in terminals that can."""
    style = f"link {link.url}" if browsable(link.url) and " " not in link.url else ""
    if len(link.url) <= most:
        return whole((link.url, style))
    long = f"(an address of {len(link.url)} characters: --explain or --output html has it)"
    return text((long, style))


def printed(blocks: Blocks, width: int, *, color: bool) -> str:
    """Lines of at most ``width`` columns where they may break."""
    console = Console(
        file=StringIO(),
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
    return "".join(_printed(console, block, color=color) for block in blocks)


def _printed(console: Console, block: RenderableType, *, color: bool) -> str:
    """Columns leave spaces at the end; those of what is to be copied belong to it."""
    with console.capture() as captured:
        console.print(Group(block), crop=False)
    printed = captured.get()
    if color or isinstance(block, Verbatim):
        return printed
    return "\n".join(line.rstrip() for line in printed.split("\n"))
