"""Prometheus scraping the shop: each target every 15 seconds, at a moment of its own."""

from collections.abc import Mapping, Sequence

from tests.lab.shop.database import Pool
from tests.lab.shop.instance import CPU_PERIOD, MEMORY_LIMIT, Instance
from tests.lab.shop.world import Work, World
from tests.lab.telemetry.metrics import Registry

INTERVAL = 15.0


def start(world: World, instances: Sequence[Instance], pools: Mapping[Instance, Pool]) -> None:
    """Begin scraping every instance, the node for its containers, and the cluster's state."""
    apart = INTERVAL / (len(instances) + 1)
    for number, instance in enumerate(instances):
        world.env.process(_scrape(world, instance, pools.get(instance), apart * number))
    world.env.process(_scrape_node(world, instances, apart * len(instances)))
    world.env.process(_scrape_cluster(world, instances, apart * len(instances) + 0.5))


def _scrape(world: World, instance: Instance, pool: Pool | None, phase: float) -> Work[None]:
    yield world.sleep(phase)
    while True:
        if instance.alive:
            if pool is not None:
                instance.metrics.gauge("db_connections_used", pool.used)
                instance.metrics.gauge("db_connections_max", pool.size)
            world.recording.scrapes.take(
                instance.metrics, world.now, instance.service, instance.address
            )
        elif instance.known:
            world.recording.scrapes.miss(world.now, instance.service, instance.address)
        yield world.sleep(INTERVAL)


def _scrape_node(world: World, instances: Sequence[Instance], phase: float) -> Work[None]:
    yield world.sleep(phase)
    while True:
        registry = Registry()
        for instance in instances:
            if instance.alive:
                _container(registry, instance)
        world.recording.scrapes.take(registry, world.now, "cadvisor", "node-1:8080")
        yield world.sleep(INTERVAL)


def _scrape_cluster(world: World, instances: Sequence[Instance], phase: float) -> Work[None]:
    yield world.sleep(phase)
    while True:
        registry = Registry()
        for each in instances:
            if each.known:
                names = {"container": each.service, "pod": each.pod}
                registry.count("kube_pod_container_status_restarts_total", each.restarts, **names)
        world.recording.scrapes.take(registry, world.now, "kube-state-metrics", "cluster-1:8080")
        yield world.sleep(INTERVAL)


def _container(registry: Registry, instance: Instance) -> None:
    names = {"container": instance.service, "pod": instance.pod}
    quota = instance.cores * CPU_PERIOD
    registry.count("container_cpu_usage_seconds_total", instance.cpu_seconds, **names)
    registry.gauge("container_memory_usage_bytes", instance.memory_bytes, **names)
    registry.gauge("container_spec_memory_limit_bytes", MEMORY_LIMIT, **names)
    registry.gauge("container_spec_cpu_quota", quota, **names)
    registry.gauge("container_spec_cpu_period", CPU_PERIOD, **names)
