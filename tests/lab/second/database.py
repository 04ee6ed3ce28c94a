"""The managed MySQL: it is not instrumented, only its callers see it."""

from dataclasses import dataclass

import simpy

from tests.lab.second.pod import Pod
from tests.lab.second.visit import Visit
from tests.lab.shop.world import Work, World
from tests.lab.telemetry.spans import CLIENT, Failure, Span

HOST = "mysql-main"
SCHEMA = "tickets"
THREADS = 8
READ_TIMEOUT = 4.0
LOCK_WAIT_TIMEOUT = 3.0
CROWDED = 0.35
"""By how much each statement that runs beside slows one down."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One SQL statement and its usual duration in seconds."""

    operation: str
    table: str
    text: str
    median: float


FIND_SESSION = Statement(
    "SELECT",
    "session_events",
    "SELECT user_id, max(created) FROM session_events WHERE token = ? GROUP BY user_id",
    0.12,
)
FIND_EVENT = Statement(
    "SELECT",
    "events",
    "SELECT e.*, count(s.id) FROM events e JOIN seats s ON s.event_id = e.id WHERE e.id = ?",
    0.5,
)
ADD_BOOKING = Statement(
    "INSERT", "bookings", "INSERT INTO bookings (id, event_id, tier, cents) VALUES (?,?,?,?)", 0.011
)
ADD_ENTRY = Statement(
    "INSERT", "entries", "INSERT INTO entries (booking_id, account, cents) VALUES (?,?,?)", 0.009
)
ADD_MAIL = Statement("INSERT", "mails", "INSERT INTO mails (booking_id, sent) VALUES (?,?)", 0.006)


class Database:
    """`locked` tables: somebody holds their rows, and whoever writes waits for `lock_wait`."""

    def __init__(self, world: World) -> None:
        """All is free."""
        self.world = world
        self.locked: frozenset[str] = frozenset()
        self.lock_wait = 0.0
        self._threads = simpy.Resource(world.env, capacity=THREADS)

    def run(
        self, pod: Pod, statement: Statement, visit: Visit, parent: Span
    ) -> Work[Failure | None]:
        """Run a statement for a caller; slow in a crowd, refused after the caller's patience."""
        started = self.world.now
        span = pod.span(visit.trace, parent, _name(statement), CLIENT, _tags(statement))
        served = self.world.env.process(self._serve(statement))
        yield served | self.world.sleep(READ_TIMEOUT)
        failure = served.value if served.processed else _no_answer()
        assert failure is None or isinstance(failure, Failure)
        took = self.world.now - started
        pod.finish(span, failure)
        pod.meters.time(
            "db_client_operation_duration_seconds",
            took,
            db_system_name="mysql",
            db_namespace=SCHEMA,
            db_operation_name=statement.operation,
            server_address=HOST,
            error_type=failure.kind if failure else "",
        )
        if failure is None and took > 1.0:
            pod.log("WARN", "Sql", f"slow query: {took:.2f} s: {statement.text}", visit.trace)
        return failure

    def _serve(self, statement: Statement) -> Work[Failure | None]:
        with self._threads.request() as turn:
            yield turn
            if statement.table in self.locked and statement.operation != "SELECT":
                wait = self.world.duration(self.lock_wait, 0.6)
                yield self.world.sleep(min(wait, LOCK_WAIT_TIMEOUT))
                if wait > LOCK_WAIT_TIMEOUT:
                    text = "Lock wait timeout exceeded; try restarting transaction"
                    return Failure("1205", "MySQLTransactionRollbackException", text)
            usual = self.world.duration(statement.median, 0.5)
            yield self.world.sleep(usual * (1 + CROWDED * (self._threads.count - 1)))
            return None


def _no_answer() -> Failure:
    text = f"no answer from {HOST}:3306 within {READ_TIMEOUT:g} s, connection closed"
    return Failure("timeout", "CommunicationsException", text)


def _name(statement: Statement) -> str:
    return f"{statement.operation} {statement.table}"


def _tags(statement: Statement) -> dict[str, str | int]:
    return {
        "db.system.name": "mysql",
        "db.namespace": SCHEMA,
        "db.operation.name": statement.operation,
        "db.collection.name": statement.table,
        "db.query.text": statement.text,
        "server.address": HOST,
        "server.port": 3306,
    }
