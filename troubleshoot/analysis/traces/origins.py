"""Where errors originate: the deepest failed span, not the spans its error travelled up through."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from troubleshoot.analysis.logs.patterns import mask
from troubleshoot.analysis.traces.callee import charged
from troubleshoot.analysis.traces.tree import Tree, calls_out, failed, once
from troubleshoot.model.signal import Span

MAX_EXAMPLES = 3
MAX_DEPTH = 500  # a trace deeper than this goes in circles
_STEPS = ("internal", "")


@dataclass(frozen=True, slots=True)
class Origin:
    """``service`` is charged with ``share`` of the failed traces.

    Most often it was ``operation``, reported by ``seen_by``. ``late``: mostly it did not fail, but
    its callers did not wait so long.
    """

    service: str
    kind: str
    operation: str
    seen_by: str
    share: float
    message: str
    examples: tuple[str, ...]
    late: bool


@dataclass(frozen=True, slots=True)
class Origins:
    """``failed`` traces out of ``total``; ``origins`` by falling share."""

    total: int
    failed: int
    origins: tuple[Origin, ...]


def failed_share(trees: Iterable[Tree]) -> float | None:
    """The share of traces whose top span failed; None without traces."""
    verdicts = [failed(one) for one in once(trees)]
    return sum(verdicts) / len(verdicts) if verdicts else None


def origins(trees: Iterable[Tree]) -> Origins:
    """Traces that failed as a whole count; if none did, those with any failed span."""
    each = once(trees)
    bad = [one for one in each if failed(one)]
    bad = bad or [one for one in each if any(span.failed for span in one.spans)]
    groups: dict[tuple[str, str], list[Span]] = defaultdict(list)
    for whole in bad:
        span = _deepest(whole)
        groups[charged(span, whole)].append(span)
    found = [_origin(key, spans, len(bad)) for key, spans in groups.items()]
    found.sort(key=lambda one: (-one.share, one.service, one.kind))
    return Origins(len(each), len(bad), tuple(found))


def _origin(key: tuple[str, str], spans: list[Span], of: int) -> Origin:
    return Origin(
        service=key[0],
        kind=key[1],
        operation=_most([span.operation for span in spans]),
        seen_by=_most([span.service for span in spans]),
        share=len(spans) / of,
        message=_typical([span.message for span in spans if span.message]),
        examples=tuple(dict.fromkeys(span.trace_id for span in spans))[:MAX_EXAMPLES],
        late=2 * sum(not span.failed for span in spans) > len(spans),
    )


def _typical(messages: list[str]) -> str:
    """One of those whose text is the most common, but for numbers and ids."""
    common = _most([mask(message) for message in messages])
    return next((one for one in messages if mask(one) == common), "")


def _most(texts: list[str]) -> str:
    return Counter(texts).most_common(1)[0][0] if texts else ""


def _deepest(whole: Tree) -> Span:
    """Down from the topmost failed span, always into the failed child that ended last.

    The last attempt is what made its parent fail. A call that failed while its callee did not (a
    timeout) is followed to where its time went.
    """
    top = [span for span in whole.roots if span.failed]
    span = (top or [span for span in whole.spans if span.failed])[0]
    for _ in range(MAX_DEPTH):
        if broken := _broken(span, whole):
            span = max(broken, key=_end)
        elif calls_out(span) and (slow := _slowest(span, whole)):
            span = slow
        else:
            break
    return span


def _broken(span: Span, whole: Tree) -> list[Span]:
    """The failed children, also those within a service's own steps: few libraries mark these."""
    found, seen, rest = [], {span.span_id}, list(whole.children(span))
    while rest:
        child = rest.pop()
        if child.failed:
            found.append(child)
        elif child.kind in _STEPS and child.service == span.service and child.span_id not in seen:
            seen.add(child.span_id)
            rest.extend(whole.children(child))
    return found


def _slowest(span: Span, whole: Tree) -> Span | None:
    """The callee's span that took at least half of the call, down to the last such call."""
    found = None
    for _ in range(MAX_DEPTH):
        long = [one for one in whole.children(span) if one.duration >= span.duration / 2]
        if not long:
            return found
        span = found = max(long, key=lambda one: (one.duration, one.span_id))
    return found


def _end(span: Span) -> tuple[float, str]:
    return (span.start + span.duration, span.span_id)
