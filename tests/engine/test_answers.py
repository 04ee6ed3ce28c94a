"""What was answered, and the trees of the traces in it."""

from tests.analysis.made import span, trace
from tests.engine.made import RAW
from troubleshoot.engine.collect.answers import Answer, Answers
from troubleshoot.model.query import QueryKind, Request
from troubleshoot.model.signal import Names, Signal, Traces
from troubleshoot.model.store import Store

REQUEST = Request(Store.JAEGER, QueryKind.TRACES, "GET", "/api/traces")


def answered(signal: Signal) -> Answers:
    return Answers({REQUEST.key: Answer(REQUEST, RAW, signal)})


def test_all_who_look_at_traces_see_the_same_trees() -> None:
    several = tuple(trace(span("order", trace=name)) for name in ("b", "a", "b"))
    answers = answered(Traces(several))
    trees = answers.trees(REQUEST)
    assert tuple(one.trace for one in trees) == several
    assert answers.trees(REQUEST) is trees


def test_what_is_no_answer_with_traces_has_no_trees() -> None:
    assert answered(Names(frozenset({"shop"}))).trees(REQUEST) == ()
    assert Answers({}).trees(REQUEST) == ()
