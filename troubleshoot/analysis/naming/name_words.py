"""The words in a metric's name: what is counted, in which unit, which statistic."""

import re
from dataclasses import dataclass

_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_PERCENTILE = re.compile(r"p(\d{2,3})|(\d{2})(?:th|pct|percentile)")
_SPOKEN = {"0.5": "p50", "0.9": "p90", "0.95": "p95", "0.99": "p99", "1": "max"}
STATISTICS = ("mean", "p50", "p90", "p95", "p99", "max")

SECONDS = {
    "seconds": 1.0, "second": 1.0, "secs": 1.0, "sec": 1.0, "s": 1.0,
    "milliseconds": 1e-3, "millis": 1e-3, "msec": 1e-3, "ms": 1e-3,
    "microseconds": 1e-6, "micros": 1e-6, "usec": 1e-6, "us": 1e-6,
    "nanoseconds": 1e-9, "nanos": 1e-9, "ns": 1e-9,
    "minutes": 60.0, "hours": 3600.0, "days": 86400.0,
}  # fmt: skip
PERCENT = {"percent", "pct", "percentage", "perc"}
RATIO = {"ratio", "fraction", "share"}
BYTES = {"bytes", "byte", "kb", "mb", "gb", "kib", "mib", "gib", "kilobytes", "megabytes"}

TIME = {
    "latency",
    "latencies",
    "duration",
    "durations",
    "elapsed",
    "rtt",
    "roundtrip",
    "time",
    "timing",
}
WAIT = {
    "wait",
    "waits",
    "waited",
    "waiting",
    "acquire",
    "age",
    "oldest",
    "delay",
    "lag",
    "staleness",
}
QUEUE = {"queue", "queued", "queues", "backlog", "pending", "waiters", "lag", "depth", "waiting"}
# not "cancelled": that is what callers do, see https://grpc.io/docs/guides/status-codes/
ERROR = {
    "error", "errors", "err", "errs", "fail", "fails", "failed", "failure", "failures", "faults",
    "exception", "exceptions", "5xx", "rejected", "rejections", "timeouts", "timeout", "aborted",
    "dropped", "unavailable", "fault",
}  # fmt: skip
SUCCESS = {"success", "successes", "successful", "succeeded", "availability"}
REQUEST = {
    "request", "requests", "req", "reqs", "rps", "qps", "tps", "call", "calls", "operations", "ops",
    "queries", "transactions", "invocations", "messages", "rpcs", "responses", "hits", "throughput",
}  # fmt: skip
PER_SECOND = {"rps", "qps", "tps"}
USED = {
    "used", "use", "inuse", "usage", "active", "busy", "current", "utilization", "utilisation",
    "open", "allocated", "rss", "resident", "acquired", "borrowed", "occupied",
}  # fmt: skip
LIMIT = {"max", "limit", "limits", "capacity", "maximum", "quota", "size", "total", "ceiling"}
UTILIZED = {"utilization", "utilisation", "saturation", "usage", "used", "busy"}
RESOURCE = {
    "cpu", "memory", "mem", "heap", "rss", "working", "threads", "goroutines", "connections",
    "conns", "sessions", "fds", "disk", "pool", "workers", "inflight", "progress", "inuse",
}  # fmt: skip
EXPIRY = {"expiry", "expires", "expiration", "expire", "expired", "notafter"}
KILLED = {"oom", "panic", "panics", "crash", "crashes", "segfaults", "killed", "kills"}
RESTARTED = {"restart", "restarts", "restarted"}
THROTTLED = {"throttled", "throttling", "throttle"}
HIT, MISS = {"hit", "hits"}, {"miss", "misses"}
ALIVE = {"alive", "healthy", "ready", "available", "up", "running"}
INSTANCES = {"replicas", "instances", "pods", "workers", "targets", "members", "backends", "hosts"}
# of a gauge without any of these nothing can be told
TELLING = {
    *TIME, *WAIT, *QUEUE, *ERROR, *SUCCESS, *REQUEST, *USED, *LIMIT, *RESOURCE, *EXPIRY, *KILLED,
    *THROTTLED, *HIT, *ALIVE, "per", "after", "restarts",
    *(f"p{number}" for number in (50, 90, 95, 99)), "mean", "avg", "average", "median",
}  # fmt: skip
# what its caller sees: of whom, only another word or label can tell
OUTWARD = {
    "client",
    "outbound",
    "upstream",
    "egress",
    "external",
    "remote",
    "dependency",
    "provider",
}


@dataclass(frozen=True, slots=True)
class NameWords:
    """``scale`` makes seconds of its values, 0 where no unit of time is named."""

    words: tuple[str, ...]

    @classmethod
    def of(cls, name: str) -> "NameWords":
        parts = re.split(r"[_:.\-]+", _CAMEL.sub("_", name).lower())
        return cls(tuple(one for one in parts if one))

    def first(self, among: set[str]) -> str:
        """The first of its words that is one of these, or ''."""
        return next((one for one in self.words if one in among), "")

    def has(self, *among: set[str]) -> bool:
        return all(self.first(one) for one in among)

    @property
    def per_second(self) -> bool:
        pairs = zip(self.words, self.words[1:], strict=False)
        spelt = any(one == "per" and other in ("second", "sec", "s") for one, other in pairs)
        return spelt or self.has(PER_SECOND)

    @property
    def per_something(self) -> bool:
        """``per_request``: of no unit that means anything here."""
        return "per" in self.words and not self.per_second

    @property
    def scale(self) -> float:
        if self.per_second:
            return 0.0
        return next((SECONDS[one] for one in reversed(self.words) if one in SECONDS), 0.0)

    @property
    def statistic(self) -> str:
        """Which one the name says it is, or ''."""
        for word in self.words:
            if found := statistic_of(word):
                return found
        return ""

    @property
    def stem(self) -> frozenset[str]:
        """What is left without words for used, limit, unit and statistic."""
        plain = {
            *USED,
            *LIMIT,
            *BYTES,
            *PERCENT,
            *RATIO,
            *SECONDS,
            "in",
            "count",
            "current",
            "conns",
        }
        return frozenset(one for one in self.words if one not in plain)


def statistic_of(word: str) -> str:
    """``p95`` of ``0.95``, ``95th``, ``p95``; ``mean`` of ``Average``; '' of what is none."""
    text = word.strip().lower()
    if text in ("avg", "average", "mean"):
        return "mean"
    if text in ("maximum", "max"):
        return "max"
    if text == "median":
        return "p50"
    if found := _PERCENTILE.fullmatch(text):
        said = f"p{found[1] or found[2]}"
        return said if said in STATISTICS else ""
    return _SPOKEN.get(text, "")
