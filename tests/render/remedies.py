"""What to do about the incident, and the backends that were asked."""

from dataclasses import replace

from troubleshoot.model.playbook import Remedy
from troubleshoot.model.report import Action, FollowUp, StoreStatus

BREAKER = Action(
    "open-circuit-breaker",
    Remedy(
        title="Open the circuit breaker around the provider",
        guide="5.1",
        risk="low",
        precondition="the breaker is deployed in payment-service",
        commands=("kubectl set env deployment/payment-service CIRCUIT_BREAKER=on",),
        snippet="@circuit_breaker(failure_threshold=5, recovery_timeout=30)\n"
        "async def process_payment():\n    ...",
        rollback="kubectl set env deployment/payment-service CIRCUIT_BREAKER=off",
        verify="order-error-share",
        owner="payments team",
    ),
    ("payment-provider-timeout",),
)
SCALE = Action(
    "scale-payment-service",
    Remedy(
        title="Scale the payment service out",
        guide="5.1",
        risk="medium",
        precondition="CPU is above 80 % of its limit, or requests queue",
        commands=("kubectl scale deployment/payment-service --replicas=6",),
        snippet="",
        rollback="kubectl scale deployment/payment-service --replicas=3",
        verify="payment-latency-p95",
        owner="payments team",
    ),
    ("payment-provider-timeout", "payment-overloaded"),
)
RETRY = FollowUp(
    "retry-with-backoff",
    "Retry with exponential backoff, three attempts",
    "5.2",
    "code",
    "@retry(max_attempts=3, backoff=exponential_backoff)",
    ("payment-provider-timeout",),
)
QUEUE = FollowUp(
    "message-queue", "Queue orders in RabbitMQ", "9.1", "architecture", "", ("inventory-failing",)
)
STORES = (
    StoreStatus("prometheus", "http://prometheus:9090", 19, 0, 412_233, "", ""),
    StoreStatus("jaeger", "http://jaeger:16686", 2, 0, 3_912_004, "", ""),
    StoreStatus("elasticsearch", "http://elasticsearch:9200", 2, 0, 233_120, "", ""),
)


def changed(action: Action, **remedy: object) -> Action:
    """The action with other words in its remedy."""
    return replace(action, remedy=action.remedy.model_copy(update=remedy))
