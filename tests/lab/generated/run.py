"""Two hours of a drawn system: each request by itself, with random times and no queues."""

from dataclasses import dataclass, field
from random import Random
from typing import NamedTuple

from tests.lab.generated import messages, tags
from tests.lab.generated.dialect import Dialect
from tests.lab.generated.effects import Active
from tests.lab.generated.journal import Line
from tests.lab.generated.messages import REFUSED, TIMEOUT, UNRESOLVED, Address
from tests.lab.generated.pace import Pace
from tests.lab.generated.pods import Pod, Pods
from tests.lab.generated.tally import Called, Process, Served, Tally
from tests.lab.generated.topology import GO, Edge, Leaf, Service, Topology
from tests.lab.telemetry.spans import CLIENT, INTERNAL, SERVER, Failure, Span, Trace, new_trace

PRODUCER, CONSUMER = 4, 5
KINDS = {"server": SERVER, "consumer": CONSUMER, "job": INTERNAL}
CODES = {200: 0, 500: 13, 502: 14, 503: 14, 504: 4}
"""What gRPC says instead of a status."""

LAG = 0.8
"""Seconds a message waits on average."""

VERBOSE = 0.02
"""Share of the requests whose everyday lines are kept."""


class Wrong(NamedTuple):
    """A failure: the status that came, or 0 and why none did; what the exception says."""

    status: int
    why: str
    said: tuple[str, str]
    stack: str = ""

    @property
    def kind(self) -> str:
        """``error.type``: the status that came, else the exception."""
        return str(self.status or self.said[0])


class Here(NamedTuple):
    """Who works on which request; `span` where the trace is kept."""

    pod: Pod
    trace: Trace
    span: Span | None


class Reply(NamedTuple):
    """What came of a call, and when; `ip` is where it went."""

    end: float
    status: int
    why: str = ""
    ip: str = ""


@dataclass
class Run:
    """Everything one simulation shares, and what it leaves behind."""

    system: Topology
    dialect: Dialect
    active: Active
    pods: Pods
    dice: Random
    lines: list[Line] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)
    tally: Tally = field(init=False)
    pace: Pace = field(init=False)

    def __post_init__(self) -> None:
        """Nothing has happened yet."""
        self.tally, self.pace = Tally(self.dialect.interval), Pace(self.active, self.dice)

    def go(self, history: float, sampled: float) -> None:
        """All requests of `history` seconds; `sampled`: share of the traces that are kept."""
        for name, rate in ((self.system.entry, self.system.rate), *self.system.jobs.items()):
            self._arrive(name, rate, history, sampled)

    def _arrive(self, name: str, rate: float, history: float, sampled: float) -> None:
        at, ids = 0.0, Random(self.dice.random())
        while True:
            at += self.dice.expovariate(rate * self.active.surge(name, at))
            if at >= history:
                return
            pod = self._pick(name, at)
            if pod is not None and not pod.down(at):
                self._serve(pod, at, new_trace(ids, sampled, VERBOSE), None)

    def _pick(self, name: str, at: float) -> Pod | None:
        listed = [pod for pod in self.pods[name] if pod.listed(at)]
        return self.dice.choice(listed) if listed else None

    def _serve(self, pod: Pod, at: float, trace: Trace, caller: Span | None) -> tuple[float, int]:
        service = self.system.services[pod.service]
        span = self._begin(Here(pod, trace, caller), service.route, KINDS[service.role], at)
        here = Here(pod, trace, span)
        now, wrong = self._work(here, service, at)
        status = _status(service, wrong)
        if service.role == "server":
            self.tally.serve(Served(Process(pod, pod.starts(at)), status), now, now - at)
        if wrong:
            text = wrong.said[1] if wrong.stack else f"request failed: {wrong.said[1]}"
            self._say("ERROR", here, now, text, wrong)
        elif trace.verbose:
            self._say("INFO", here, now, f"request served in {(now - at) * 1e3:.0f} ms")
        if service.doubled:
            self._end(here, self._begin(here, "handle", INTERNAL, at), now, None)
        if span is not None:
            queue = self.system.leaves.get(service.consumes)
            span.attributes = tags.work(self.dialect, service, queue, status, CODES[status])
        self._end(here, span, now, wrong, quiet=service.language == GO)
        return now, status

    def _work(self, here: Here, service: Service, at: float) -> tuple[float, Wrong | None]:
        """Own work before, between and after the calls; the first failed call ends it."""
        work = self.pace.work(service, at, here.pod.number) / (len(service.calls) + 1)
        now, wrong = at + work, self._sheds(service, at)
        for edge in () if wrong else service.calls:
            if self.dice.random() < edge.share:
                now, failed = self._call(here, edge, now)
                if failed and not edge.optional:
                    return now, failed
                if failed:
                    text = f"{edge.callee.partition('.')[0]} unavailable, using fallback"
                    self._say("WARN", here, now, f"{text}: {failed.said[1]}")
            now += work
        return now, wrong or self._raises(here.pod, service, at)

    def _sheds(self, service: Service, at: float) -> Wrong | None:
        for effect in self.active.now("sheds", service.name, at):
            if self.dice.random() < effect.share:
                return Wrong(503, "", messages.full(service.language))
        return None

    def _raises(self, pod: Pod, service: Service, at: float) -> Wrong | None:
        for effect in self.active.now("raises", service.name, at):
            here = effect.version in ("", pod.version) and effect.hits(pod.number)
            if here and self.dice.random() < effect.share:
                kind, text, stack = messages.own(service.language, service.name.partition("-")[0])
                return Wrong(500, "", (kind, text), stack)
        return None

    def _call(self, here: Here, edge: Edge, at: float) -> tuple[float, Wrong | None]:
        if edge.queue:
            return self._publish(here, edge, at)
        attempt = self._to_leaf if edge.callee in self.system.leaves else self._to_service
        end, wrong = attempt(here, edge, at)
        if wrong and edge.retry:
            end, wrong = attempt(here, edge, end + 0.05)
        return end, wrong

    def _publish(self, here: Here, edge: Edge, at: float) -> tuple[float, Wrong | None]:
        """Whatever becomes of the message later, the caller goes on."""
        sent = len(self.spans)
        end, wrong = self._to_leaf(here, Edge(edge.queue, 1.0, edge.timeout), at)
        pod = self._pick(edge.callee, end)
        if wrong is None and pod is not None and not pod.down(end):
            above = self.spans[sent] if here.span is not None else None
            self._serve(pod, end + self.dice.expovariate(1 / LAG), here.trace, above)
        return end, wrong

    def _to_service(self, here: Here, edge: Edge, at: float) -> tuple[float, Wrong | None]:
        callee = self.system.services[edge.callee]
        span = self._begin(here, "Resolve" if self.dialect.rpc else "POST", CLIENT, at)
        reply = _in_time(self._answer(here._replace(span=span), callee, at), edge, at)
        host = callee.name + self.dialect.domain
        address = Address(host, 8080, reply.ip, callee.route, edge.timeout)
        wrong = self._wrong(here.pod, address, reply)
        self._count(here.pod, callee.name, at, reply, wrong)
        if span is not None:
            kind, code = wrong.kind if wrong else "", _code(reply)
            span.attributes = (
                tags.grpc_client(self.dialect, callee, address, code)
                if self.dialect.rpc
                else tags.client(self.dialect, callee, address, reply.status, kind)
            )
            self._end(here, span, reply.end, wrong, quiet=bool(reply.status))
        return reply.end, wrong

    def _answer(self, here: Here, callee: Service, at: float) -> Reply:
        me = here.pod.service
        if any(one.caller == me for one in self.active.now("unresolved", callee.name, at)):
            return Reply(at + 0.004, 0, UNRESOLVED)
        chosen = self._pick(callee.name, at)
        if chosen is None or chosen.down(at):
            return Reply(at + 0.001, 0, REFUSED, chosen.ip if chosen else "10.96.14.7")
        way = self.pace.way(me, callee.name, at)
        end, status = self._serve(chosen, at + way, here.trace, here.span)
        return Reply(end + way, status, "", chosen.ip)

    def _wrong(self, pod: Pod, address: Address, reply: Reply) -> Wrong | None:
        if reply.status == 200:
            return None
        language = self.system.services[pod.service].language
        if self.dialect.rpc:
            said = messages.grpc(language, reply.why, address, _code(reply))
        else:
            said = messages.http(language, reply.why, address, reply.status)
        return Wrong(reply.status, reply.why, said)

    def _to_leaf(self, here: Here, edge: Edge, at: float) -> tuple[float, Wrong | None]:
        leaf = self.system.leaves[edge.callee]
        kind = PRODUCER if leaf.kind == "queue" else CLIENT
        span = self._begin(here, _operation(leaf), kind, at)
        reply = _in_time(self._leaf_answers(leaf, at), edge, at)
        wrong = self._leaf_wrong(here.pod, leaf, edge, reply)
        self._count(here.pod, leaf.name, at, reply, wrong)
        if span is not None:
            kind_of = wrong.kind if wrong else ""
            span.attributes = tags.leaf(self.dialect, leaf, reply.status, kind_of)
            self._end(here, span, reply.end, wrong, quiet=bool(reply.status))
        return reply.end, wrong

    def _leaf_answers(self, leaf: Leaf, at: float) -> Reply:
        if self.active.now("down", leaf.name, at):
            return Reply(at + 0.002, 0, REFUSED)
        if self.active.now("hangs", leaf.name, at):
            return Reply(at + 60.0, 0, TIMEOUT)
        end = at + self.pace.work(leaf, at)
        for effect in self.active.now("refuses", leaf.name, at):
            if self.dice.random() < effect.share:
                return Reply(end, 503)
        return Reply(end, 200)

    def _leaf_wrong(self, pod: Pod, leaf: Leaf, edge: Edge, reply: Reply) -> Wrong | None:
        if reply.status == 200:
            return None
        language = self.system.services[pod.service].language
        if leaf.kind != "partner":
            return Wrong(0, reply.why, messages.store(language, reply.why, leaf, "10.0.9.12"))
        address = Address(leaf.name, leaf.port, "203.0.113.40", "/v1/requests", edge.timeout)
        said = messages.http(language, reply.why, address, reply.status)
        return Wrong(reply.status, reply.why, said)

    def _count(self, pod: Pod, callee: str, at: float, reply: Reply, wrong: Wrong | None) -> None:
        process, kind = Process(pod, pod.starts(at)), wrong.kind if wrong else ""
        self.tally.call(Called(process, callee, reply.status, kind), reply.end, reply.end - at)

    def _say(
        self, level: str, here: Here, at: float, text: str, wrong: Wrong | None = None
    ) -> None:
        told = (*wrong.said, wrong.stack) if wrong else ("", "", "")
        self.lines.append(Line(at, level, here.pod, here.trace.trace_id, text, *told))

    def _begin(self, above: Here, name: str, kind: int, at: float) -> Span | None:
        if not above.trace.sampled:
            return None
        pod, parent = above.pod, above.span
        own = f"{above.trace.ids.getrandbits(64) | 1:016x}"
        up = parent.span_id if parent else None
        if self.dialect.shared and kind == SERVER and parent is not None:
            own, up = parent.span_id, parent.parent_id
        identity = above.trace.trace_id, own, up, pod.service, pod.name, pod.version
        span = Span(*identity, name, kind, at, {})
        self.spans.append(span)
        return span

    def _end(
        self, here: Here, span: Span | None, at: float, wrong: Wrong | None, *, quiet: bool = False
    ) -> None:
        """A quiet failure is a status only: no exception was recorded. A mute service has none."""
        if span is None:
            return
        span.end = at
        if wrong is not None and not self.system.services[here.pod.service].mute:
            span.failure = Failure("", *(("", "") if quiet else wrong.said))


def _status(service: Service, wrong: Wrong | None) -> int:
    """What a service answers; a proxy in front of others has words for their failures."""
    if wrong is None:
        return 200
    if service.language == GO and not wrong.stack:
        return 504 if wrong.why == TIMEOUT else 502
    return 503 if wrong.status == 503 else 500


def _in_time(reply: Reply, edge: Edge, at: float) -> Reply:
    """A caller does not wait for ever."""
    if reply.end - at <= edge.timeout:
        return reply
    return Reply(at + edge.timeout, 0, TIMEOUT, reply.ip)


def _code(reply: Reply) -> int:
    return messages.CODES.get(reply.why, CODES.get(reply.status, 2))


def _operation(leaf: Leaf) -> str:
    if leaf.kind == "partner":
        return "POST"
    if leaf.kind == "queue":
        return f"{leaf.schema} publish"
    return "GET" if leaf.kind == "cache" else f"SELECT {leaf.schema}"
