"""How a drawn system tells of itself: conventions of metrics, traces and logs, as they are met."""

from dataclasses import dataclass
from random import Random

METRICS = (
    "otel-http", "otel-http-job", "span-metrics", "span-metrics-old", "tempo", "istio", "grpc",
    "prometheus-client", "in-house",
)  # fmt: skip
TRACES = ("stable", "older", "opentracing")
LOGS = ("ecs", "flat", "severity", "otel", "logfmt")


@dataclass(frozen=True, slots=True)
class Dialect:
    """`kubernetes`: cAdvisor and kube-state-metrics are there; `limits`: which tells limits.

    `job`: how a scrape job is called. `domain` follows host names inside. `rpc`: services call
    each other by gRPC. `shared`: both sides of a call have the same span id, as in Zipkin.
    `interval`: seconds from one scrape to the next.
    """

    metrics: str
    traces: str
    logs: str
    kubernetes: bool
    limits: str
    job: str
    domain: str
    versions: bool
    shared: bool
    events: bool
    interval: float = 30.0

    @property
    def rpc(self) -> bool:
        """Only gRPC's metrics mean that services talk gRPC."""
        return self.metrics == "grpc"

    @property
    def scraped(self) -> bool:
        """Metrics made from spans are pushed: no target, no `up`."""
        return self.metrics not in ("span-metrics", "span-metrics-old", "tempo")

    def __str__(self) -> str:
        """A word for each signal."""
        extras = {
            "kube": self.kubernetes, "versions": self.versions, "shared-ids": self.shared,
            "fqdn": bool(self.domain),
        }  # fmt: skip
        return " ".join(
            (self.metrics, self.traces, self.logs, *(k for k, v in extras.items() if v))
        )


def draw(dice: Random, system: str) -> Dialect:
    """One of each, whatever the others are."""
    traces = dice.choice(TRACES)
    return Dialect(
        metrics=dice.choice(METRICS),
        traces=traces,
        logs=dice.choice(LOGS),
        kubernetes=dice.random() < 0.7,
        limits=dice.choice(("cadvisor", "kube-state")),
        job=dice.choice(("{service}", "{namespace}/{service}", "kubernetes-pods")),
        domain=f".{system}.svc.cluster.local" if dice.random() < 0.3 else "",
        versions=dice.random() < 0.7,
        shared=traces == "opentracing" and dice.random() < 0.4,
        events=dice.random() < 0.5,
    )
