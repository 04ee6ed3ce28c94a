"""Which indices of Elasticsearch are read, as people write it; it becomes part of a path.

A narrower language than Elasticsearch's own, so that nothing in it means anything to a URL.
"""

import re
from typing import Annotated

from pydantic import AfterValidator, WithJsonSchema

_NAME = r"\.?[A-Za-z0-9*][A-Za-z0-9._*+-]*"
_PART = rf"(?:[A-Za-z0-9*][A-Za-z0-9._*-]*:)?{_NAME}"
_FORM = rf"(?!.*\.\.){_PART}(?:,-?{_PART})*"
_INDICES = re.compile(_FORM)
_LONGEST = 2000  # Elasticsearch reads a first line of 4096 bytes
_SHOWN = 80


def index_problem(text: object) -> str:
    """Why ``text`` cannot say which indices are read, or nothing."""
    if not isinstance(text, str):
        return f"an index is text, not {str(text)[:_SHOWN]}"
    if len(text) <= _LONGEST and _INDICES.fullmatch(text):
        return ""
    shown = repr(text) if len(text) <= _SHOWN else f"{text[:_SHOWN]!r}…"
    return f"{shown} cannot name an index: {_rule(text)}"


def _rule(text: str) -> str:
    if len(text) > _LONGEST:
        return f"it is longer than {_LONGEST:,} characters"
    if text == "_all":
        return "write * for all"
    if text.startswith("<"):
        return "date math is not available; write a pattern such as logs-*"
    return (
        "it has letters, digits and . _ - + *, and begins with a letter, a digit, . or *; "
        "commas stand between several, '-' before a later one leaves it out, "
        "and 'cluster:' before one asks a remote cluster"
    )


def _index(text: str) -> str:
    if problem := index_problem(text):
        raise ValueError(problem)
    return text


Indices = Annotated[
    str, AfterValidator(_index), WithJsonSchema({"type": "string", "pattern": f"^{_FORM}$"})
]
