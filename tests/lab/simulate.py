"""Run a scenario and keep what its requests left behind. Same input, same output."""

from typing import Any

from tests.lab.scenario import Change, Scenario
from tests.lab.shop.world import Work, World
from tests.lab.telemetry.recording import Recording

HISTORY = 2 * 60 * 60.0
SAMPLED = 0.1


def simulate(
    scenario: Scenario, seed: int, history: float = HISTORY, sampled: float = SAMPLED
) -> Recording:
    """Simulate `history` seconds that end with the incident; `sampled`: share of traces kept.

    Changes that would lie before the start of a shorter history happen at its start.
    """
    world = World(f"{scenario.name} {seed}", sampled)
    shop = scenario.shop(world)
    for before_end, change in scenario.changes:
        world.env.process(_later(world, shop, max(history - before_end, 0.0), change))
    world.env.run(until=history)
    return world.recording


def _later(world: World, shop: Any, at: float, change: Change) -> Work[None]:
    yield world.sleep(at)
    change(shop)
