"""Where a line may break: prose between words, what is to be copied nowhere.

A command, an address or a path that was broken to fit the screen is another one when it is pasted.
So no word is ever divided, and what is to be copied keeps its own lines, however wide: the terminal
folds them for the eye and gives them back whole when they are selected.
"""

import re
from dataclasses import dataclass
from typing import Any

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderResult
from rich.containers import Lines
from rich.text import Text

Part = str | tuple[str, str]  # plain, or with a rich style

_WORD = re.compile(r"\s*(?:(?<!`)`[^`]+`(?!`)|\S)+")
_MARGIN = " " * 4


class Prose(Text):
    """Breaks between words only; what stands between backticks is one word."""

    def wrap(self, console: Console, width: int, **_: Any) -> Lines:  # noqa: ARG002
        lines = Lines()
        for line in self.split(allow_blank=True):
            parts = line.divide(_breaks(line.plain, width))
            for part in parts:
                part.rstrip()
            lines.extend(parts)
        return lines


def text(*parts: Part | Text) -> Text:
    return Prose.assemble(*parts)


def whole(*parts: Part | Text) -> Text:
    """Text that is not broken, also where it has spaces: a path, an address, a value."""
    return Text.assemble(*parts, overflow="ignore")


def folded(line: Text) -> Text:
    """For a column beside others, where a word that is too long has to be divided."""
    return Text.assemble(line, overflow="fold")


@dataclass(frozen=True, slots=True)
class Verbatim:
    """Something to copy, with nothing else on its lines.

    One line is set off by a margin. Several stand at the very left: a margin would become part of
    a string or a here-document that runs over lines.
    """

    code: str

    def __rich_console__(self, _: Console, options: ConsoleOptions) -> RenderResult:
        lines = self.code.strip("\n").split("\n")
        margin = _MARGIN if len(lines) == 1 else ""
        for line in lines:
            yield whole(margin, (line, "bold"))


def _breaks(line: str, width: int) -> list[int]:
    """The offsets of the words that have no room beside those before them."""
    found, used = [], 0
    for word in _WORD.finditer(line):
        length = cell_len(word[0])
        if used and used + length > width:
            length = cell_len(word[0].lstrip())
            found.append(word.end() - len(word[0].lstrip()))
            used = 0
        used += length
    return found
