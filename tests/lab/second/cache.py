"""The managed Redis: it is not instrumented, only its callers see it."""

from dataclasses import dataclass

from tests.lab.second.pod import Pod
from tests.lab.second.visit import Visit
from tests.lab.shop.world import Work, World
from tests.lab.telemetry.spans import CLIENT, Failure, Span

HOST = "cache-main"


@dataclass
class Cache:
    """`hit_share`: how often it has what is asked for."""

    world: World
    up: bool = True
    hit_share: float = 0.97

    def get(self, pod: Pod, key: str, visit: Visit, parent: Span) -> Work[bool]:
        """Whether it was found. When nothing answers, callers log a warning and go on."""
        started = self.world.now
        tags: dict[str, str | int] = {"db.system.name": "redis", "db.operation.name": "GET"}
        tags |= {"server.address": HOST, "server.port": 6379}
        span = pod.span(visit.trace, parent, "GET", CLIENT, tags)
        yield self.world.sleep(self.world.duration(0.0012, 0.4))
        failure = None if self.up else _refused()
        pod.finish(span, failure)
        pod.meters.time(
            "db_client_operation_duration_seconds",
            self.world.now - started,
            db_system_name="redis",
            db_operation_name="GET",
            server_address=HOST,
            error_type=failure.kind if failure else "",
        )
        if failure is not None:
            text = f"{failure.message}; reading {key} from the database"
            pod.log("WARN", "Cache", text, visit.trace, failure)
        return failure is None and self.world.chance.random() < self.hit_share


def _refused() -> Failure:
    text = f"connect to {HOST}:6379: connection refused"
    return Failure("connection_refused", "RedisConnectionException", text)
