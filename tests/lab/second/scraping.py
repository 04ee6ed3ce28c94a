"""Prometheus scraping the box office: its pods, the kubelet and kube-state-metrics."""

from collections.abc import Sequence

from tests.lab.second.deployment import Deployment
from tests.lab.second.pod import MEBIBYTE, NAMESPACE, Pod
from tests.lab.shop.world import Work, World
from tests.lab.telemetry.metrics import Registry

INTERVAL = 30.0
CPU_PERIOD = 100_000


def start(world: World, deployments: Sequence[Deployment]) -> None:
    """Begin scraping everything, each job at a moment of its own."""
    apart = INTERVAL / (len(deployments) + 2)
    for number, deployment in enumerate(deployments):
        world.env.process(_scrape(world, deployment, apart * number))
    world.env.process(_scrape_cluster(world, deployments, apart * len(deployments)))


def _scrape(world: World, deployment: Deployment, phase: float) -> Work[None]:
    yield world.sleep(phase)
    job = f"{NAMESPACE}/{deployment.spec.service}"
    while True:
        for pod in deployment.pods:  # those that are gone are no targets any more
            if pod.alive:
                world.recording.scrapes.take(pod.meters, world.now, job, f"{pod.address}:9464")
            else:
                world.recording.scrapes.miss(world.now, job, f"{pod.address}:9464")
        yield world.sleep(INTERVAL)


def _scrape_cluster(world: World, deployments: Sequence[Deployment], phase: float) -> Work[None]:
    yield world.sleep(phase)
    while True:
        kubelet, state = Registry(), Registry()
        for deployment in deployments:
            _deployment(state, deployment)
            for pod in deployment.pods:
                _pod(state, pod)
                if pod.alive:
                    _container(kubelet, pod)
        scrapes = world.recording.scrapes
        scrapes.take(kubelet, world.now, "kubelet", "10.0.0.4:10250")
        scrapes.take(state, world.now, "kube-state-metrics", "10.42.0.9:8080")
        yield world.sleep(INTERVAL)


def _container(kubelet: Registry, pod: Pod) -> None:
    names = _names(pod)
    kubelet.count("container_cpu_usage_seconds_total", pod.cpu_seconds, **names)
    kubelet.gauge("container_memory_working_set_bytes", pod.memory_bytes, **names)
    kubelet.gauge("container_spec_memory_limit_bytes", pod.spec.mebibytes * MEBIBYTE, **names)
    kubelet.gauge("container_spec_cpu_quota", pod.spec.cores * CPU_PERIOD, **names)
    kubelet.gauge("container_spec_cpu_period", CPU_PERIOD, **names)


def _pod(state: Registry, pod: Pod) -> None:
    state.count("kube_pod_container_status_restarts_total", pod.restarts, **_names(pod))
    labels = {"namespace": NAMESPACE, "pod": pod.name}
    state.gauge("kube_pod_labels", 1, **labels, label_app_kubernetes_io_name=pod.service)


def _deployment(state: Registry, deployment: Deployment) -> None:
    names = {"namespace": NAMESPACE, "deployment": deployment.spec.service}
    ready = sum(pod.alive for pod in deployment.pods)
    state.gauge("kube_deployment_spec_replicas", deployment.spec.replicas, **names)
    state.gauge("kube_deployment_status_replicas_available", ready, **names)


def _names(pod: Pod) -> dict[str, str]:
    return {"namespace": NAMESPACE, "pod": pod.name, "container": pod.service}
