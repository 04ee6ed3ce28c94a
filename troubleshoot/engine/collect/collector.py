"""Send every request at once, wait until all are answered or the deadline has come."""

import queue
import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from troubleshoot.engine.collect.answers import Answer, Answers
from troubleshoot.model.bundle import Recorded
from troubleshoot.model.query import Backend, RawResponse, Request
from troubleshoot.model.store import Store

Clock = Callable[[], float]  # seconds, monotonic
Redactions = Callable[[], tuple[tuple[str, int], ...]]  # (rule, how often) so far


@dataclass(frozen=True, slots=True)
class Heard:
    """An answer as it comes, the ``number``-th of ``asked``; asked ``after`` seconds of the run."""

    answer: Answer
    after: float
    number: int
    asked: int


Listener = Callable[[Heard], None]


@dataclass(slots=True)
class Collector:
    """Threads are daemons: neither Ctrl-C nor the deadline waits for a hanging server."""

    backends: Mapping[Store, Backend]
    clock: Clock
    deadline: float
    listener: Listener
    redactions: Redactions = tuple
    _asked: dict[str, Request] = field(default_factory=dict)
    _after: dict[str, float] = field(default_factory=dict)
    _got: dict[str, Answer] = field(default_factory=dict)
    _inbox: "queue.SimpleQueue[Answer | BaseException]" = field(default_factory=queue.SimpleQueue)
    _started: float = 0.0
    # parsing holds the interpreter anyway; one at a time keeps only one big answer unfolded
    _parsing: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        self._started = self.clock()

    def ask(self, requests: Iterable[Request]) -> None:
        """Equal requests are sent once. A store without a backend is not asked."""
        for request in requests:
            if request.key not in self._asked and request.store in self.backends:
                self._asked[request.key] = request
                self._after[request.key] = self.elapsed
                threading.Thread(target=self._send, args=(request,), daemon=True).start()

    def wait(self, *, until: Iterable[Request] | None = None) -> Answers:
        """What has been answered when all of ``until`` (or everything asked) is, or time is up."""
        keys = set(self._asked) if until is None else {one.key for one in until}
        wanted = keys & self._asked.keys()
        while wanted - self._got.keys():
            left = self.deadline - (self.clock() - self._started)
            try:
                answer = self._inbox.get(timeout=max(left, 0.0))
            except queue.Empty:
                answer = self._late(next(key for key in self._asked if key not in self._got))
            if isinstance(answer, BaseException):
                raise answer
            key = answer.request.key
            self._got[key] = answer
            self.listener(Heard(answer, self._after[key], len(self._got), len(self._asked)))
        ordered = {key: self._got[key] for key in self._asked if key in self._got}
        return Answers(ordered)

    @property
    def elapsed(self) -> float:
        return self.clock() - self._started

    def recorded(self) -> tuple[Recorded, ...]:
        """What has been answered so far, in the order of the plan."""
        found = [self._got[key] for key in self._asked if key in self._got]
        return tuple(Recorded(one.request, one.raw) for one in found)

    def _late(self, key: str) -> Answer:
        """An answer that says that there was none: also what a replay will find."""
        request = self._asked[key]
        failure = (
            f"no answer within the deadline of {self.deadline:g} s\ngive it longer with --deadline"
        )
        raw = RawResponse("", 0, b"", self.elapsed, failure=failure)
        return Answer(request, raw, self.backends[request.store].parse(request, raw))

    def _send(self, request: Request) -> None:
        backend = self.backends[request.store]
        try:
            raw: RawResponse = backend.fetch(request)
            with self._parsing:
                signal = backend.parse(request, raw)
            self._inbox.put(Answer(request, raw, signal))
        except BaseException as error:  # noqa: BLE001 - a bug of ours: raised where it is seen
            self._inbox.put(error)
