"""A drawn incident: the system, its dialect, the fault; and everything that two hours leave."""

from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import count
from random import Random

from tests.lab.generated import (
    cluster,
    conventions,
    dialect,
    documents,
    faults,
    partial,
    pods,
    sprawl,
    topology,
    weather,
)
from tests.lab.generated.dialect import Dialect
from tests.lab.generated.effects import Active, Effect, Fault
from tests.lab.generated.faults import FAULTS
from tests.lab.generated.run import Run
from tests.lab.generated.teller import Teller
from tests.lab.generated.topology import Topology
from tests.lab.scenario import Scenario
from tests.lab.telemetry.events import Event
from tests.lab.telemetry.logs import LogLine
from tests.lab.telemetry.metrics import Scrapes
from tests.lab.telemetry.recording import Recording

SCENARIOS = {name: Scenario(name) for name in FAULTS}
"""By name, in order of place; who is to blame depends on the seed."""

DIRTY = {name: Scenario(name) for name in partial.FAULTS}
"""Those that happen to large systems on which much else goes on."""

MOST_SPANS = 20
"""Of a request, on average: twelve services that all call each other tell no more than these."""

MOST_SPANS_DIRTY = 24
"""Dozens of services; most are asked in few requests."""


@dataclass(frozen=True)
class Drawn:
    """What a seed made of a scenario; `sampled`: share of the traces that are kept."""

    system: Topology
    dialect: Dialect
    fault: Fault
    sampled: float = 0.1


@lru_cache(maxsize=512)
def draw(name: str, seed: int) -> Drawn:
    """The first system of that seed in which the fault can be felt."""
    return _dirty(name, seed) if name in DIRTY else _clean(name, seed)


def _dirty(name: str, seed: int) -> Drawn:
    for attempt in count():
        dice = Random(f"{name} {seed} {attempt}")
        system = sprawl.draw(dice)
        small = system.spans(system.entry) <= MOST_SPANS_DIRTY
        fault = partial.FAULTS[name](dice, system) if small else None
        if fault is not None:
            everyday = weather.everyday(dice, system)
            told = replace(dialect.draw(dice, system.system), interval=60.0)
            fault = replace(fault, effects=(*fault.effects, *everyday))
            return Drawn(system, told, fault, sampled=0.01)
    raise AssertionError(name)  # the attempts never end


def _clean(name: str, seed: int) -> Drawn:
    for attempt in count():
        dice = Random(f"{name} {seed} {attempt}")
        system = topology.draw(dice)
        if faults.has(system, name) and system.spans(system.entry) <= MOST_SPANS:
            break
    fault = FAULTS[name](dice, system)
    everyday = Effect("raises", dice.choice(sorted(system.services)), 1e9, share=0.003)
    fault = Fault(fault.culprit, (*fault.effects, everyday), fault.releases)
    return Drawn(system, dialect.draw(dice, system.system), fault)


def story(name: str, seed: int) -> Scenario:
    """The scenario with the answers that are right for this seed."""
    drawn = draw(name, seed)
    return Scenario(name, culprit=drawn.fault.culprit, symptom=drawn.system.entry)


def simulate(
    name: str, seed: int, history: float = 2 * 60 * 60.0, sampled: float | None = None
) -> Recording:
    """Same input, same output. `sampled`: another share of the traces than that system's."""
    drawn, dice = draw(name, seed), Random(f"{name} {seed} run")
    system, told = drawn.system, drawn.dialect
    instances = pods.draw(dice, system, drawn.fault, history)
    active = Active(drawn.fault, history)
    run = Run(system, told, active, instances, dice)
    run.go(history, drawn.sampled if sampled is None else sampled)
    _set_clocks(run)
    teller = Teller(system, instances, told, history, Scrapes())
    conventions.tell(teller, run.tally)
    cluster.tell(teller, active, dice)
    for span in run.spans:
        span.version = span.version if told.versions else ""
    index = f"{system.system}-{name}-{seed}"
    lines = sorted(run.lines, key=lambda line: line.at)
    logs: list[LogLine] = [documents.shape(line, told, index) for line in lines]
    return Recording(teller.scrapes, run.spans, logs, list(_events(drawn, history, index)))


def _set_clocks(run: Run) -> None:
    """Spans and lines carry the time of the host that wrote them; metrics Prometheus' own."""
    ahead = {name: each.clock for name, each in run.system.services.items() if each.clock}
    for span in run.spans:
        span.start += ahead.get(span.service, 0.0)
        span.end += ahead.get(span.service, 0.0)
    run.lines = [
        replace(line, at=line.at + ahead[line.pod.service]) if line.pod.service in ahead else line
        for line in run.lines
    ]


def log_index(name: str, seed: int) -> str:
    """The pattern of the indices that belong to this incident alone."""
    return f"any-*-{draw(name, seed).system.system}-{name}-{seed}-*"


def _events(drawn: Drawn, history: float, index: str) -> list[Event]:
    if not drawn.dialect.events:
        return []
    return [
        Event(
            max(history - each.start, 0.0), index, each.service, each.version,
            f"deployed {each.service} {each.version}",
        )
        for each in drawn.fault.releases
    ]  # fmt: skip
