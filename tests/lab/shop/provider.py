"""The external payment provider: it is not instrumented, only its callers see it."""

from dataclasses import dataclass

from tests.lab.shop.calls import refused
from tests.lab.shop.order import Order
from tests.lab.shop.world import World
from tests.lab.telemetry.spans import Failure

HOST = "api.payment-provider.example"


@dataclass
class Provider:
    """How it answers. Durations in seconds, shares of all calls between 0 and 1."""

    world: World
    median: float = 0.17
    spread: float = 0.4
    unavailable_share: float = 0.0003
    refused_share: float = 0.0
    declined_share: float = 0.01
    certificate_expired: bool = False

    def charge(self, order: Order, timeout: float) -> tuple[float, int, Failure | None]:
        """Seconds the caller waits, HTTP status (0: none came) and what went wrong."""
        if self.certificate_expired:
            text = f"TLS handshake with {HOST}:443: certificate verify failed: it has expired"
            failure = Failure("tls_error", "SSLCertVerificationError", text)
            return self.world.duration(0.03, 0.2), 0, failure
        dice = self.world.chance.random()
        if dice < self.refused_share:
            return 0.002, 0, refused(f"connect to {HOST}:443")
        if dice < self.refused_share + self.unavailable_share:
            text = f"payment provider answered 503 Service Unavailable for {order.payment_id}"
            return (
                self.world.duration(0.04, 0.3),
                503,
                Failure("provider_error", "ProviderUnavailableError", text),
            )
        took = self.world.duration(self.median, self.spread)
        if took > timeout:
            text = f"payment provider did not answer {order.payment_id} within {timeout:g} s"
            return timeout, 0, Failure("timeout", "TimeoutError", text)
        if self.world.chance.random() < self.declined_share:
            text = f"card declined for {order.payment_id}: insufficient funds"
            return took, 402, Failure("declined", "CardDeclinedError", text)
        return took, 201, None
