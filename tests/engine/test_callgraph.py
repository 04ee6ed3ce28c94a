"""Who calls whom."""

from tests.analysis.made import span, trace
from tests.engine.made import RAW
from troubleshoot.engine.collect.answers import Answer, Answers
from troubleshoot.engine.plan.inventory import Known
from troubleshoot.engine.topology.call_graph import call_graph
from troubleshoot.model.query import QueryKind, Request
from troubleshoot.model.signal import Calls, Metrics, Series, Traces
from troubleshoot.model.store import Store

SERVICES = ("gateway", "booking", "ledger")


def test_the_call_graph_is_put_together_from_all_that_tells_it() -> None:
    whole = trace(
        span("in", "gateway"),
        span("out", "gateway", parent="in", kind="client"),
        span("serve", "booking", parent="out"),
        span("ask", "booking", parent="serve", kind="client", peer__service="partner"),
    )
    request = Request(Store.JAEGER, QueryKind.TRACES, "GET", "/t")
    answers = Answers({request.key: Answer(request, RAW, Traces((whole,)))})
    edges = Metrics(
        (
            Series((("host", "booking.shop.svc:8080"), ("source", "ledger")), ((0, 1.0),)),
            Series((("service", "tax"), ("source", "ledger")), ((0, 0.0),)),
            Series((("service", "ledger"), ("source", "ledger")), ((0, 1.0),)),
            Series((("service", "ledger"), ("source", "")), ((0, 1.0),)),
        )
    )
    known = Known(calls=Calls((("booking", "ledger", 3),)), edges=edges)
    assert call_graph(answers, known, [("ledger", "bank")], SERVICES) == {
        "gateway": {"booking"},
        "booking": {"ledger", "partner"},
        "ledger": {"bank", "booking", "tax"},
    }
