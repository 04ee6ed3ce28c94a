"""Requests go out at once; what does not come back in time is a value too."""

import threading
import time
from collections.abc import Callable

import pytest

from troubleshoot.engine.collect.collector import Collector
from troubleshoot.model.query import QueryKind, RawResponse, Request
from troubleshoot.model.signal import Metrics, Missing, Problem, ProblemKind, Signal
from troubleshoot.model.store import Store


def request(name: str, store: Store = Store.PROMETHEUS) -> Request:
    return Request(store, QueryKind.RANGE, "GET", f"/{name}")


class Local:
    """A store whose answers take as long as ``delay`` says; it counts what it is asked."""

    def __init__(self, delay: Callable[[Request], float] = lambda _: 0.0) -> None:
        self.delay = delay
        self.asked: list[str] = []

    def fetch(self, request: Request) -> RawResponse:
        self.asked.append(request.path)
        time.sleep(self.delay(request))
        return RawResponse(f"http://here{request.path}", 200, b"", 0.0)

    def parse(self, request: Request, raw: RawResponse) -> Signal:  # noqa: ARG002
        if raw.failure:
            reason, _, hint = raw.failure.partition("\n")
            return Missing(Problem(ProblemKind.ERROR, reason, hint))
        return Metrics(())

    def close(self) -> None:
        """Nothing is open."""


def collector(store: Local, deadline: float = 10.0) -> Collector:
    return Collector({Store.PROMETHEUS: store}, time.monotonic, deadline, lambda _heard: None)


def test_answers_keep_the_order_of_asking_whichever_came_first() -> None:
    store = Local(lambda one: 0.05 if one.path == "/a" else 0.0)
    run = collector(store)
    run.ask([request("a"), request("b"), request("c")])
    assert [one.request.path for one in run.wait()] == ["/a", "/b", "/c"]


def test_equal_requests_are_sent_once() -> None:
    store = Local()
    run = collector(store)
    run.ask([request("a"), request("a")])
    run.wait()
    run.ask([request("a")])
    assert len(list(run.wait())) == len(store.asked) == 1


def test_slow_answers_overlap() -> None:
    run = collector(Local(lambda _: 0.2))
    run.ask(request(str(number)) for number in range(10))
    run.wait()
    assert run.elapsed < 1.0  # one after another it would be 2.0


def test_at_the_deadline_what_is_there_is_returned_and_the_rest_says_why() -> None:
    run = collector(Local(lambda one: 30.0 if one.path == "/slow" else 0.0), deadline=0.2)
    run.ask([request("slow"), request("quick")])
    found = run.wait()
    assert run.elapsed < 5.0
    assert found.problem(request("quick")) is None
    problem = found.problem(request("slow"))
    assert problem is not None
    assert problem.reason == "no answer within the deadline of 0.2 s"
    assert problem.hint == "give it longer with --deadline"


def test_an_answer_that_came_too_late_is_recorded_as_late() -> None:
    run = collector(Local(lambda _: 0.3), deadline=0.05)
    run.ask([request("slow")])
    run.wait()
    time.sleep(0.5)
    (recorded,) = run.recorded()
    assert "deadline" in recorded.raw.failure


def test_a_store_that_is_not_configured_is_skipped_and_says_what_to_set() -> None:
    run = collector(Local())
    run.ask([request("x", Store.JAEGER)])
    problem = run.wait().problem(request("x", Store.JAEGER))
    assert problem is not None
    assert problem.trouble is ProblemKind.SKIPPED
    assert "TROUBLESHOOT_JAEGER_URL" in problem.hint


def test_waiting_for_some_does_not_wait_for_all() -> None:
    release = threading.Event()

    class Held(Local):
        def fetch(self, request: Request) -> RawResponse:
            if request.path == "/held":
                release.wait(10)
            return super().fetch(request)

    run = collector(Held())
    run.ask([request("held"), request("first")])
    assert run.wait(until=[request("first")]).problem(request("first")) is None
    release.set()
    assert len(list(run.wait())) == 2


def test_a_fault_of_ours_in_a_thread_is_not_lost() -> None:
    class Broken(Local):
        def parse(self, request: Request, raw: RawResponse) -> Signal:  # noqa: ARG002
            raise LookupError("a bug")

    run = collector(Broken())
    run.ask([request("a")])
    with pytest.raises(LookupError, match="a bug"):
        run.wait()
