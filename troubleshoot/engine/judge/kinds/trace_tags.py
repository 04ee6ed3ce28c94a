"""Which tag values separate failed requests from good ones."""

from dataclasses import dataclass

from troubleshoot.analysis.traces.calls import apart, callees
from troubleshoot.analysis.traces.separation import LEAST_TRACES, Separation, Tag, separations
from troubleshoot.analysis.traces.tree import Tree, failed
from troubleshoot.engine.judge.judged import BADNESS, Judged, JudgeInput, words, worst
from troubleshoot.engine.judge.kinds.gate import Gate, gate
from troubleshoot.engine.judge.kinds.trace import TraceSample, finish, see
from troubleshoot.model.facts import Dimension, TagFacts
from troubleshoot.model.finding import Item, Outcome
from troubleshoot.model.judges.trace_tags import TraceTags
from troubleshoot.model.signal import Trace

PART = 0.2  # of the failed traces; a value that fewer of them have explains too little
SYMPTOMS = 3  # told in the notes


@dataclass(frozen=True, slots=True)
class _Sides:
    """``share`` of all ``count`` that failed; a good one stands for ``weight`` of them.

    ``what`` they are: requests by their traces, or calls.
    """

    bad: tuple[Trace, ...]
    good: tuple[Trace, ...]
    share: float
    count: int
    what: str = "traces"
    weight: float = 1.0


def judge(rule: TraceTags, sight: JudgeInput) -> Judged:
    seen = see(sight)
    if isinstance(seen, Judged):
        return seen
    sides = _requests(seen)
    if not rule.failed.holds(sides.share):
        sides = _calls(rule, seen) or sides
    found = separations(sides.bad, sides.good, good_weight=sides.weight)
    enough = gate("separations count where failed traces", rule.failed, sides.share)
    causes = [_item(rule, one, sides, enough) for one in found if not one.symptom]
    items = tuple(sorted(causes, key=lambda item: BADNESS.index(item.outcome)))  # surest first
    notes = (
        *enough.notes(items),
        *(_shown(one, sides) for one in [one for one in found if one.symptom][:SYMPTOMS]),
    )
    said = f"{words(rule, 'ratio')}, of a value that at least {PART * 100:g} % of the failed have"
    judged = Judged(worst(items), items, "ratio", said, _summary(sides, items), notes=notes)
    return finish(seen, judged)


def _requests(seen: TraceSample) -> _Sides:
    """All failed traces, and the good ones of the sample, over the time that the sample covers.

    Before that there are only failed ones: a release in between would seem to be their cause.
    """
    every = (*seen.chosen, *seen.among)
    broken = {one.trace.trace_id for one in every if failed(one)}
    good = tuple(one.trace for one in seen.among if one.trace.trace_id not in broken)
    sampled = len(seen.among) - len(good)
    since = min(map(_start, seen.among), default=0.0)
    recent = {one.trace.trace_id: one.trace for one in every if _start(one) >= since}
    bad = tuple(one for one in recent.values() if one.trace_id in broken)
    share = sampled / len(seen.among) if seen.among else 0.0
    weight = len(bad) / sampled if sampled else 1.0
    return _Sides(bad, good, share, len(seen.among), weight=weight)


def _calls(rule: TraceTags, seen: TraceSample) -> _Sides | None:
    """To the service most of whose failures its callers survive, and that are its own."""
    failing = [
        one
        for one in callees(seen.among)
        if one.own >= LEAST_TRACES and rule.failed.holds(one.own_share)
    ]
    if not failing:
        return None
    most = min(failing, key=lambda one: (-one.own, one.service, one.kind))
    bad, good = apart(seen.among, most.service, most.kind)
    return _Sides(tuple(bad), tuple(good), most.share, most.calls, f"calls to {most.service}")


def _start(whole: Tree) -> float:
    return whole.spans[0].start if whole.spans else 0.0


def _item(rule: TraceTags, one: Separation, sides: _Sides, enough: Gate) -> Item:
    explains = one.table.bad_with >= PART * len(sides.bad)
    outcome = enough.grade(one.failed, rule) if explains else Outcome.OK
    table = one.table
    return Item(
        (), outcome, one.failed, one.otherwise,
        subject=f"{_name(one.tag)}, in {table.bad_with} of {table.bad} failed {sides.what} and in "
        f"{table.good_with} of {table.total - table.bad} others",
        limit=enough.limit(outcome, rule),
        note=_confounders(one),
        examples=tuple(dict.fromkeys(name.split()[0] for name in one.examples)),
        facts=TagFacts(
            Dimension(one.tag.kind.value), one.tag.service, one.tag.name, one.tag.value
        ),
    )  # fmt: skip


def _name(tag: Tag) -> str:
    return f"{tag.service} {tag.name} {tag.value}"


def _confounders(one: Separation) -> str:
    parts = (("in the same traces", one.also), ("explained by it", one.explained))
    return "; ".join(f"{how}: {', '.join(map(_name, tags))}" for how, tags in parts if tags)


def _shown(symptom: Separation, sides: _Sides) -> str:
    table = symptom.table
    return f"{table.bad_with} of {table.bad} failed {sides.what} show {_name(symptom.tag)}"


def _summary(sides: _Sides, items: tuple[Item, ...]) -> str:
    what = f"sampled {sides.what}" if sides.what == "traces" else sides.what
    failing = f"{sides.share * 100:.0f} % of {sides.count} {what} failed"
    if items:
        return failing
    if min(len(sides.bad), len(sides.good)) < LEAST_TRACES:
        counts = f"{len(sides.bad)} failed and {len(sides.good)} good ones"
        return f"{failing}; {counts} are too few to compare their tags"
    return f"{failing}; no tag separates them from the others"
