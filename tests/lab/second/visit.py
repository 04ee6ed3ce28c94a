"""One visit of a customer: looking at an event, or buying a ticket."""

from dataclasses import dataclass
from random import Random

from tests.lab.telemetry.spans import Trace

CURRENCIES = ("EUR", "EUR", "EUR", "USD", "GBP")
TIERS = ("stalls", "balcony", "box")


@dataclass(frozen=True, slots=True)
class Visit:
    """What a customer wants, and the trace that follows it."""

    number: int
    buys: bool
    event: str
    session: str
    tier: str
    currency: str
    cents: int
    trace: Trace

    @property
    def booking(self) -> str:
        """The booking's number, should there be one."""
        return f"BK{self.number:07d}"


def new_visit(dice: Random, number: int, trace: Trace) -> Visit:
    """Draw a visit; one in two buys."""
    return Visit(
        number=number,
        buys=dice.random() < 0.5,
        event=f"ev-{dice.randrange(200, 320)}",
        session=f"{dice.getrandbits(64):016x}",
        tier=dice.choice(TIERS),
        currency=dice.choice(CURRENCIES),
        cents=dice.randrange(1_500, 18_000),
        trace=trace,
    )
