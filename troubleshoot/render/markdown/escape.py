"""Text that stays text in Markdown, and the few shapes a page is made of."""

import re
from collections.abc import Iterable, Sequence

_SPECIAL = re.compile(r"([\\`*\[\]<|~&$@]|(?<![^\W_])_|_(?![^\W_]))")
_OPENING = re.compile(r"^([-+=:>#]|\d+[.)](?=\s|$))")


def md(text: str) -> str:
    """``text`` on one line, with everything that Markdown or HTML would read made plain."""
    plain = _SPECIAL.sub(r"\\\1", " ".join(text.split()))
    return _OPENING.sub(lambda match: f"{match[1][:-1]}\\{match[1][-1]}", plain)


def code(text: str) -> str:
    """Inline code, for table cells too."""
    line = " ".join(text.split()).replace("|", "\\|")
    if not line:
        return ""
    ticks = "`" * (_longest_run(line) + 1)
    return f"{ticks} {line} {ticks}" if "`" in line else f"{ticks}{line}{ticks}"


def fence(text: str, indent: str = "") -> str:
    """A code block whose fence is longer than any inside it."""
    ticks = "`" * max(3, _longest_run(text) + 1)
    lines = (ticks, *text.strip("\n").split("\n"), ticks)
    return "\n".join(f"{indent}{line}" if line else "" for line in lines)


def _longest_run(text: str) -> int:
    return max((len(run) for run in re.findall("`+", text)), default=0)


def link(title: str, url: str) -> str:
    """A link for addresses a browser opens; code for everything else."""
    if url.startswith(("https://", "http://")):
        safe = re.sub(r"[\s<>()\\|`\"]", lambda match: f"%{ord(match[0]):02X}", url)
        return f"[{md(title)}]({safe})"
    return f"{md(title)}: {code(url)}"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table of cells that are Markdown already."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def bullets(lines: Iterable[str]) -> str:
    return "\n".join(f"- {line}" for line in lines if line)
