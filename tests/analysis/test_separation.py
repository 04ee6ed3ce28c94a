"""Which tag values separate failed requests from good ones: answers a person sees at once."""

import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.analysis.made import span, trace
from troubleshoot.analysis.significance import Table
from troubleshoot.analysis.traces.separation import MOST, Separation, Tag, separations
from troubleshoot.analysis.traces.tag_columns import OPERATION, first_values
from troubleshoot.analysis.traces.tag_kinds import Kind
from troubleshoot.model.signal import Span, Trace

Traces = list[Trace]
_ids = count()


def order(failed: bool, **payment: str) -> Trace:
    """An order that calls payment, whose span has these tags."""
    name = f"t{next(_ids):06}"
    top = span("POST /orders", "order", failed=failed, trace=name, service__version="1.0")
    call = span("pay", "payment", parent=top.span_id, start=0.1, failed=failed, trace=name)
    tags = tuple((key.replace("__", "."), value) for key, value in payment.items())
    return trace(top, replace(call, tags=tags))


def orders(number: int, failed: int, **payment: str) -> Traces:
    """``number`` of them, the first ``failed`` of which fail."""
    return [order(index < failed, **payment) for index in range(number)]


def is_bad(one: Trace) -> bool:
    return one.spans[0].failed


def found(*groups: Traces) -> tuple[Separation, ...]:
    every = [one for group in groups for one in group]
    return separations(filter(is_bad, every), [one for one in every if not is_bad(one)])


def causes(*groups: Traces) -> list[tuple[str, str, str]]:
    return [
        (one.tag.service, one.tag.name, one.tag.value) for one in found(*groups) if not one.symptom
    ]


def bad_release() -> Traces:
    return orders(40, 38, service__version="2.1.0") + orders(260, 3, service__version="2.0.0")


def test_a_release_that_fails_is_named_with_its_counts() -> None:
    (one,) = found(bad_release())
    assert one.tag == Tag("payment", "service.version", "2.1.0", Kind.VERSION)
    assert one.table == Table(38, 2, 3, 257)
    assert one.lift == pytest.approx((38 / 40) / (3 / 260))
    assert (one.failed, one.otherwise) == (38 / 40, 3 / 260)
    assert one.chance < 1e-20
    assert len(one.examples) == 3


def test_the_examples_are_failed_requests_with_the_value() -> None:
    release = bad_release()
    (one,) = found(release)
    failing = {each.trace_id for each in release[:38]}
    assert set(one.examples) <= failing


def test_one_bad_pod_among_three_is_named() -> None:
    fine = orders(50, 1, k8s__pod__name="pay-0") + orders(50, 2, k8s__pod__name="pay-1")
    bad = orders(50, 45, k8s__pod__name="pay-2")
    assert causes(fine, bad) == [("payment", "k8s.pod.name", "pay-2")]


def test_a_tenant_is_named_even_by_a_number() -> None:
    bad, fine = orders(30, 29, tenant__id="4711"), orders(100, 2, tenant__id="4712")
    (one,) = found(bad, fine)
    assert (one.tag.value, one.tag.kind) == ("4711", Kind.REQUEST)


def test_the_kind_of_request_is_compared_too() -> None:
    def request(operation: str, failed: bool) -> Trace:
        name = f"t{next(_ids):06}"
        return trace(span(operation, "shop", failed=failed, trace=name))

    every = [request("GET /cart", index < 1) for index in range(60)]
    every += [request("POST /pay", index < 40) for index in range(50)]
    assert causes(every) == [("shop", "operation", "POST /pay")]


def test_a_failure_that_strikes_all_alike_is_separated_by_nothing() -> None:
    assert found(*(orders(50, 20, k8s__pod__name=f"pay-{one}") for one in range(3))) == ()


def test_the_only_version_there_is_separates_nothing() -> None:
    empty = [trace(span("POST /orders", "order", trace=f"b{index}")) for index in range(100)]
    assert found(orders(100, 90, service__version="2.0.0"), empty) == ()


def test_a_handful_of_failures_is_too_few() -> None:
    assert found(orders(4, 4, service__version="2"), orders(500, 0, service__version="1")) == ()
    assert found(orders(6, 4, service__version="2"), orders(500, 0, service__version="1")) == ()
    assert found(orders(6, 5, service__version="2"), orders(500, 0, service__version="1")) != ()


def test_a_little_more_often_is_no_separation_however_sure() -> None:
    often, seldom = orders(3000, 1800, zone="a"), orders(3000, 1000, zone="b")
    assert found(often, seldom) == ()


def test_no_failures_or_only_failures_are_separated_by_nothing() -> None:
    assert found(orders(50, 0, zone="a"), orders(50, 0, zone="b")) == ()
    assert found(orders(50, 50, zone="a"), orders(50, 50, zone="b")) == ()
    assert separations([], []) == ()


def test_identifiers_are_no_candidates() -> None:
    def numbered(number: int, failed: int) -> Traces:
        return [order(index < failed, order__id=f"ord-{next(_ids)}") for index in range(number)]

    assert found(numbered(60, 60), numbered(60, 0)) == ()


def test_an_identifier_that_is_only_given_on_success_is_no_candidate() -> None:
    fine = [order(False, order__id=f"ord-{next(_ids)}") for _ in range(90)]
    assert found(orders(60, 60, order__id="none"), fine) == ()


@pytest.mark.parametrize(("others", "named"), [(48, ["none"]), (49, [])])
def test_a_tag_whose_values_are_on_less_than_two_traces_each_identifies(
    others: int, named: list[str]
) -> None:
    fine = [order(False, order__id=f"ord-{next(_ids)}") for _ in range(others)]
    assert [value for _, _, value in causes(orders(50, 50, order__id="none"), fine)] == named


@pytest.mark.parametrize(
    ("bad", "fine"),
    [
        ({"server__port": "8443"}, {"server__port": "8080"}),
        ({"db__rows": "0"}, {"db__rows": "1"}),
        ({"waited": "3s"}, {"waited": "12ms"}),
        ({"basket": "0b51e2a4-1111-4222-8333-123456789abc"},
         {"basket": "9c51e2a4-1111-4222-8333-123456789abc"}),
        ({"sampler__type": "tail"}, {"sampler__type": "probabilistic"}),
        ({"otel__scope__name": "a"}, {"otel__scope__name": "b"}),
        ({"service__version": ""}, {"service__version": "1"}),
    ],
)  # fmt: skip
def test_numbers_ids_and_what_the_tracing_adds_are_no_candidates(
    bad: dict[str, str], fine: dict[str, str]
) -> None:
    assert found(orders(50, 50, **bad), orders(50, 0, **fine)) == ()


def test_a_commit_or_a_hexadecimal_container_names_something() -> None:
    bad, fine = orders(50, 50, git__commit="deadbeef01"), orders(50, 0, git__commit="0123456789")
    assert causes(bad, fine) == [("payment", "git.commit", "deadbeef01")]


@pytest.mark.parametrize(
    ("tag", "bad", "fine"),
    [
        ("http.response.status_code", "504", "200"),
        ("error.type", "Timeout", "none"),
        ("rpc.grpc.status_code", "14", "0"),
        ("exception.type", "IOError", "none"),
        ("order.status", "refused", "paid"),
        ("retry.attempt", "second", "first"),
        ("errorCode", "E42", "none"),
    ],
)
def test_what_says_that_it_failed_is_a_symptom_never_a_cause(tag: str, bad: str, fine: str) -> None:
    name = tag.replace(".", "__")
    (one,) = found(orders(50, 50, **{name: bad}), orders(50, 0, **{name: fine}))
    assert one.symptom
    assert (one.tag.name, one.tag.value) == (tag, bad)


def test_a_symptom_that_only_failed_requests_carry_is_told() -> None:
    (one,) = found(orders(50, 50, error__type="Timeout"), orders(50, 0))
    assert one.symptom
    assert one.table == Table(50, 0, 0, 50)


def test_that_a_failed_request_failed_is_not_worth_a_word() -> None:
    bad, fine = orders(50, 50, error="true"), orders(50, 0, error="false")
    assert found(bad, fine) == ()


def test_causes_come_before_symptoms() -> None:
    bad = orders(50, 48, service__version="2", error__type="Timeout")
    names = [one.tag.name for one in found(bad, orders(90, 0, service__version="1"))]
    assert names == ["service.version", "error.type"]


def test_a_version_and_the_pod_that_alone_runs_it_are_told_together() -> None:
    bad = orders(40, 36, service__version="2.1", k8s__pod__name="pay-2", zone="b")
    fine = orders(80, 1, service__version="2.0", k8s__pod__name="pay-1", zone="a")
    (one,) = found(bad, fine)
    assert (one.tag.name, one.tag.value) == ("service.version", "2.1")
    assert [(each.name, each.value) for each in one.also] == [
        ("k8s.pod.name", "pay-2"), ("zone", "b"),
    ]  # fmt: skip


def test_of_two_in_nearly_the_same_requests_the_one_nearer_to_a_mechanism_leads() -> None:
    bad = orders(40, 40, service__version="2", host="new")
    fine = orders(2, 0, service__version="2", host="old")  # so that the host is the surer one
    fine += orders(80, 0, service__version="1", host="old")
    (one,) = found(bad, fine)
    assert (one.tag.value, [each.value for each in one.also]) == ("2", ["new"])


def test_pods_of_a_bad_version_are_explained_by_it() -> None:
    bad = [orders(30, 27, service__version="2.1", host=f"new-{one}") for one in range(2)]
    fine = [orders(60, 1, service__version="2.0", host=f"old-{one}") for one in range(4)]
    (one,) = found(*bad, *fine)
    assert one.tag.value == "2.1"
    assert [each.value for each in one.explained] == ["new-0", "new-1"]


def test_a_version_is_explained_by_the_one_bad_pod_that_runs_it() -> None:
    pods = [orders(40, bad, service__version="2", host=f"new-{bad}") for bad in (38, 1, 0)]
    (one,) = found(*pods, orders(240, 3, service__version="1", host="old"))
    assert one.tag.value == "new-38"
    assert [each.value for each in one.explained] == ["2"]


def test_a_release_that_gets_the_hard_requests_is_not_blamed_for_them() -> None:
    """Simpson's paradox: within each tenant, the new version is no worse than the old one."""
    hard = orders(160, 96, tenant="hard", service__version="2")
    hard += orders(40, 24, tenant="hard", service__version="1")
    easy = orders(40, 2, tenant="easy", service__version="2")
    easy += orders(160, 8, tenant="easy", service__version="1")
    (one,) = found(hard, easy)
    assert (one.tag.name, one.tag.value) == ("tenant", "hard")
    assert [(each.name, each.value) for each in one.explained] == [("service.version", "2")]


def test_a_pod_that_is_worse_by_chance_is_still_explained_by_the_version() -> None:
    new = orders(7, 5, service__version="2", host="n0")
    new += orders(60, 20, service__version="2", host="n1")
    (one,) = found(new, orders(300, 1, service__version="1", host="old"))
    assert one.tag.value == "2"
    assert {each.value for each in one.explained} == {"n0", "n1"}


def test_a_pod_that_is_a_little_worse_is_still_explained_by_the_version() -> None:
    new = orders(400, 380, service__version="2", host="n0")
    new += orders(400, 300, service__version="2", host="n1")
    (one,) = found(new, orders(1000, 5, service__version="1", host="old"))
    assert one.tag.value == "2"
    assert {each.value for each in one.explained} == {"n0", "n1"}


@pytest.mark.parametrize(("failed", "told"), [(5, ["2"]), (6, ["2", "b"])])
def test_what_is_left_within_another_cause_has_to_be_more_than_chance(
    failed: int, told: list[str]
) -> None:
    """Of tenant b's 20 on the old version 2 would fail anyway; 5 is 2.1 deviations more, 6 2.8."""
    new = orders(40, 39, version="2", tenant="b")
    old = orders(20, failed, version="1", tenant="b") + orders(400, 40, version="1", tenant="a")
    assert [value for _, _, value in causes(new, old)] == told


def test_no_more_are_told_than_anybody_reads() -> None:
    tenants = [orders(20, 20, **{f"t{number}": "odd"}) for number in range(20)]
    usual = orders(100, 0, **{f"t{number}": "usual" for number in range(20)})
    assert len(found(*tenants, usual)) == MOST


def test_two_causes_that_have_nothing_to_do_with_each_other_are_both_told() -> None:
    def group(number: int, failed: int, version: str, tenant: str) -> Traces:
        return orders(number, failed, service__version=version, tenant=tenant)

    every = group(40, 39, "2", "a"), group(40, 38, "1", "b"), group(400, 2, "1", "a")
    assert sorted(causes(*every)) == [
        ("payment", "service.version", "2"), ("payment", "tenant", "b"),
    ]  # fmt: skip


def retried(failed: bool, first: str, then: str = "") -> Trace:
    """The second attempt goes elsewhere, because the first one failed."""
    name = f"t{next(_ids):06}"
    attempts = [("pay", first, 0.1), ("pay again", then, 0.2)]
    return trace(
        span("POST /orders", "order", failed=failed, trace=name),
        *(span(each, "payment", parent="POST /orders", start=start, failed=failed, trace=name,
               host=host) for each, host, start in attempts if host),
    )  # fmt: skip


def test_what_was_only_tried_after_the_failure_is_not_blamed() -> None:
    bad = [retried(True, "abc"[one % 3], "spare") for one in range(60)]
    fine = [retried(False, "abc"[one % 3]) for one in range(90)]
    fine += [retried(False, "spare") for one in range(5)]
    assert found(bad, fine) == ()


@pytest.mark.parametrize("order_of_spans", [1, -1])
def test_of_two_spans_that_start_together_the_outer_one_counts(order_of_spans: int) -> None:
    spans = (
        span("outer", duration=2, host="a"), span("inner", parent="outer", duration=1, host="b")
    )  # fmt: skip
    assert first_values(trace(*spans[::order_of_spans]))["shop"]["host"] == "a"


@pytest.mark.parametrize(
    ("spans", "service"),
    [
        ([span("POST /orders", "order", start=1), span("c", "pay", parent="lost")], "order"),
        ([span("a", "pay", parent="b"), span("b", "order", parent="lost", start=1)], "order"),
        ([span("a", "pay", parent="a")], "pay"),
    ],
)
def test_the_operation_of_a_request_is_that_of_its_top_span(
    spans: list[Span], service: str
) -> None:
    found = first_values(trace(*spans))
    assert [name for name, values in found.items() if OPERATION in values] == [service]


def test_a_trace_without_spans_has_no_values() -> None:
    assert dict(first_values(Trace("t", ()))) == {}


def test_the_address_of_a_callee_that_sends_no_spans_is_its_own() -> None:
    def calling(failed: bool, address: str) -> Trace:
        name = f"t{next(_ids):06}"
        return trace(
            span("POST /orders", "order", failed=failed, trace=name),
            span("call", "order", parent="POST /orders", start=0.1, kind="client", trace=name,
                 peer__service="provider", server__address=address),
        )  # fmt: skip

    every = [calling(index < 45, "eu.example") for index in range(50)]
    every += [calling(index < 1, "us.example") for index in range(50)]
    assert causes(every) == [("provider", "server.address", "eu.example")]


def noise(dice: random.Random) -> Trace:
    values = zip((f"t{number}" for number in range(500)), dice.choices("abcd", k=500), strict=True)
    plain = span("GET /", failed=dice.random() < 0.3, trace=f"t{next(_ids):06}")
    return trace(replace(plain, tags=tuple(values)))


def test_five_hundred_tags_without_meaning_give_no_finding() -> None:
    samples = ([noise(random.Random(f"{seed} {one}")) for one in range(60)] for seed in range(50))
    assert sum(bool(found(every)) for every in samples) <= 1


def test_good_requests_that_were_sampled_count_for_as_many_as_they_stand_for() -> None:
    every = bad_release()
    fine = [one for one in every if not is_bad(one)]
    (one,) = separations(filter(is_bad, every), fine, good_weight=10.0)
    assert one.failed == pytest.approx(38 / (38 + 20))
    assert one.otherwise == pytest.approx(3 / (3 + 2570))
    assert one.lift == pytest.approx(one.failed / one.otherwise)


def mixed() -> Traces:
    """A bad release on two pods, a bad tenant, and symptoms."""
    every = orders(30, 28, service__version="2", host="n0", tenant="a", error__type="Timeout")
    every += orders(30, 27, service__version="2", host="n1", tenant="c", error__type="Timeout")
    every += orders(40, 36, service__version="1", host="o0", tenant="b", error__type="Refused")
    every += orders(150, 2, service__version="1", host="o0", tenant="a")
    every += orders(150, 1, service__version="1", host="o1", tenant="c")
    return every


MIXED = mixed()
ANSWER = found(MIXED)


def test_the_mixed_case_has_something_to_say() -> None:
    assert [(one.tag.value, one.symptom) for one in ANSWER[:2]] == [("2", False), ("b", False)]


@settings(max_examples=20)
@given(st.integers(0, 10_000))
def test_the_order_of_traces_spans_and_tags_does_not_matter(seed: int) -> None:
    dice = random.Random(seed)

    def shuffled(one: Span) -> Span:
        return replace(one, tags=tuple(dice.sample(one.tags, len(one.tags))))

    every = [
        replace(one, spans=tuple(map(shuffled, dice.sample(one.spans, len(one.spans)))))
        for one in dice.sample(MIXED, len(MIXED))
    ]
    assert found(every) == ANSWER


def changed(change: Callable[[Span], Span]) -> Iterator[Trace]:
    for one in MIXED:
        spans = tuple(map(change, one.spans))
        yield Trace(spans[0].trace_id, spans)


def test_seeing_every_trace_twice_is_seeing_it_once() -> None:
    assert found(MIXED, MIXED) == ANSWER


@pytest.mark.parametrize("times", [2, 5])
def test_as_many_requests_again_change_no_name_and_no_lift(times: int) -> None:
    def copy(one: Span, number: int) -> Span:
        return replace(one, trace_id=f"{one.trace_id}-{number}")

    copies = [one for number in range(times) for one in changed(partial(copy, number=number))]
    answer = found(copies)
    assert [(one.tag, one.explained) for one in answer] == [
        (one.tag, one.explained) for one in ANSWER
    ]
    assert [one.lift for one in answer] == pytest.approx([one.lift for one in ANSWER])


@given(st.floats(-1e9, 1e9))
@settings(max_examples=10)
def test_a_shift_in_time_changes_nothing(seconds: float) -> None:
    moved = list(changed(lambda one: replace(one, start=round(one.start + seconds, 3))))
    assert found(moved) == ANSWER


def test_other_names_of_services_and_values_give_the_same_answer_with_those_names() -> None:
    def renamed(one: Span) -> Span:
        tags = tuple((name, f"x-{value}") for name, value in one.tags)
        return replace(one, service=f"x-{one.service}", tags=tags)

    def expected(tag: Tag) -> Tag:
        return replace(tag, service=f"x-{tag.service}", value=f"x-{tag.value}")

    answer = found(list(changed(renamed)))
    assert [one.tag for one in answer] == [expected(one.tag) for one in ANSWER]
    assert [one.explained for one in answer] == [
        tuple(map(expected, one.explained)) for one in ANSWER
    ]
