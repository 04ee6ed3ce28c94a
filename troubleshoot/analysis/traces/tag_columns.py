"""Which traces have which tag values: one value a trace, service and tag."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass

from troubleshoot.analysis.significance import Table
from troubleshoot.model.signal import Span, Trace

OPERATION = "operation"  # of the span at the top of a trace, beside the tags
_ADDRESSES = (
    "server.address", "net.peer.name", "net.peer.ip", "peer.address", "peer.hostname",
    "network.peer.address",
)  # fmt: skip

Values = Mapping[str, Set[int]]  # of one tag: the numbers of the traces with each value


@dataclass(frozen=True, slots=True)
class Columns:
    """Traces by their place in ``ids``, those that failed first; tags by service and name."""

    ids: tuple[str, ...]
    bad: Set[int]
    values: Mapping[tuple[str, str], Values]

    def table(self, having: Set[int], compared: Set[int]) -> Table:
        """Those of ``compared`` that are in ``having`` against the rest of them."""
        held, bad = having & compared, compared & self.bad
        bad_with = len(held & bad)
        good_with = len(held) - bad_with
        return Table(
            bad_with, good_with, len(bad) - bad_with, len(compared) - len(bad) - good_with
        )  # fmt: skip


def read(bad: Iterable[Trace], good: Iterable[Trace]) -> Columns:
    """A trace that is there twice counts once; one that is on both sides failed."""
    failed = {trace.trace_id: trace for trace in bad}
    fine = {trace.trace_id: trace for trace in good if trace.trace_id not in failed}
    traces = [failed[one] for one in sorted(failed)] + [fine[one] for one in sorted(fine)]
    values: dict[tuple[str, str], dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    for number, trace in enumerate(traces):
        for service, tags in first_values(trace).items():
            for name, value in tags.items():
                values[service, name][value].add(number)
    ids = tuple(trace.trace_id for trace in traces)
    return Columns(ids, set(range(len(failed))), values)


def first_values(trace: Trace) -> Mapping[str, Mapping[str, str]]:
    """By service, each tag's value on its first span that has it; addresses are the callee's.

    What comes later, such as a retry elsewhere or a compensation, can be a result of the failure.
    """
    found: dict[str, dict[str, str]] = defaultdict(dict)
    spans = sorted(trace.spans, key=_position, reverse=True)
    for span in spans:  # the last one first: what an earlier one says goes over it
        tags = dict(span.tags)
        if callee := tags.get("peer.service"):
            found[callee].update({name: tags.pop(name) for name in _ADDRESSES if name in tags})
        found[span.service].update(tags)
    known = {span.span_id for span in spans}
    if spans:
        top = min(
            spans, key=lambda one: (one.parent_id != "", one.parent_id in known, *_position(one))
        )
        found[top.service][OPERATION] = top.operation
    return found


def _position(span: Span) -> tuple[float, float, str]:
    return (span.start, -span.duration, span.span_id)
