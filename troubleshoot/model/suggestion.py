"""A vocabulary as it might be: what the names and the behaviour of metrics say they mean."""

from dataclasses import dataclass
from typing import Literal

from troubleshoot.model.signal import Labels

MetricKind = Literal["counter", "gauge", "histogram", "native", "summary"]


@dataclass(frozen=True, slots=True)
class SeenMetric:
    """A metric with what was seen of it; of a histogram or a summary its count is looked at.

    ``name`` is without ``_bucket``, ``_sum`` and ``_count`` where it is one of these. ``series``
    are some of its ``count`` label sets; ``low`` and ``high`` its lowest and highest values lately;
    ``falls`` and ``moves`` how often any of them fell, or changed. ``outcomes``: values of the
    label that seems to say how a request ended.
    """

    name: str
    kind: MetricKind
    series: tuple[Labels, ...]
    count: int
    low: float
    high: float
    falls: float = 0.0
    moves: float = 0.0
    outcomes: tuple[str, tuple[str, ...]] = ("", ())

    def values(self, label: str) -> tuple[str, ...]:
        """Of one label, in the order of the series; of those without it ''."""
        return tuple(dict(one).get(label, "") for one in self.series)

    @property
    def label_names(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(name for one in self.series for name, _ in one))


@dataclass(frozen=True, slots=True)
class SuggestedPhrase:
    """One phrase of a vocabulary, why it is suggested, and series that it reads.

    ``labels`` are pairs (our word, label of the answer). ``unsure``: it is written down, but
    nothing reads it until somebody says what is missing.
    """

    means: str
    needs: tuple[str, ...]
    labels: tuple[tuple[str, str], ...]
    query: str
    reason: str
    examples: tuple[str, ...] = ()
    about: str = ""
    of: str = ""
    statistic: str = ""
    unsure: bool = False


@dataclass(frozen=True, slots=True)
class Unassigned:
    """Metrics that nothing is suggested for, and why."""

    metrics: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    """``services`` are those that traces and logs name; ``known`` metrics that are read already."""

    phrases: tuple[SuggestedPhrase, ...]
    unassigned: tuple[Unassigned, ...]
    services: tuple[str, ...]
    known: tuple[str, ...]
    notes: tuple[str, ...] = ()
