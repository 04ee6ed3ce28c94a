"""Values in a query or a command, escaped for the very spot they land in.

A template engine cannot know whether ``{{ name }}`` stands inside quotes. So values are marked
while the template is filled in; afterwards the text is read from left to right as the language
reads it, and each value is escaped for the quotes it stands in, or refused where it cannot stand.
"""

import json
import re
import shlex
from collections.abc import Callable
from dataclasses import dataclass

_OPEN, _CLOSE = "\x02", "\x03"
_MARKED = re.compile(f"{_OPEN}([dt])([^{_CLOSE}]*){_CLOSE}")
# names, numbers, durations, and lists of them
_BARE = re.compile(r"[+-]?[\w:.]+(\s*,\s*[\w:.]+)*")
_LITERAL = re.compile(r"-?[0-9]+(\.[0-9]+)?([eE][-+]?[0-9]+)?|true|false|null")


@dataclass(frozen=True, slots=True)
class Language:
    """How a language quotes, and how a value is put into its text.

    ``put`` is given the text, the quote it stands in ('' for none), and whether it is the value
    of a variable as it is: outside quotes only such a value is suspect.
    """

    put: Callable[[str, str, bool], str]
    quotes: str = ""
    raw: str = ""  # quotes in which a backslash is only a backslash
    comment: str = ""


class Misplaced(ValueError):
    """A value that cannot stand where it does, in the 1-based ``row`` of the filled-in text."""

    def __init__(self, message: str, row: int = 1) -> None:
        super().__init__(message)
        self.row = row


def mark(text: str, *, direct: bool) -> str:
    """Raises ValueError for a text that holds the marks itself."""
    if _OPEN in text or _CLOSE in text:
        raise ValueError(f"{text!r} has control characters in it")
    return f"{_OPEN}{'d' if direct else 't'}{text}{_CLOSE}"


def place(text: str, language: Language) -> str:
    """Put the marked values of ``text`` in their places.

    Raises Misplaced for a value that cannot stand where it does.
    """
    done, quote, end = [], "", 0
    for match in _MARKED.finditer(text):
        literal = text[end : match.start()]
        quote, escaped = _advance(quote, literal, language)
        try:
            if escaped:
                _refuse(match[2], "stands behind a backslash, which would take its first character")
            done += [literal, language.put(match[2], quote, match[1] == "d")]
        except ValueError as error:
            raise Misplaced(str(error), text.count("\n", 0, match.start()) + 1) from None
        end = match.end()
    return "".join([*done, text[end:]])


def _advance(quote: str, literal: str, language: Language) -> tuple[str, bool]:
    """The quote that is open after ``literal``, or the comment sign inside a comment.

    And whether ``literal`` ends in a backslash that would escape what follows.
    """
    escaped = False
    for char in literal:
        if escaped:
            escaped = False
        elif char == "\\" and language.quotes and quote not in {*language.raw, *language.comment}:
            escaped = True
        elif quote:
            ends = "\n" if quote == language.comment else quote
            quote = "" if char == ends else quote
        elif char in language.quotes or char == language.comment:
            quote = char
    return quote, escaped


def _promql(text: str, quote: str, direct: bool) -> str:
    if quote == "#":
        return " ".join(text.splitlines())
    if quote == "`":
        return _refuse(text, "cannot stand between backticks") if "`" in text else text
    if quote:
        return text.replace("\\", "\\\\").replace(quote, "\\" + quote).replace("\n", "\\n")
    if direct and not _BARE.fullmatch(text):
        _refuse(text, "stands outside quotes, where only a name, a number or a duration can stand")
    return text


def _json(text: str, quote: str, direct: bool) -> str:
    if quote:
        return json.dumps(text, ensure_ascii=False)[1:-1]
    if direct and not _LITERAL.fullmatch(text):
        _refuse(text, 'stands outside quotes in JSON; write "{{ … }}" or {{ … | tojson }}')
    return text


def _shell(text: str, quote: str, direct: bool) -> str:  # noqa: ARG001
    if quote == "'":
        return text.replace("'", "'\"'\"'")
    if quote == '"':
        return re.sub(r'([\\$`"])', r"\\\1", text)
    return shlex.quote(text)


def _plain(text: str, quote: str, direct: bool) -> str:  # noqa: ARG001
    return text


def _refuse(text: str, why: str) -> str:
    raise ValueError(f"{text!r} {why}")


LANGUAGES = {
    "plain": Language(_plain),
    "promql": Language(_promql, quotes="\"'`", raw="`", comment="#"),
    "json": Language(_json, quotes='"'),
    "shell": Language(_shell, quotes="\"'", raw="'"),
}
