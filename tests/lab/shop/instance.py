"""One running process of a service: its CPU, its metrics, its spans and its log lines."""

from tests.lab.shop.container import Container
from tests.lab.shop.world import World
from tests.lab.telemetry.logs import LogLine
from tests.lab.telemetry.metrics import Registry
from tests.lab.telemetry.spans import Failure, Span, Trace

VERSION = "2.14.0"
MEMORY_LIMIT = 512 * 2**20
CPU_PERIOD = 100_000

_UNKEPT = Span("", "", None, "", "", "", "", 0, 0.0, {})


class Instance(Container):
    """A process in a container with a CPU limit; killed, it loses what it was doing."""

    def __init__(self, world: World, service: str, number: int, cores: float) -> None:
        """It runs at once."""
        super().__init__(world, cores)
        self.service = service
        self.pod = f"{service}-{number}"
        self.address = f"{self.pod}:8080"
        self.version = VERSION
        self.known = True
        self._boot()

    def _boot(self) -> None:
        self.start()
        self.metrics = Registry()
        self.metrics.gauge("shop_build_info", 1, version=self.version)

    def remove(self) -> None:
        """End the process for good: nobody looks for it any more."""
        self.kill()
        self.known = False

    def boot(self, reason: str) -> None:
        """Start the ended process anew, with counters at zero."""
        self.restarts += 1
        text = f"container {self.service} in pod {self.pod} restarted: {reason}"
        self.world.tell("restart", self.service, self.version, text)
        self._start()

    def replace(self, version: str) -> None:
        """Let a process of another version take over; what is in flight is finished."""
        self.version = version
        self._start()

    def _start(self) -> None:
        self._boot()
        self.log("INFO", "Started", f"{self.service} {self.version} started, listening on :8080")

    @property
    def cpu_seconds(self) -> float:
        """CPU used since the start, housekeeping included."""
        return self._cpu_used + 0.012 * (self.world.now - self.booted)

    @property
    def memory_bytes(self) -> float:
        """Resident: a slowly warming heap, what requests in flight hold, what is never freed."""
        warm = 60 * (1 - 2 ** (-(self.world.now - self.booted) / 1800))
        return int((190 + warm + 1.5 * len(self._working)) * 2**20 + self.leaked)

    def span(
        self, trace: Trace, parent: Span | None, name: str, kind: int, **tags: str | int
    ) -> Span:
        """Begin a span of this process. Tag names take `__` for a dot."""
        if not trace.sampled:
            return _UNKEPT
        return Span(
            trace_id=trace.trace_id,
            span_id=f"{trace.ids.getrandbits(64) | 1:016x}",
            parent_id=parent.span_id if parent else None,
            service=self.service,
            instance=self.address,
            version=self.version,
            name=name,
            kind=kind,
            start=self.world.now,
            attributes={key.replace("__", "."): value for key, value in tags.items()},
        )

    def finish(self, span: Span, failure: Failure | None = None, status: int = 0) -> None:
        """End a span; `status` is its HTTP status. A dead process finishes nothing."""
        if span is _UNKEPT or not self.alive:
            return
        span.end, span.failure = self.world.now, failure
        if status:
            span.attributes["http.response.status_code"] = status
        self.world.recording.spans.append(span)

    def log(
        self,
        level: str,
        logger: str,
        message: str,
        trace: Trace | None = None,
        failure: Failure | None = None,
    ) -> None:
        """Write a line; everyday INFO lines of a request are kept for a share of them only."""
        if level == "INFO" and trace is not None and not trace.verbose:
            return
        line = LogLine(
            at=self.world.now,
            level=level,
            service=self.service,
            instance=self.address,
            logger=f"shop.{logger}",
            message=message,
            trace_id=trace.trace_id if trace else None,
            error_type=failure.type if failure else None,
        )
        self.world.recording.logs.append(line)
