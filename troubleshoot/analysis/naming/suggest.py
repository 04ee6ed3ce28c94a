"""A vocabulary suggested from metrics that were looked at."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from troubleshoot.analysis.naming import name_words as w
from troubleshoot.analysis.naming.meaning import Guess, guess
from troubleshoot.analysis.naming.name_words import NameWords
from troubleshoot.analysis.naming.pairs import Pair, pairs
from troubleshoot.analysis.naming.phrases import paired, phrases
from troubleshoot.analysis.naming.service_label import Whom, common_label, named, names_in, whom
from troubleshoot.model.suggestion import SeenMetric, SuggestedPhrase, Unassigned

NOBODY = "nothing tells whom it is about: no label with names of services"
NO_MEANING = "no word, kind or behaviour that tells what it means"
OUTWARD = "as its callers see it, and no label tells whom they call"
_SPREAD = ("histogram", "summary", "native")
_ORDER = (
    "traffic", "errors", "failures", "latency", "calls", "saturation", "usage", "throttling",
    "restarts", "kills", "hits", "queue", "age", "expiry", "up",
)  # fmt: skip


def suggested(
    metrics: Iterable[SeenMetric], services: Collection[str]
) -> tuple[tuple[SuggestedPhrase, ...], tuple[Unassigned, ...]]:
    """Phrases in the order of their meanings, and what is left."""
    every = tuple(map(_as_it_behaves, metrics))
    together = {one.one.name: one for one in pairs(every)}
    limits = {one.other.name for one in together.values() if one.means == "saturation"}
    limits |= {one.other.name for one in together.values() if one.means == "hits"}
    common, names = common_label(every), names_in(every, services)
    found: list[SuggestedPhrase] = []
    counted: set[str] = set()
    left: dict[str, list[str]] = {}
    for metric in sorted(every, key=lambda one: one.kind in _SPREAD):
        if metric.name in limits:
            continue
        about = whom(metric, services, common) or named(metric, names)
        made = _made(metric, together.get(metric.name), about)
        if isinstance(made, str):
            left.setdefault(made, []).append(metric.name)
        elif about:
            found += _once(metric, about, made, counted)
    ordered = sorted(found, key=lambda one: (_ORDER.index(one.means), one.unsure, one.needs))
    return tuple(ordered), tuple(Unassigned(tuple(names), why) for why, names in left.items())


def _once(
    metric: SeenMetric, about: Whom, made: list[SuggestedPhrase], counted: set[str]
) -> list[SuggestedPhrase]:
    """Without the count of a histogram where a counter counts the requests of all its services."""
    whose = {about.about} if about.about else set(metric.values(about.label))
    if metric.kind in _SPREAD and whose <= counted:
        return [one for one in made if one.means not in ("traffic", "errors")]
    if any(one.means == "traffic" for one in made):
        counted |= whose
    return made


def _made(metric: SeenMetric, pair: Pair | None, about: Whom | None) -> list[SuggestedPhrase] | str:
    """Or why nothing is suggested."""
    meant = guess(metric)
    if pair and about:
        return [paired(pair, about)]
    if meant is None:
        return NO_MEANING
    if about is None:
        return NOBODY
    return [*_outward(metric, meant, about, phrases(metric, meant, about))]


def _outward(
    metric: SeenMetric, meant: Guess, about: Whom, found: Iterable[SuggestedPhrase]
) -> Iterator[SuggestedPhrase]:
    """What a service sees of whom it calls is no trouble of its own: somebody must say whose."""
    words = NameWords.of(metric.name)
    seen = words.has(w.OUTWARD) and meant.means in ("errors", "failures", "latency", "traffic")
    named = about.caller or about.word == "host"
    for one in found:
        yield (
            replace(one, unsure=True, reason=f"{one.reason}; {OUTWARD}")
            if seen and not named
            else one
        )


def _as_it_behaves(metric: SeenMetric) -> SeenMetric:
    """A counter that falls as often as it rises is none, whatever its name says."""
    if metric.kind == "counter" and metric.moves >= 8 and metric.falls > metric.moves / 4:
        return replace(metric, kind="gauge")
    return metric
