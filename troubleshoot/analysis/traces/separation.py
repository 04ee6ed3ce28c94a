"""What separates failed requests from good ones: the tag values that the failed ones have."""

import math
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass, replace
from itertools import islice

from troubleshoot.analysis.significance import Table, deviation, fisher, holm, lift, share
from troubleshoot.analysis.traces.tag_columns import Columns, read
from troubleshoot.analysis.traces.tag_kinds import Kind, kind_of, names_something
from troubleshoot.model.signal import Trace

CHANCE = 0.01  # that a separation is none, corrected for all that were tried
LEAST_LIFT = 2.0  # a smaller relative risk is easily due to something that nobody recorded
LEAST_TRACES = 5  # failed ones that must have the value
BEYOND = 2.326  # standard deviations: a chance of 1 %, one-sided
SAME = 0.9  # this part of the traces with either of two values has both: no telling them apart
MOST = 12  # causes, and symptoms, that are told: nobody reads more
MAX_EXAMPLES = 3
_TELLS_NOTHING = ("error", "otel.status_code")  # that a failed request failed
_RANK = {kind: place for place, kind in enumerate(Kind)}


@dataclass(frozen=True, slots=True)
class Tag:
    """``value`` of the tag ``name`` on spans of ``service``; an address, on those calling it."""

    service: str
    name: str
    value: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class Separation:
    """Requests with ``tag`` failed ``lift`` times as often as those with another value of it.

    ``table`` counts traces; ``failed`` and ``otherwise`` are the shares that failed with it and
    without it. ``chance`` that it separates nothing, corrected for how many were tried. ``also``
    are in (nearly) the same requests, so that these cannot tell them apart; ``explained`` separate
    too, but no longer when requests with ``tag`` and those without it are looked at apart.
    """

    tag: Tag
    table: Table
    lift: float
    failed: float
    otherwise: float
    chance: float
    also: tuple[Tag, ...] = ()
    explained: tuple[Tag, ...] = ()
    examples: tuple[str, ...] = ()

    @property
    def symptom(self) -> bool:
        """How requests fail, not why."""
        return self.tag.kind is Kind.SYMPTOM


@dataclass(frozen=True, slots=True)
class _Tried:
    """``having`` the value among ``compared``; ``chance`` as a logarithm."""

    tag: Tag
    having: Set[int]
    compared: Set[int]
    table: Table
    lift: float
    chance: float

    def certainty(self) -> tuple[object, ...]:
        tag = self.tag
        return (self.chance, -self.lift, _RANK[tag.kind], tag.service, tag.name, tag.value)

    def nearness(self) -> tuple[object, ...]:
        """To a mechanism, in the order of `Kind`."""
        return (_RANK[self.tag.kind], self.certainty())


def separations(
    bad: Iterable[Trace], good: Iterable[Trace], *, good_weight: float = 1.0
) -> tuple[Separation, ...]:
    """Causes before symptoms, each by falling certainty.

    Counted by trace: its value of a tag is the one on the service's first span with that tag, and
    only traces that have the tag at all are compared, for whether it is set may be a result of
    failing. ``good_weight`` is how many good requests each of ``good`` stands for, where failed
    ones were searched for and good ones sampled.
    """
    columns = read(bad, good)
    causes = _certain(list(_tried(columns, good_weight, symptoms=False)))
    symptoms = _certain(list(_tried(columns, good_weight, symptoms=True)))
    return tuple(
        found
        for kept in (causes, symptoms)
        for found in islice(_grouped(kept, columns, good_weight), MOST)
    )


def _tried(columns: Columns, good_weight: float, *, symptoms: bool) -> Iterator[_Tried]:
    everything = set(range(len(columns.ids)))
    for (service, name), values in columns.values.items():
        kind = kind_of(name)
        if kind is Kind.PLUMBING or (kind is Kind.SYMPTOM) != symptoms or name in _TELLS_NOTHING:
            continue
        held: Set[int] = set().union(*values.values())
        if 2 * len(values) > len(held):
            continue  # nearly as many values as traces: they identify
        # a tag that says how a request failed is seldom set on one that did not
        compared = everything if symptoms else held
        for value, having in values.items():
            if LEAST_TRACES <= len(having) < len(compared) and names_something(kind, value):
                table = columns.table(having, compared)
                times, chance = lift([table], good_weight), fisher(table)
                tag = Tag(service, name, value, kind)
                yield _Tried(tag, having, compared, table, times, chance)


def _certain(tried: list[_Tried]) -> list[_Tried]:
    corrected = holm([one.chance for one in tried])
    kept = [
        replace(one, chance=chance)
        for one, chance in zip(tried, corrected, strict=True)
        if chance < math.log(CHANCE)
        and one.lift >= LEAST_LIFT
        and one.table.bad_with >= LEAST_TRACES
    ]
    return sorted(kept, key=_Tried.certainty)


def _grouped(rest: list[_Tried], columns: Columns, good_weight: float) -> Iterator[Separation]:
    """The most certain one, with all that cannot be told from it; then the most certain left."""
    while rest:
        same = [one for one in rest if _alike(one.having, rest[0].having)]
        first = min(same, key=_Tried.nearness)
        others = [one for one in rest if one not in same]
        explained = [one for one in others if not _beyond(one, first, columns, good_weight)]
        rest = [one for one in others if one not in explained]
        yield Separation(
            first.tag,
            first.table,
            first.lift,
            share(first.table.bad_with, first.table.good_with, good_weight),
            share(first.table.bad_without, first.table.good_without, good_weight),
            math.exp(first.chance),
            also=tuple(one.tag for one in same if one is not first),
            explained=tuple(one.tag for one in explained),
            examples=tuple(columns.ids[number] for number in sorted(first.having))[:MAX_EXAMPLES],
        )


def _alike(one: Set[int], other: Set[int]) -> bool:
    return len(one & other) >= SAME * len(one | other)


def _beyond(one: _Tried, first: _Tried, columns: Columns, good_weight: float) -> bool:
    """Whether it still separates among requests with ``first`` and among those without."""
    strata = [
        columns.table(one.having, one.compared & first.having),
        columns.table(one.having, one.compared - first.having),
    ]
    return deviation(strata) >= BEYOND and lift(strata, good_weight) >= LEAST_LIFT
