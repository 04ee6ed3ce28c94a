"""Families of messages: what programs say when a thing goes wrong, as knowledge to look up."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints

from troubleshoot.model.limits import regular_expression
from troubleshoot.model.strict import Strict

FamilyName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
Pattern = Annotated[str, AfterValidator(regular_expression)]


class MessagePattern(Strict):
    """A regular expression, found anywhere in a text whatever its capitals; and what it is for.

    ``example`` is a text as somebody really writes it, in which the pattern is found.
    """

    pattern: Pattern
    example: str


class MessageFamily(Strict):
    """Ways to say one thing. ``means`` says which, in a few words."""

    means: str
    patterns: tuple[MessagePattern, ...] = Field(min_length=1)


class Messages(Strict):
    """``queries/messages.yaml``: families by name. A file of one's own adds to what ships."""

    families: dict[FamilyName, MessageFamily] = Field(min_length=1)


@dataclass(frozen=True, slots=True)
class Family:
    """A family of all files together."""

    name: str
    means: str
    patterns: tuple[str, ...]

    def says(self, text: str) -> bool:
        """Whether the text says so."""
        return any(_compiled(one).search(text) for one in self.patterns)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE | re.DOTALL)
