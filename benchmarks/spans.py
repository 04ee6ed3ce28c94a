"""The traces of a recorded run of find-culprit, as many times as are wanted."""

from dataclasses import dataclass, replace
from itertools import count
from time import monotonic
from typing import Any

import orjson

from troubleshoot.backends.parse.parsing import parse
from troubleshoot.backends.recording.bundle import read_bundle
from troubleshoot.backends.recording.replayer import replay_backends
from troubleshoot.backends.stores.table import dialects
from troubleshoot.engine.collect.answers import Answer, Answers
from troubleshoot.engine.collect.collector import Collector
from troubleshoot.engine.collected import Collected
from troubleshoot.engine.judge.findings import Finder
from troubleshoot.engine.plan.planner import Planner
from troubleshoot.engine.run import collect, wanted
from troubleshoot.engine.topology.call_graph import call_graph
from troubleshoot.load.assets import built_in, demos
from troubleshoot.load.playbook.loader import load_playbook
from troubleshoot.load.playbook.parameters import Given
from troubleshoot.model.bundle import Bundle, Recorded
from troubleshoot.model.query import QueryKind
from troubleshoot.model.signal import Signal
from troubleshoot.model.store import Store

RECORDED = "tickets-ledger-bug.zip"


@dataclass(frozen=True, slots=True)
class Traces:
    """Answers to all searches of a run; ``others`` is what else Jaeger said."""

    bundle: Bundle
    collected: Collected
    searches: tuple[Recorded, ...]
    others: tuple[Answer, ...]

    @property
    def bodies(self) -> tuple[bytes, ...]:
        return tuple(one.raw.body for one in self.searches)

    def decoded(self) -> list[Signal]:
        """As a run decodes them, but for the limit of a search."""
        return [_read(one) for one in self.searches]

    def analysed(self, decoded: list[Signal]) -> object:
        """Everything that find-culprit does with them: its checks of traces, the call graph.

        The answers are new ones each time: they keep the trees of their traces.
        """
        pairs = zip(self.searches, decoded, strict=True)
        searched = [Answer(one.request, one.raw, signal) for one, signal in pairs]
        answers = Answers({one.request.key: one for one in (*searched, *self.others)})
        known, setup = self.collected.known(), self.bundle.setup
        finder = Finder(setup, answers, known, dialects())
        checks = [one for one in self.collected.planned if one.store is Store.JAEGER]
        found = [finder.finding(one) for one in checks]
        if not all(one.outcome.conclusive for one in found):
            raise SystemExit(f"record {RECORDED} again, it has no answer for {found}")
        return found, call_graph(answers, known, setup.calls, known.services.names)


def traces(spans: int) -> Traces:
    """About so many spans, over the searches of the recorded run as they were there."""
    bundle = read_bundle(demos() / RECORDED)
    collected, recorded = _replayed(bundle)
    found = [one for one in recorded if one.request.ask is QueryKind.TRACES]
    counts = [sum(len(one["spans"]) for one in _data(search)) for search in found]
    shares = [round(spans * count / sum(counts)) for count in counts]
    searches = tuple(_multiplied(one, share) for one, share in zip(found, shares, strict=True))
    others = tuple(
        Answer(one.request, one.raw, _read(one))
        for one in recorded
        if one.request.store is Store.JAEGER and one.request.ask is not QueryKind.TRACES
    )
    return Traces(bundle, collected, searches, others)


def _replayed(bundle: Bundle) -> tuple[Collected, tuple[Recorded, ...]]:
    """Which of today's requests the run makes, with their recorded answers."""
    window, place = bundle.setup.window, built_in()
    loaded = load_playbook(
        place.playbooks / bundle.playbook, (place.queries,), window, Given({}, {}), dialects()
    )
    backends = {Store.JAEGER: replay_backends(bundle)[Store.JAEGER]}
    collector = Collector(backends, monotonic, 60.0, lambda _heard: None)
    collected = collect(
        Planner(loaded, window, wanted(loaded, bundle.setup), dialects()), collector
    )
    return collected, collector.recorded()


def _read(recorded: Recorded) -> Signal:
    return parse(replace(recorded.request, limit=0), recorded.raw)


def _data(recorded: Recorded) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = orjson.loads(recorded.raw.body)["data"]
    return found


def _multiplied(recorded: Recorded, spans: int) -> Recorded:
    """Its traces over and over, each time with other ids, until there are so many spans."""
    texts = [(one["traceID"], orjson.dumps(one), len(one["spans"])) for one in _data(recorded)]
    made: list[bytes] = []
    for number in count():
        for trace_id, text, more in texts:
            if spans <= 0:
                body = b'{"data":[' + b",".join(made) + b"]}"
                return replace(recorded, raw=replace(recorded.raw, body=body))
            made.append(text.replace(trace_id.encode(), f"{number:08x}{trace_id[8:]}".encode()))
            spans -= more
    raise AssertionError("counting ends by itself")
