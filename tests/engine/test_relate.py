"""Findings in the light of who calls whom, with and without traces."""

from dataclasses import replace
from datetime import UTC, datetime

from tests.analysis.made import span, trace
from tests.engine.made import RAW
from troubleshoot.engine.collect.answers import Answer, Answers
from troubleshoot.engine.plan.inventory import Known
from troubleshoot.engine.rank.case import Case
from troubleshoot.engine.rank.gaps import gaps
from troubleshoot.engine.rank.ranking import rank
from troubleshoot.engine.topology.attribution import BY_WORDS, UNKNOWN, System, related
from troubleshoot.model.facts import LogFacts, MetricFacts, Party, TraceFacts
from troubleshoot.model.finding import Evidence, Finding, Item, Outcome
from troubleshoot.model.playbook import DiagnosisRule
from troubleshoot.model.query import QueryKind, Request
from troubleshoot.model.signal import Metrics, Series, Span, Traces
from troubleshoot.model.store import Store
from troubleshoot.model.window import Window

NOTHING = Answers({})
WINDOW = Window(datetime(2025, 11, 7, 15, 30, tzinfo=UTC))
RULE = DiagnosisRule.model_validate(
    {
        "id": "failing", "each": "service", "title": "<service> fails", "component": "<service>",
        "for": [{"check": "c", "where": {"service": "<service>"}, "strength": "strong"}],
    }
)  # fmt: skip


def finding(evidence: Evidence, *items: Item) -> Finding:
    return Finding("c", "C", "s", "S", "1", Outcome.CRITICAL, evidence, items=items)


def metric(*rows: dict[str, str]) -> Finding:
    facts = (
        MetricFacts(row.get("service", ""), row.get("host", ""), means="errors") for row in rows
    )
    items = (Item((), Outcome.CRITICAL, 0.5, facts=one) for one in facts)
    return finding(Evidence.METRIC, *items)


def logs(*rows: tuple[str, str]) -> Finding:
    items = (
        Item((), Outcome.CRITICAL, 9, note=text, facts=LogFacts(pattern=text, service=name))
        for name, text in rows
    )
    return finding(Evidence.LOG, *items)


def told(found: Finding, name: str) -> list[object]:
    return [getattr(item.facts, name) for item in found.items]


def test_what_callers_know_by_its_address_is_called_as_it_calls_itself() -> None:
    errors = metric({"service": "pricing"}, {"host": "pricing.shop.svc:80"}, {"host": "db:3306"})
    (found,) = related([errors], NOTHING, Known(), System(WINDOW))
    assert told(found, "service") == ["pricing", "pricing", "db"]


def test_what_only_traces_callers_name_is_too() -> None:
    facts = TraceFacts(party=Party.REMOTE, service="pricing:80")
    remote = Item((), Outcome.CRITICAL, 1.0, facts=facts)
    traces = finding(Evidence.TRACE, remote)
    found, _ = related([traces, metric({"service": "pricing"})], NOTHING, Known(), System(WINDOW))
    assert told(found, "service") == ["pricing"]


def test_metrics_of_calls_tell_who_explains_whom() -> None:
    edges = Metrics((Series((("host", "pricing:80"), ("source", "booking")), ((0, 1.0),)),))
    errors = metric({"service": "booking"}, {"service": "pricing"})
    (found,) = related([errors], NOTHING, Known(edges=edges), System(WINDOW))
    assert told(found, "explained_by") == [("pricing",), ()]
    assert found.notes == ()


def test_without_traces_error_messages_tell_who_depends_on_whom() -> None:
    errors = metric({"service": "order-service"}, {"service": "payment-service"})
    lines = logs(("order-service", "order failed: payment-service answered 500"))
    errors, lines = related([errors, lines], NOTHING, Known(), System(WINDOW))
    assert told(lines, "blames") == ["payment-service"]
    assert told(lines, "unmonitored") == [False]
    assert told(errors, "explained_by") == [("payment-service",), ()]
    assert errors.notes == (BY_WORDS,)


def test_whoever_only_error_messages_tell_of_is_outside() -> None:
    lines = logs(
        ("order-service", "payment-service answered 502: connect to bank.example:443: refused"),
        ("payment-service", "payment provider did not answer"),
    )
    (found,) = related([lines], NOTHING, Known(), System(WINDOW))
    assert told(found, "blames_unmonitored") == ["bank.example", "payment-provider"]
    assert told(found, "through") == [("payment-service",), ()]


def spans(*made: Span) -> Answers:
    request = Request(Store.JAEGER, QueryKind.TRACES, "GET", "/t")
    return Answers({request.key: Answer(request, RAW, Traces((trace(*made),)))})


ORDERED = spans(
    span("order", "order-service"),
    span("pay", "order-service", parent="order", kind="client"),
    span("charge", "payment-service", parent="pay"),
)


def test_where_spans_show_a_call_the_words_of_messages_about_it_count_nothing() -> None:
    lines = logs(("order-service", "payment-service answered 500"))
    (found,) = related([lines], ORDERED, Known(), System(WINDOW))
    assert told(found, "blames") == [""]


def test_of_a_call_that_no_span_shows_messages_tell_though_there_are_traces() -> None:
    lines = logs(
        ("nightly-batch", "payment-service answered 500"),
        ("order-service", "payment-service answered 502: connect to bank.example:443: refused"),
    )
    _, found = related([finding(Evidence.TRACE), lines], ORDERED, Known(), System(WINDOW))
    assert told(found, "blames") == ["payment-service", "bank.example"]
    assert told(found, "blames_unmonitored") == ["payment-service", "bank.example"]


def new(*rows: tuple[str, str]) -> Finding:
    found = logs(*rows)
    facts = (replace(one.facts, new=True) for one in found.items)  # type: ignore[type-var]
    pairs = zip(found.items, facts, strict=True)
    return replace(found, items=tuple(replace(one, facts=fact) for one, fact in pairs))


def test_new_errors_are_the_sole_word_where_no_metric_and_no_span_tells() -> None:
    lines = new(("mailer", "queue full"), ("order-service", "no stock"), ("stock", "disk full"))
    _, found = related([metric({"service": "stock"}), lines], ORDERED, Known(), System(WINDOW))
    assert told(found, "sole") == [True, False, False]
    (usual,) = related([logs(("mailer", "queue full"))], NOTHING, Known(), System(WINDOW))
    assert told(usual, "sole") == [False]


def test_new_errors_of_a_caller_may_be_those_of_whom_it_depends_on() -> None:
    lines = new(("shop", "order failed"), ("stock", "disk full"))
    (found,) = related([lines], NOTHING, Known(), System(WINDOW, (("shop", "stock"),)))
    assert told(found, "sole") == [False, True]


def test_it_is_said_when_nothing_tells_who_calls_whom() -> None:
    several, one = metric({"service": "a"}, {"service": "b"}), metric({"service": "a"})
    noted, plain = related([several, one], NOTHING, Known(), System(WINDOW))
    assert noted.notes == (UNKNOWN,)
    assert plain.notes == ()
    dark = Case((RULE,), {"c": noted})
    (gap,) = gaps(dark, rank(dark, symptom=True))
    assert (gap.title, gap.reason) == ("Who calls whom", UNKNOWN)
    assert gap.could_change == ("failing:a", "failing:b")
    told_of = Case((RULE,), {"c": plain})
    assert gaps(told_of, rank(told_of, symptom=True)) == ()
    (listed,) = related([several], NOTHING, Known(), System(WINDOW, (("a", "b"),)))
    assert listed.notes == ()
    assert told(listed, "explained_by") == [("b",), ()]


ALIASES = {"payments-lb": "payment-service", "PaymentService": "payment-service"}


def test_a_component_with_several_names_is_one() -> None:
    edges = Metrics((Series((("host", "payments-lb:80"), ("source", "booking")), ((0, 1.0),)),))
    errors = metric(
        {"service": "PaymentService"}, {"host": "payments-lb.shop.svc:80"}, {"service": "booking"}
    )
    (found,) = related([errors], NOTHING, Known(edges=edges), System(WINDOW, aliases=ALIASES))
    assert told(found, "service") == ["payment-service", "payment-service", "booking"]
    assert told(found, "explained_by") == [(), (), ("payment-service",)]


def test_whom_a_trace_or_a_message_names_by_another_name_is_the_same() -> None:
    facts = TraceFacts(caller="PaymentService", service="bank")
    (found,) = related(
        [finding(Evidence.TRACE, Item((), Outcome.CRITICAL, 1.0, facts=facts))],
        NOTHING, Known(), System(WINDOW, aliases=ALIASES),
    )  # fmt: skip
    assert told(found, "caller") == ["payment-service"]
    lines = logs(
        ("booking", "payments-lb answered 502: connect to bank.example:443: refused"),
        ("PaymentService", "payments-lb answered 502"),
    )
    system = System(WINDOW, aliases=ALIASES)
    paid = metric({"service": "PaymentService"})
    errors, lines = related([paid, lines], NOTHING, Known(), system)
    assert told(errors, "service") == ["payment-service"]
    assert told(lines, "through") == [("payment-service",), ()]
    assert told(lines, "blames") == ["bank.example", ""]
