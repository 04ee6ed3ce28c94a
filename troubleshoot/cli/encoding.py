"""What the encoding of a stream cannot show, in characters that it can."""

_SPARKS = dict(zip("▁▂▃▄▅▆▇█", "_..--==#", strict=True))
# a question mark is our sign for "no data": it must not stand for one of these
_PLAIN = _SPARKS | {
    "✓": "v", "✗": "x", "─": "-", "→": ">", "−": "-", "–": "-", "·": ".", "×": "x", "…": "...",
    "“": '"', "”": '"', "∞": "inf",
}  # fmt: skip


def shown(text: str, encoding: str) -> str:
    """``text`` with nothing in it that ``encoding`` lacks; what has no likeness becomes ``?``."""
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return "".join(_likeness(char, encoding) for char in text)
    return text


def _likeness(char: str, encoding: str) -> str:
    if char.isascii() or char.encode(encoding, "ignore"):
        return char
    return _PLAIN.get(char, "?")
