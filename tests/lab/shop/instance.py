"""One running process of a service: its CPU, its metrics, its spans and its log lines."""

from collections.abc import Iterator
from contextlib import contextmanager

import simpy

from tests.lab.shop.world import Work, World
from tests.lab.telemetry.logs import LogLine
from tests.lab.telemetry.metrics import Registry
from tests.lab.telemetry.spans import Failure, Span, Trace

VERSION = "2.14.0"
MEMORY_LIMIT = 512 * 2**20
CPU_PERIOD = 100_000

_UNKEPT = Span("", "", None, "", "", "", "", 0, 0.0, {})


class Instance:
    """A process in a container with a CPU limit; killed, it loses what it was doing."""

    def __init__(self, world: World, service: str, number: int, cpu_limit: float) -> None:
        """`cpu_limit` in cores."""
        self.world = world
        self.service = service
        self.pod = f"{service}-{number}"
        self.address = f"{self.pod}:8080"
        self.version = VERSION
        self.cpu_limit = cpu_limit
        self.alive = True
        self.known = True
        self.restarts = 0
        self._boot()

    def _boot(self) -> None:
        self.cpu = simpy.Resource(self.world.env, capacity=1)
        self.metrics = Registry()
        self.metrics.gauge("shop_build_info", 1, version=self.version)
        self.booted = self.world.now
        self.leaked_bytes = 0.0
        self._cpu_used = 0.0
        self._working: dict[simpy.Process, None] = {}  # in order of arrival

    def kill(self) -> None:
        """End the process; whoever waits for it sees the connection reset."""
        self.alive = False
        for process in list(self._working):
            process.interrupt()

    def remove(self) -> None:
        """End the process for good: nobody looks for it any more."""
        self.kill()
        self.known = False

    def boot(self, reason: str) -> None:
        """Start the ended process anew, with counters at zero."""
        self.alive = True
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

    @contextmanager
    def working(self) -> Iterator[None]:
        """The block is work in flight: it is interrupted when the process is killed."""
        process = self.world.env.active_process
        assert process is not None
        self._working[process] = None
        try:
            yield
        finally:
            self._working.pop(process, None)

    def compute(self, cpu_seconds: float) -> Work[None]:
        """Use CPU, one request at a time, no faster than the limit allows."""
        with self.cpu.request() as turn:
            yield turn
            yield self.world.sleep(cpu_seconds / self.cpu_limit)
            self._cpu_used += cpu_seconds

    @property
    def cpu_seconds(self) -> float:
        """CPU used since the start, housekeeping included."""
        return self._cpu_used + 0.012 * (self.world.now - self.booted)

    @property
    def memory_bytes(self) -> float:
        """Resident: a slowly warming heap, what requests in flight hold, what is never freed."""
        warm = 60 * (1 - 2 ** (-(self.world.now - self.booted) / 1800))
        return int((190 + warm + 1.5 * len(self._working)) * 2**20 + self.leaked_bytes)

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
