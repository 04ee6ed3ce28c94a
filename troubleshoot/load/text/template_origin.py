"""Where a place in a filled-in text stands in its template."""

import re
from collections.abc import Iterator

_TEMPLATE = re.compile(r"(\{\{.*?\}\}|\{%.*?%\})")
_LONGEST = 2_000  # characters of a line; comparing longer ones could take long


def origin(template: str, filled: str, offset: int) -> tuple[int, int]:
    """Line and column, 1-based; inside a value those of its braces, else those of line 1."""
    before = filled[:offset].split("\n")
    row, column = len(before) - 1, len(before[-1])
    line = filled.split("\n")[row]
    written = template.split("\n")
    for place in (row, *range(len(written))):  # loops move lines
        if place < len(written) and (found := _column(written[place], line, column)) is not None:
            return place + 1, found + 1
    return 1, 1


def _column(written: str, filled: str, column: int) -> int | None:
    """The column in ``written``, or None where it cannot have become ``filled``."""
    if len(filled) > _LONGEST:
        return None
    pieces = list(_pieces(written))
    if pieces and all(text.startswith("{%") or not text.strip() for _, text, _ in pieces):
        return None  # it leaves no line behind
    pattern = "".join("(.*?)" if value else f"({re.escape(text)})" for _, text, value in pieces)
    match = re.fullmatch(pattern, filled)
    if not match:
        return None
    for group, (start, _, value) in enumerate(pieces, 1):
        if match.start(group) <= column < max(match.end(group), match.start(group) + 1):
            return start if value else start + column - match.start(group)
    return max(len(written.rstrip()) - 1, 0)


def _pieces(written: str) -> Iterator[tuple[int, str, bool]]:
    """(where it starts, its text, whether it is a template)."""
    start = 0
    for number, text in enumerate(_TEMPLATE.split(written)):
        if text:
            yield start, text, bool(number % 2)
        start += len(text)
