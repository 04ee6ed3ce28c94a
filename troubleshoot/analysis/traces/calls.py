"""How the calls to each callee end, whatever became of the request that made them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from troubleshoot.analysis.traces.callee import charged, nested
from troubleshoot.analysis.traces.tree import Tree, below, calls_out, once, parents
from troubleshoot.model.signal import Span, Trace

MAX_EXAMPLES = 3
MAX_DEPTH = 500  # a trace deeper than this goes in circles

_Key = tuple[str, str]  # service, kind


@dataclass(frozen=True, slots=True)
class Callee:
    """``failed`` of ``calls`` failed for the caller; ``caller`` made most of those.

    ``own`` of them do not follow from failures of calls that the callee made itself.
    """

    service: str
    kind: str
    calls: int
    failed: int
    own: int
    caller: str
    message: str
    examples: tuple[str, ...]

    @property
    def share(self) -> float:
        return self.failed / self.calls

    @property
    def own_share(self) -> float:
        return self.own / self.calls


@dataclass(frozen=True, slots=True)
class OneCall:
    """``span`` tells how it ended; ``hurt``: a call that was made for it failed, to another."""

    key: _Key
    caller: str
    span: Span
    hurt: bool


def callees(trees: Iterable[Tree]) -> tuple[Callee, ...]:
    """Whom the requests called, by falling share of failures.

    A caller may survive a failed call: it falls back, or retries; such failures never show in the
    request as a whole.
    """
    groups: dict[_Key, list[OneCall]] = defaultdict(list)
    for whole in once(trees):
        for one in calls(whole):
            groups[one.key].append(one)
    found = [_callee(key, some) for key, some in groups.items()]
    return tuple(sorted(found, key=lambda one: (-one.share, one.service, one.kind)))


def apart(trees: Iterable[Tree], service: str, kind: str) -> tuple[list[Trace], list[Trace]]:
    """Each call to a callee, with all below it, as a trace: those that failed, and the others.

    The id begins with that of the trace, up to a blank.
    """
    bad, good = list[Trace](), list[Trace]()
    for whole in once(trees):
        for one in calls(whole):
            if one.key == (service, kind):
                name = f"{whole.trace.trace_id} {one.span.span_id}"
                part = Trace(name, tuple(below(whole, one.span)))
                (bad if one.span.failed else good).append(part)
    return bad, good


def calls(whole: Tree) -> Iterator[OneCall]:
    """Also those that only the span of the answer tells of."""
    above = parents(whole)
    made = {span.span_id: key for span in whole.spans if (key := _called(span, whole, above))}
    hurt = _hurt(whole, above, made)
    for span in whole.spans:
        if key := made.get(span.span_id):
            up = above.get(span.span_id)
            caller = span.service if calls_out(span) or up is None else up.service
            yield OneCall(key, caller, span, span.span_id in hurt)


def _called(span: Span, whole: Tree, above: Mapping[str, Span]) -> _Key | None:
    if calls_out(span):
        return None if nested(span, whole) else charged(span, whole)
    up = above.get(span.span_id)
    if up is None or calls_out(up) or up.service == span.service or span.kind == "consumer":
        return None
    return charged(span, whole)


def _hurt(whole: Tree, above: Mapping[str, Span], made: Mapping[str, _Key]) -> set[str]:
    """Calls with a failed one below them that is charged to somebody else."""
    found: set[str] = set()
    for span in whole.spans:
        if span.failed and (key := made.get(span.span_id)):
            up = above.get(span.span_id)
            for _ in range(MAX_DEPTH):
                if up is None:
                    break
                if made.get(up.span_id, key) != key:
                    found.add(up.span_id)
                up = above.get(up.span_id)
    return found


def _callee(key: _Key, some: list[OneCall]) -> Callee:
    failed = [one for one in some if one.span.failed]
    callers = [one.caller for one in failed]
    messages = [one.span.message for one in failed if one.span.message]
    return Callee(
        service=key[0],
        kind=key[1],
        calls=len(some),
        failed=len(failed),
        own=round(len(failed) * (1 - _explained(some))),
        caller=max(callers, key=callers.count, default=""),
        message=max(messages, key=messages.count, default=""),
        examples=tuple(sorted({one.span.trace_id for one in failed}))[:MAX_EXAMPLES],
    )


def _explained(some: list[OneCall]) -> float:
    """The part of the failures that goes back to failed calls below.

    What good calls get over as often explains nothing: the attributable fraction among the exposed
    (Miettinen 1974), with those that were hurt as the exposed.
    """
    failed, good = ([one.hurt for one in some if one.span.failed is bad] for bad in (True, False))
    if not any(failed):
        return 0.0
    hurt, survived = sum(failed) / len(failed), sum(good) / len(good) if good else 0.0
    return max(0.0, (hurt - survived) / (1 - survived)) if survived < 1 else 0.0
