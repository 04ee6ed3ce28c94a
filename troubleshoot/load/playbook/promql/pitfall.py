"""A query that is PromQL and still cannot mean what it says."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pitfall:
    """``offset`` in the expression; ``message`` says what is wrong and what to write instead."""

    offset: int
    message: str
