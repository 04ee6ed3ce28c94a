"""The pods of one service: rolling releases, crashes with restarts, pods that are gone."""

from collections.abc import Callable
from itertools import count

from tests.lab.second.pod import MEBIBYTE, Pod, Spec
from tests.lab.shop.world import Work, World

BACKOFF = 10.0
MOST_BACKOFF = 300.0
"""What is waited before a restart, in seconds: twice as long each time, up to the most."""

STARTING = 20.0
GRACE = 30.0
"""What a pod gets to end by itself."""

FORGOTTEN = 240.0
"""Seconds after which Kubernetes deletes the pods of a node that is lost."""


class Deployment:
    """Callers balance over the pods by themselves and try dead ones as well."""

    def __init__(self, world: World, spec: Spec) -> None:
        """All replicas run."""
        self.world = world
        self.spec = spec
        self.on_start: Callable[[Pod], None] = lambda _: None
        self.pods = [Pod(world, spec, spec.version) for _ in range(spec.replicas)]
        self._turns = count()

    def next(self) -> Pod | None:
        """Whose turn it is; None when there is no pod."""
        return self.pods[next(self._turns) % len(self.pods)] if self.pods else None

    def started(self) -> None:
        """Say of each pod that it has started; called once, when all is wired."""
        for pod in self.pods:
            self.on_start(pod)

    def release(self, version: str) -> None:
        """Replace one pod after the other with one of this version."""
        self.world.env.process(self._roll(version))

    def _roll(self, version: str) -> Work[None]:
        for old in list(self.pods):
            pod = Pod(self.world, self.spec, version)
            self.on_start(pod)
            self.pods[self.pods.index(old)] = pod
            self.world.env.process(self._end(old))
            yield self.world.sleep(8.0)
        text = f"rolled out {self.spec.service} {version}"
        self.world.tell("deployment", self.spec.service, version, text)

    def _end(self, old: Pod) -> Work[None]:
        old.log("INFO", "Main", f"{self.spec.service} shuts down on SIGTERM")
        yield self.world.sleep(GRACE)  # its last requests have ended by then
        old.kill()

    def lose_node(self) -> None:
        """The only node they may run on is gone; their successors stay pending."""
        for pod in self.pods:
            pod.kill()
        self.world.env.process(self._forget())

    def _forget(self) -> Work[None]:
        yield self.world.sleep(FORGOTTEN)
        self.pods.clear()

    def restart(self, pod: Pod) -> None:
        """Kill a container; it is started again, later each time."""
        pod.kill()
        pod.restarts += 1
        self.world.env.process(self._start(pod))

    def _start(self, pod: Pod) -> Work[None]:
        wait = min(BACKOFF * 2 ** (pod.restarts - 1), MOST_BACKOFF)
        yield self.world.sleep(wait + STARTING)
        pod.boot()
        self.on_start(pod)

    def leak(self, pod: Pod, amount: float) -> None:
        """Memory in bytes that is never given back; over the limit the container is killed."""
        pod.leaked += amount
        if pod.memory_bytes > pod.spec.mebibytes * MEBIBYTE:
            self.world.env.process(self._kill_for_memory(pod))  # not even its own request survives

    def _kill_for_memory(self, pod: Pod) -> Work[None]:
        yield self.world.sleep(0.0)
        if pod.alive:
            self.restart(pod)
