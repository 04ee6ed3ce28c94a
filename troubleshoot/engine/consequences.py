"""A service's trouble that another one's explains is a consequence of that other's cause."""

from collections.abc import Iterator
from dataclasses import replace

from troubleshoot.model.diagnosis import Bearing, Diagnosis
from troubleshoot.model.finding import Item


def linked(ranked: tuple[Diagnosis, ...]) -> tuple[Diagnosis, ...]:
    """Each that is explained gets the id of the cause at the root of it as ``consequence_of``.

    It is explained by those whom its evidence against names: they are called, and in trouble too.
    """
    standing = [one for one in ranked if one.verdict.stands]
    above: dict[str, str] = {}
    for one in standing:
        named = set(_named(one))
        cause = next((other for other in standing if other.about in named), None)
        if cause:
            above[one.id] = cause.id
    return tuple(replace(one, consequence_of=_root(one.id, above)) for one in ranked)


def _named(diagnosis: Diagnosis) -> Iterator[str]:
    for one in diagnosis.arguments_against:
        if diagnosis.about and one.bearing is Bearing.HOLDS and one.item:
            yield from _others(diagnosis.about, one.item)


def _others(about: str, item: Item) -> Iterator[str]:
    """A metric says ``explained_by``, a log line ``mentions``; a trace names whom it saw fail."""
    names = [*item.label("explained_by").split(", "), item.label("mentions")]
    if item.label("seen_by") == about:
        names.append(item.label("service"))
    return (name for name in names if name and name != about)


def _root(start: str, above: dict[str, str]) -> str:
    """'' for a cause of its own; also where services explain each other in a circle."""
    seen, here = {start}, start
    while here in above:
        here = above[here]
        if here in seen:
            return ""
        seen.add(here)
    return here if here != start else ""
