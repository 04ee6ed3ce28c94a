"""What to do about the incident, and the backends that were asked."""

from troubleshoot.model.report import Action, FollowUp, StoreStatus

BREAKER = Action(
    "open-circuit-breaker",
    "Open the circuit breaker around the provider",
    "5.1",
    "low",
    "the breaker is deployed in payment-service",
    ("kubectl set env deployment/payment-service CIRCUIT_BREAKER=on",),
    "@circuit_breaker(failure_threshold=5, recovery_timeout=30)\nasync def process_payment():\n"
    "    ...",
    "kubectl set env deployment/payment-service CIRCUIT_BREAKER=off",
    "order-error-share",
    "payments team",
    ("payment-provider-timeout",),
)
SCALE = Action(
    "scale-payment-service",
    "Scale the payment service out",
    "5.1",
    "medium",
    "CPU is above 80 % of its limit, or requests queue",
    ("kubectl scale deployment/payment-service --replicas=6",),
    "",
    "kubectl scale deployment/payment-service --replicas=3",
    "payment-latency-p95",
    "payments team",
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
