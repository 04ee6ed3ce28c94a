"""Two metrics that mean something together: used and limit, failed and all, hits and misses."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from troubleshoot.analysis.naming import name_words as w
from troubleshoot.analysis.naming.name_words import NameWords
from troubleshoot.model.suggestion import SeenMetric

_TOTAL = {"total", "count", "sum"}
_REQUESTS = {one.removesuffix("s") for one in w.REQUEST}


@dataclass(frozen=True, slots=True)
class Pair:
    """``one`` is a part of ``other``; of hits and misses both are parts of their sum."""

    means: str
    one: SeenMetric
    other: SeenMetric

    @property
    def reason(self) -> str:
        joined = {"saturation": "of", "errors": "of", "throttling": "of", "hits": "and"}
        return f"{self.one.name} {joined[self.means]} {self.other.name}, by their names"


def pairs(metrics: Iterable[SeenMetric]) -> tuple[Pair, ...]:
    """Each metric is the first part of one pair at most."""
    every = tuple(metrics)
    found: dict[str, Pair] = {}
    for pair in (*_limits(every), *_failed(every), *_hits(every), *_throttled(every)):
        mine, theirs = set(pair.one.label_names), set(pair.other.label_names)
        if mine & theirs or mine == theirs:
            found.setdefault(pair.one.name, pair)
    return tuple(found.values())


def _limits(every: tuple[SeenMetric, ...]) -> Iterator[Pair]:
    gauges = [(one, NameWords.of(one.name)) for one in every if one.kind == "gauge"]
    limits = [(one, words) for one, words in gauges if words.has(w.LIMIT)]
    for one, words in gauges:
        if words.has(w.USED) and not words.scale:
            for other, told in limits:
                if other is not one and words.stem == told.stem and _unit(words) == _unit(told):
                    yield Pair("saturation", one, other)


def _failed(every: tuple[SeenMetric, ...]) -> Iterator[Pair]:
    counters = [(one, NameWords.of(one.name)) for one in every if one.kind == "counter"]
    wholes = [
        (one, rest)
        for one, words in counters
        if not (words.has(w.ERROR) or words.scale or words.has(w.BYTES))
        and (rest := _rest(words, set()))
    ]
    for one, words in counters:
        failed = _rest(words, w.ERROR)
        for other, whole in wholes if words.has(w.ERROR) and not words.scale else ():
            if whole == failed or whole - _REQUESTS == failed - _REQUESTS:
                yield Pair("errors", one, other)


def _hits(every: tuple[SeenMetric, ...]) -> Iterator[Pair]:
    counters = [(one, NameWords.of(one.name)) for one in every if one.kind == "counter"]
    for one, words in counters:
        for other, told in counters:
            if words.has(w.HIT) and told.has(w.MISS) and _rest(words, w.HIT) == _rest(told, w.MISS):
                yield Pair("hits", one, other)


def _throttled(every: tuple[SeenMetric, ...]) -> Iterator[Pair]:
    counters = [(one, NameWords.of(one.name)) for one in every if one.kind == "counter"]
    for one, words in counters:
        for other, told in counters if words.has(w.THROTTLED) else ():
            whole = not told.has(w.THROTTLED) and not told.scale
            if whole and _rest(words, w.THROTTLED) == _rest(told, set()):
                yield Pair("throttling", one, other)


def _rest(words: NameWords, without: set[str]) -> set[str]:
    """What is left, in the singular."""
    return {one.removesuffix("s") for one in words.words if one not in without | _TOTAL}


def _unit(words: NameWords) -> str:
    return words.first(w.BYTES | w.PERCENT | w.RATIO)
