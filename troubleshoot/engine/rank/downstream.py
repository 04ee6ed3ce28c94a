"""A service's trouble that another one's explains is a consequence of that other's cause."""

from collections.abc import Iterator
from dataclasses import replace

from troubleshoot.model.diagnosis import Bearing, Diagnosis
from troubleshoot.model.facts import LogFacts, MetricFacts, TraceFacts
from troubleshoot.model.finding import Item


def linked(ranked: tuple[Diagnosis, ...]) -> tuple[Diagnosis, ...]:
    """Each that is explained gets the id of the cause at the root of it as ``consequence_of``.

    It is explained by those whom its evidence against names: they are called, and in trouble too.
    """
    standing = [one for one in ranked if one.verdict.stands]
    above: dict[str, str] = {}
    for one in standing:
        named = set(_named(one))
        cause = next((other for other in standing if other.subject in named), None)
        if cause:
            above[one.id] = cause.id
    return tuple(replace(one, consequence_of=_root(one.id, above)) for one in ranked)


def _named(diagnosis: Diagnosis) -> Iterator[str]:
    for one in diagnosis.arguments_against:
        if diagnosis.subject and one.bearing is Bearing.HOLDS and one.item:
            yield from _others(diagnosis.subject, one.item)


def _others(subject: str, item: Item) -> Iterator[str]:
    """Whom an item points to besides the subject.

    Of a metric those that explain it, of a log line whom it blames; a trace names whom it saw fail.
    """
    names: tuple[str, ...] = ()
    if isinstance(item.facts, MetricFacts):
        names = item.facts.explained_by
    elif isinstance(item.facts, LogFacts):
        names = (item.facts.blames,)
    elif isinstance(item.facts, TraceFacts) and item.facts.caller == subject:
        names = (item.facts.service,)
    return (name for name in names if name and name != subject)


def _root(start: str, above: dict[str, str]) -> str:
    """'' for a cause of its own; also where services explain each other in a circle."""
    seen, here = {start}, start
    while here in above:
        here = above[here]
        if here in seen:
            return ""
        seen.add(here)
    return here if here != start else ""
