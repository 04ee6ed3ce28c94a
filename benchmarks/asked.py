"""Which requests a run makes, and which of them must wait for the answer to another."""

from dataclasses import dataclass, replace
from time import monotonic

from troubleshoot.backends.recording.replayer import replay_backends
from troubleshoot.backends.stores.table import dialects
from troubleshoot.engine.collect.collector import Collector
from troubleshoot.engine.plan.planner import Planner
from troubleshoot.engine.run import collect, wanted
from troubleshoot.load.assets import built_in
from troubleshoot.load.playbook.loader import load_playbook
from troubleshoot.load.playbook.parameters import Given
from troubleshoot.model.bundle import Bundle
from troubleshoot.model.options import RunOptions
from troubleshoot.model.query import QueryKind, Request
from troubleshoot.model.store import Store


@dataclass(frozen=True, slots=True)
class Asked:
    """``everything`` in the order of the plan; ``chain`` one request of each dependent round."""

    everything: tuple[Request, ...]
    chain: tuple[Request, ...]


def asked(bundle: Bundle) -> Asked:
    """By a replay of today's playbook. Raises SystemExit when the bundle lacks an answer."""
    window, place = bundle.setup.window, built_in()
    file = place.playbooks / bundle.playbook
    loaded = load_playbook(file, (place.queries,), window, Given({}, {}), dialects())
    part = wanted(loaded, replace(bundle.setup, options=RunOptions()))
    planner = Planner(loaded, window, part, dialects())
    collector = Collector(replay_backends(bundle), monotonic, 60.0, lambda _heard: None)
    collected = collect(planner, collector)
    recorded = collector.recorded()
    missing = [one.request for one in recorded if one.raw.failure]
    if missing:
        raise SystemExit(f"record the bundle again, it has no answer to {missing[0]}")
    everything = tuple(one.request for one in recorded)
    planned = {request for one in collected.planned for request in one.requests()}
    fields = [one for one in collected.exists if one.ask is QueryKind.FIELDS]
    logs = [one for one in everything if one.ask is QueryKind.LOGS and one in planned]
    why = [one for one in everything if one not in planned and one not in collected.exists]
    # a metric's follow-up waits for that metric only, which makes no longer chain than the logs
    empty = [one for one in why if one.store is Store.ELASTICSEARCH]
    return Asked(everything, (*fields[:1], *logs[:1], *empty[:1]))
