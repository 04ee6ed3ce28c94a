"""The orders database, and the connection pool each service instance keeps to it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import simpy

from tests.lab.shop.calls import refused
from tests.lab.shop.instance import Instance
from tests.lab.shop.world import Work, World
from tests.lab.telemetry.spans import CLIENT, INTERNAL, Failure, Span, Trace

HOST = "orders-db"
STATEMENT_TIMEOUT = 3.0
ACQUIRE_TIMEOUT = 2.0
IDLE_IN_TRANSACTION = 60.0
"""Seconds after which the database ends a session that holds a connection and does nothing."""
SLOW_LINE = 0.5


@dataclass(frozen=True, slots=True)
class Statement:
    """One SQL statement and its usual duration in seconds."""

    name: str
    sql: str
    median: float


RESERVE = Statement(
    "SELECT stock", "SELECT quantity FROM stock WHERE sku = $1 AND warehouse = $2 FOR UPDATE", 0.006
)
INSERT = Statement(
    "INSERT orders",
    "INSERT INTO orders (id, sku, cents, payment_id) VALUES ($1, $2, $3, $4)",
    0.012,
)


@dataclass
class Database:
    """How fast it answers: `slowdown` multiplies every statement's duration. `down`: not at all."""

    world: World
    slowdown: float = 1.0
    down: bool = False

    def duration(self, statement: Statement) -> float:
        """Seconds one execution takes; one in 400 waits for a lock or a checkpoint."""
        usual = self.world.duration(statement.median, 0.55)
        stalled = 60.0 if self.world.chance.random() < 0.0025 else 1.0
        return usual * stalled * self.slowdown


class Pool:
    """One instance's connections. `leak_share`: how many of its uses forget to give one back."""

    def __init__(self, instance: Instance, database: Database, size: int) -> None:
        """`size` is the number of connections."""
        self.instance = instance
        self.database = database
        self.leak_share = 0.0
        self._slots = simpy.Resource(instance.world.env, capacity=size)

    @property
    def used(self) -> int:
        """Connections that are out now."""
        return self._slots.count

    @property
    def size(self) -> int:
        """Connections there are."""
        return int(self._slots.capacity)

    def execute(self, statement: Statement, trace: Trace, parent: Span) -> Work[Failure | None]:
        """Take a connection, run a statement, give the connection back."""
        with self._slot() as slot:
            failure = yield from self._acquire(slot, trace, parent)
            if failure is None:
                failure = yield from self._query(statement, trace, parent)
            return failure

    @contextmanager
    def _slot(self) -> Iterator[simpy.resources.resource.Request]:
        slot = self._slots.request()
        try:
            yield slot
        finally:
            if not slot.triggered:
                slot.cancel()
            elif self.instance.world.chance.random() < self.leak_share:
                self.instance.world.env.process(self._keep(slot))
            else:
                self._slots.release(slot)

    def _keep(self, slot: simpy.resources.resource.Request) -> Work[None]:
        yield self.instance.world.sleep(IDLE_IN_TRANSACTION)
        self._slots.release(slot)
        text = f"connection to {HOST} ended by the server: idle-in-transaction timeout, it was held"
        self.instance.log("WARN", "db.pool", f"{text} for {IDLE_IN_TRANSACTION:.0f} s")

    def _acquire(
        self, slot: simpy.resources.resource.Request, trace: Trace, parent: Span
    ) -> Work[Failure | None]:
        process = self.instance
        span = process.span(
            trace, parent, "pool.acquire", INTERNAL, db__system="postgresql", db__pool=self._name
        )
        yield slot | process.world.sleep(ACQUIRE_TIMEOUT)
        failure = None
        if not slot.triggered:
            text = (
                f"{self._name}: no connection available within {ACQUIRE_TIMEOUT:g} s "
                f"(in use {self.used}/{self.size}, waiting {len(self._slots.queue)})"
            )
            failure = Failure("pool_timeout", "PoolTimeoutError", text)
        elif self.database.down:
            failure = yield from self._connect(trace, span)
        status = "failed" if failure else "success"
        process.metrics.count("db_connections_total", status=status)
        process.finish(span, failure)
        return failure

    def _connect(self, trace: Trace, parent: Span) -> Work[Failure]:
        """The connections there were are broken; a new one is tried."""
        process = self.instance
        span = process.span(
            trace,
            parent,
            "connect",
            CLIENT,
            db__system="postgresql",
            db__name="orders",
            peer__service=HOST,
            server__address=HOST,
        )
        yield process.world.sleep(0.002)
        failure = refused(f"connect to {HOST}:5432")
        process.finish(span, failure)
        return failure

    def _query(self, statement: Statement, trace: Trace, parent: Span) -> Work[Failure | None]:
        process = self.instance
        span = process.span(
            trace,
            parent,
            statement.name,
            CLIENT,
            db__system="postgresql",
            db__name="orders",
            db__statement=statement.sql,
            peer__service=HOST,
            server__address=HOST,
        )
        wanted = self.database.duration(statement)
        took = min(wanted, STATEMENT_TIMEOUT)
        yield process.world.sleep(took)
        process.metrics.observe("db_query_duration_seconds", took)
        failure = None
        if wanted > STATEMENT_TIMEOUT:
            text = (
                f"canceling statement due to statement timeout after {took:.0f} s: {statement.sql}"
            )
            failure = Failure("statement_timeout", "QueryCanceledError", text)
        elif took > SLOW_LINE:
            text = f"slow query ({took * 1000:.0f} ms): {statement.sql}"
            process.log("WARN", "db", text, trace)
        process.finish(span, failure)
        return failure

    @property
    def _name(self) -> str:
        return f"{self.instance.service}-pool"
