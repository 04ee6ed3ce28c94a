"""In which service errors originate."""

from troubleshoot.analysis.hosts import service_at
from troubleshoot.analysis.traces.origins import Origin, failed_share, origins
from troubleshoot.analysis.traces.tree import Tree
from troubleshoot.engine.judge.judged import Judged, JudgeInput, words, worst, worst_first
from troubleshoot.engine.judge.kinds.gate import Gate, gate
from troubleshoot.engine.judge.kinds.trace import about, finish, observed, see
from troubleshoot.model.facts import Answering, Party, TraceFacts
from troubleshoot.model.finding import Item
from troubleshoot.model.judges.trace_errors import TraceErrors

LEAST_FAILED = 3  # one may be anything, two may have happened by chance together


def judge(rule: TraceErrors, sight: JudgeInput) -> Judged:
    seen = see(sight)
    if isinstance(seen, Judged):
        return seen
    share = failed_share(seen.among) or 0.0
    enough = gate("origins count where failed traces", rule.failed, share)
    # a search for failed traces finds only those whose tracer wrote the tag that it asks for
    found = origins((*seen.chosen, *seen.among))
    if enough.open and found.failed < LEAST_FAILED:
        enough = Gate(False, f"{found.failed} failed traces say little: {LEAST_FAILED} are needed")
    services = sight.known.services.names or _sending(seen.among)
    items = worst_first([_item(rule, one, enough, services) for one in found.origins])
    summary = f"{share * 100:.0f} % of {len(seen.among)} sampled traces failed"
    notes = enough.notes(items)
    judged = Judged(worst(items), items, "ratio", words(rule, "ratio"), summary, notes=notes)
    return finish(seen, judged)


def _sending(trees: tuple[Tree, ...]) -> frozenset[str]:
    return frozenset(span.service for one in trees for span in one.spans)


def _item(rule: TraceErrors, origin: Origin, enough: Gate, services: frozenset[str]) -> Item:
    outcome = enough.grade(origin.share, rule)
    return Item(
        (), outcome, origin.share,
        subject=about(origin.service, origin.operation, origin.seen_by),
        limit=enough.limit(outcome, rule),
        note=origin.message, examples=origin.examples,
        facts=TraceFacts(
            observed(origin.service, origin.seen_by), _answering(origin, services),
            Party(origin.kind), origin.operation, origin.seen_by, origin.service,
            share=origin.share,
        ),
    )  # fmt: skip


def _answering(origin: Origin, services: frozenset[str]) -> Answering:
    """Its callers call it, it usually sends spans, and yet it left none: it did not answer."""
    if origin.kind == Party.REMOTE and service_at(origin.service, services) in services:
        return Answering.NEVER
    return Answering.LATE if origin.late else Answering.IN_TIME
