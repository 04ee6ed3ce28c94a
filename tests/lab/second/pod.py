"""One pod: a container with limits, its metrics, its spans and its log lines."""

from dataclasses import dataclass

from tests.lab.second import stack
from tests.lab.second.ecs import EcsLine, wrapped
from tests.lab.second.meters import Meters
from tests.lab.shop.container import Container
from tests.lab.shop.world import World
from tests.lab.telemetry.spans import Failure, Span, Trace

NAMESPACE = "boxoffice"
MEBIBYTE = 2**20

_UNKEPT = Span("", "", None, "", "", "", "", 0, 0.0, {})
_SUFFIX = "bcdfghjklmnpqrstvwxz2456789"  # what Kubernetes draws names from


@dataclass(frozen=True)
class Spec:
    """How a service is deployed."""

    service: str
    language: str
    version: str
    replicas: int = 2
    cores: float = 0.5
    mebibytes: int = 384
    json_lines: bool = False
    """Whether it logs JSON of its own, which the shipper takes for a plain message."""


class Pod(Container):
    """A restart of its container keeps name and address and forgets everything else."""

    def __init__(self, world: World, spec: Spec, version: str) -> None:
        """It runs at once."""
        dice = world.chance
        super().__init__(world, spec.cores)
        self.spec = spec
        self.version = version
        drawn = "".join(dice.choices(_SUFFIX, k=5))
        self.name = f"{spec.service}-{_template_hash(spec.service, version)}-{drawn}"
        self.address = f"10.42.{dice.randrange(1, 5)}.{dice.randrange(2, 250)}"
        self.boot()

    def boot(self) -> None:
        """Start the container; counters are at zero."""
        self.start()
        self.meters = Meters(service_name=self.service, service_instance_id=self.id)
        told = {"service_namespace": NAMESPACE, "service_version": self.version}
        told |= {"k8s_pod_name": self.name, "telemetry_sdk_language": self.spec.language}
        self.meters.gauge("target_info", 1, **self.meters.process, **told)
        self.log("INFO", "Main", f"{self.service} {self.version} ready after 4.2 s")

    @property
    def service(self) -> str:
        """The name it is called by."""
        return self.spec.service

    @property
    def id(self) -> str:
        """`service.instance.id` as the OpenTelemetry operator makes it."""
        return f"{NAMESPACE}.{self.name}.{self.service}"

    @property
    def cpu_seconds(self) -> float:
        """CPU used since the start, housekeeping included."""
        return self._cpu_used + 0.01 * (self.world.now - self.booted)

    @property
    def memory_bytes(self) -> float:
        """The working set: a slowly warming heap, requests in flight, and what was leaked."""
        warm = 40 * (1 - 2 ** (-(self.world.now - self.booted) / 1500))
        return int((140 + warm + 1.2 * len(self._working)) * MEBIBYTE + self.leaked)

    def span(
        self, trace: Trace, parent: Span | None, name: str, kind: int, tags: dict[str, str | int]
    ) -> Span:
        """Begin a span of this process."""
        if not trace.sampled:
            return _UNKEPT
        return Span(
            trace_id=trace.trace_id,
            span_id=f"{trace.ids.getrandbits(64) | 1:016x}",
            parent_id=parent.span_id if parent else None,
            service=self.service,
            instance=self.name,
            version=self.version,
            name=name,
            kind=kind,
            start=self.world.now,
            attributes=tags,
        )

    def finish(self, span: Span, failure: Failure | None = None, **tags: str | int) -> None:
        """End a span; tag names take `__` for a dot. A dead process finishes nothing."""
        if span is _UNKEPT or not self.alive:
            return
        span.end, span.failure = self.world.now, failure
        span.attributes |= {key.replace("__", "."): value for key, value in tags.items() if value}
        if failure is not None:
            span.attributes["error.type"] = failure.kind
        self.world.recording.spans.append(span)

    def log(  # noqa: PLR0917
        self,
        level: str,
        logger: str,
        message: str,
        trace: Trace | None = None,
        failure: Failure | None = None,
        where: str = "",
    ) -> None:
        """Write a line; everyday INFO lines of a request are kept for a share of them only.

        `where` is the frame an uncaught exception came from.
        """
        if level == "INFO" and trace is not None and not trace.verbose:
            return
        small = self.spec.language in (stack.GO, stack.NODE)
        line = EcsLine(
            at=self.world.now,
            level=level.lower() if small else level,
            service=self.service,
            instance=self.name,
            logger=logger,
            message=message,
            trace_id=trace.trace_id if trace else None,
            error_type=failure.type if failure else None,
            version=self.version,
            error_message=failure.message if failure else None,
            stack_trace=self._stack(failure, where),
        )
        self.world.recording.logs.append(wrapped(line) if self.spec.json_lines else line)

    def _stack(self, failure: Failure | None, where: str) -> str | None:
        if failure is None or not where:
            return None
        return stack.trace(self.spec.language, self.service, failure, where)


def _template_hash(service: str, version: str) -> str:
    """Kubernetes names a ReplicaSet by its template; another version has another name."""
    number = sum(ord(letter) * 31**place for place, letter in enumerate(f"{version}{service}"))
    return f"{number % 0xFFFFFFFF:x}"[:9]
