"""A story the lab can tell: what changes when, and what is true at its end."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.lab.shop.shop import Shop
from tests.lab.shop.world import World

MINUTE = 60.0
FAULT = 20 * MINUTE
"""Before the end of the history: when a fault begins."""

Change = Callable[[Any], None]
"""What happens to a shop; it touches a mechanism, and the signals follow by themselves."""

Changes = tuple[tuple[float, Change], ...]
"""Each with its moment, in seconds before the end of the history."""

Culprit = tuple[str, str]
"""A service by its name in traces and metrics, and what is wrong with it: failing, slow,
unreachable, saturated, restarted or changed."""


@dataclass(frozen=True)
class Scenario:
    """Changes, and the answers that are right; no answers when nothing is wrong at the end.

    `cause`: ids of diagnoses of a playbook, `culprit`: pairs; any of them is right, the best first.
    `shop` builds the system it happens to, `symptom` is the service people notice it at.
    """

    name: str
    changes: Changes = ()
    cause: tuple[str, ...] = ()
    culprit: tuple[Culprit, ...] = ()
    shop: Callable[[World], Any] = Shop
    symptom: str = "order-service"
