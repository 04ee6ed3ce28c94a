"""Presence."""

from typing import ClassVar, Literal

from pydantic import Field

from troubleshoot.model.judges.base import Judge


class Presence(Judge):
    """Each value of the label ``by`` in ``expect`` must have series, and each series must be 1.

    A series at 0 or one that disappeared within the window is critical; a value of the label that
    was never there is ``no_data``, because a wrong name looks the same.
    """

    kind: Literal["presence"]
    by: str
    expect: tuple[str, ...] = Field(min_length=1)

    sentence: ClassVar[str] = "series for every {by} of {expect}, all of them 1"
