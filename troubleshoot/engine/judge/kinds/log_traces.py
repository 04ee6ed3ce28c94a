"""Log lines tied to the traces of the same run, by trace id."""

from collections.abc import Iterable
from dataclasses import dataclass

from troubleshoot.analysis.logs.patterns import Pattern
from troubleshoot.engine.judge.judged import JudgeInput
from troubleshoot.model.signal import Trace, Traces


@dataclass(frozen=True, slots=True)
class LogTraces:
    """Ids of the traces that were read from ``stores``, and of those with a failed span."""

    known: frozenset[str]
    failed: frozenset[str]
    stores: tuple[str, ...]

    def in_failed(self, pattern: Pattern) -> str:
        """``12 of 13``: lines in failed traces, of those whose trace was read; or ''."""
        read = [one for line in pattern.seen if (one := _bare(line.trace)) in self.known]
        return f"{sum(one in self.failed for one in read)} of {len(read)}" if read else ""

    def examples(self, pattern: Pattern) -> tuple[str, ...]:
        """Ids that can be opened: failed traces first, then the newest lines' first."""
        ids = dict.fromkeys(one.trace for one in pattern.seen if one.trace)
        openable = [one for one in ids if _bare(one) in self.known] or list(ids)
        return tuple(sorted(openable, key=lambda one: _bare(one) not in self.failed))

    def notes(self, found: Iterable[Pattern]) -> tuple[str, ...]:
        ids = {_bare(line.trace) for one in found for line in one.seen if line.trace}
        if not ids:
            return ()
        if not self.stores:
            return (f"{len(ids)} trace ids in these lines; no traces were read",)
        here, failed = len(ids & self.known), len(ids & self.failed)
        there = f"{here} of them in {' and '.join(self.stores)}, {failed} failed"
        return (f"{len(ids)} trace ids in these lines, {there}",)


def log_traces(sight: JudgeInput) -> LogTraces:
    traces: list[Trace] = []
    stores: dict[str, None] = {}
    for answer in sight.answers:
        if isinstance(answer.signal, Traces):
            traces += answer.signal.traces
            stores[answer.request.store.product] = None
    failed = [one for one in traces if any(span.failed for span in one.spans)]
    return LogTraces(_ids(traces), _ids(failed), tuple(stores))


def _ids(traces: Iterable[Trace]) -> frozenset[str]:
    return frozenset(filter(None, (_bare(one.trace_id) for one in traces)))


def _bare(trace_id: str) -> str:
    """Some write the 64 bits of an id with the zeros of the other 64, in capitals, or dashed."""
    return trace_id.lower().replace("-", "").lstrip("0")
