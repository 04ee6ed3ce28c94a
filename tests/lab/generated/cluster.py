"""What Prometheus, the kubelet and kube-state-metrics know of the pods of a drawn system."""

from random import Random

from tests.lab.generated.effects import Active
from tests.lab.generated.pods import Pod
from tests.lab.generated.teller import Teller
from tests.lab.generated.topology import Service
from tests.lab.telemetry.metrics import Key

MEBIBYTE = 2**20
PERIOD = 100_000


def tell(teller: Teller, active: Active, dice: Random) -> None:
    """`up` of each target, and all about containers where Kubernetes is watched."""
    if teller.dialect.scraped:
        _up(teller)
    if teller.dialect.kubernetes:
        for name in teller.system.services:
            _deployment(teller, name)
        for pod in (pod for pods in teller.pods.values() for pod in pods):
            _container(teller, active, pod, dice)


def _put(teller: Teller, name: str, labels: dict[str, str], at: float, value: float) -> None:
    kind = "counter" if name.endswith("_total") else "gauge"
    key = Key(name.removesuffix("_total"), kind, name, tuple(labels.items()))
    teller.scrapes.series[key].append((at, value))


def _up(teller: Teller) -> None:
    for pod in (pod for pods in teller.pods.values() for pod in pods):
        labels = teller.target(pod)
        for at in teller.scraped():
            if pod.listed(at):
                _put(teller, "up", labels, at, float(not pod.down(at)))


def _deployment(teller: Teller, name: str) -> None:
    labels = {"namespace": teller.system.system, "deployment": name, "job": "kube-state-metrics"}
    wanted = float(teller.system.services[name].instances)
    for at in teller.scraped():
        ready = sum(pod.listed(at) and not pod.down(at) for pod in teller.pods[name])
        _put(teller, "kube_deployment_spec_replicas", labels, at, wanted)
        _put(teller, "kube_deployment_status_replicas_available", labels, at, ready)


def _container(teller: Teller, active: Active, pod: Pod, dice: Random) -> None:
    """CPU by the load of the whole system, memory at rest or growing until it is killed."""
    service = teller.system.services[pod.service]
    labels = {"namespace": teller.system.system, "pod": pod.name, "container": pod.service}
    state = labels | {"job": "kube-state-metrics"}
    kubelet = labels | {"job": "kubelet"}
    idle, rest, spent = dice.uniform(0.1, 0.3), dice.uniform(0.3, 0.55), 0.0
    for at in teller.scraped():
        if not pod.listed(at):
            continue
        restarts = float(pod.starts(at))
        _put(teller, "kube_pod_container_status_restarts_total", state, at, restarts)
        _limits(teller, service, state if teller.dialect.limits == "kube-state" else kubelet, at)
        if pod.down(at):
            spent = 0.0
            continue
        burning = _active(active, "burns", pod, at)
        busy = 0.985 if burning else min(idle * active.surge(teller.system.entry, at), 0.9)
        spent += service.cores * busy * dice.uniform(0.96, 1.0) * teller.dialect.interval
        _put(teller, "container_cpu_usage_seconds_total", kubelet, at, round(spent, 3))
        full = _filled(active, pod, at) if _active(active, "leaks", pod, at) else 0.0
        used = min(rest * dice.uniform(0.97, 1.03) + (1 - rest) * full, 0.995)
        size = float(int(used * service.mebibytes * MEBIBYTE))
        _put(teller, "container_memory_working_set_bytes", kubelet, at, size)


def _limits(teller: Teller, service: Service, labels: dict[str, str], at: float) -> None:
    size = float(service.mebibytes * MEBIBYTE)
    if teller.dialect.limits == "cadvisor":
        _put(teller, "container_spec_cpu_quota", labels, at, service.cores * PERIOD)
        _put(teller, "container_spec_cpu_period", labels, at, float(PERIOD))
        _put(teller, "container_spec_memory_limit_bytes", labels, at, size)
        return
    name = "kube_pod_container_resource_limits"
    _put(teller, name, labels | {"resource": "cpu", "unit": "core"}, at, service.cores)
    _put(teller, name, labels | {"resource": "memory", "unit": "byte"}, at, size)


def _active(active: Active, what: str, pod: Pod, at: float) -> bool:
    until = min(at, active.history - 1)  # the last scrape is when the history ends
    return any(each.hits(pod.number) for each in active.now(what, pod.service, until))


def _filled(active: Active, pod: Pod, at: float) -> float:
    """How far from its start, or the fault's, to being killed."""
    begun = max([active.begin("leaks", pod.service), *(end for _, end in pod.downs if end <= at)])
    killed = min((start for start, _ in pod.downs if start > at), default=at + 60)
    return (at - begun) / max(killed - begun, 1.0)
