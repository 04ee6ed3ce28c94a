"""Where errors originate."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.analysis.made import grown, span
from troubleshoot.analysis.traces.origins import failed_share, origins
from troubleshoot.analysis.traces.tree import Tree


def through() -> Tree:
    """order -> payment -> a call to the provider, all failed."""
    return grown(
        span("order", "order-service", failed=True),
        span("pay", "order-service", parent="order", failed=True, kind="client"),
        span("charge", "payment-service", parent="pay", failed=True),
        span(
            "POST", "payment-service", parent="charge", failed=True, kind="client",
            message="timed out", peer__service="provider",
        ),
    )  # fmt: skip


def test_an_error_is_charged_to_where_it_began_not_to_those_it_travelled_through() -> None:
    (origin,) = origins([through()]).origins
    assert origin.service == "provider"
    assert origin.seen_by == "payment-service"
    assert origin.operation == "POST"
    assert origin.share == 1.0
    assert origin.message == "timed out"


def test_a_service_without_spans_is_named_by_the_tags_of_its_caller() -> None:
    (origin,) = origins([through()]).origins
    assert origin.kind == "remote"


def test_a_failed_query_is_charged_to_the_database() -> None:
    failing = grown(
        span("order", failed=True),
        span("INSERT", parent="order", failed=True, kind="client", db__system="postgresql",
             server__address="orders-db"),
    )  # fmt: skip
    (origin,) = origins([failing]).origins
    assert (origin.service, origin.kind) == ("orders-db", "database")


def test_an_exception_inside_a_service_is_its_own() -> None:
    failing = grown(
        span("order", "order-service", failed=True),
        span("total", "order-service", parent="order", failed=True, kind="internal"),
    )
    (origin,) = origins([failing]).origins
    assert (origin.service, origin.kind) == ("order-service", "service")


def test_a_failure_that_a_retry_mended_is_not_the_origin() -> None:
    mended = grown(
        span("order", "order-service", failed=True),
        span("first", "order-service", parent="order", start=0, kind="client", failed=True,
             peer__service="inventory"),
        span("second", "order-service", parent="order", start=2, kind="client", failed=True,
             peer__service="payment"),
    )  # fmt: skip
    (origin,) = origins([mended]).origins
    assert origin.service == "payment"


def test_of_calls_at_the_same_time_the_one_that_ended_last_is_the_origin() -> None:
    both = grown(
        span("order", "order-service", failed=True),
        span("long", "order-service", parent="order", start=0, duration=5, kind="client",
             failed=True, peer__service="inventory"),
        span("short", "order-service", parent="order", start=1, duration=1, kind="client",
             failed=True, peer__service="payment"),
    )  # fmt: skip
    assert origins([both]).origins[0].service == "inventory"


def test_of_two_spans_at_the_top_the_failed_one_is_followed() -> None:
    both = grown(
        span("fine", "gateway", start=0), span("order", "order-service", start=1, failed=True)
    )
    assert origins([both]).origins[0].service == "order-service"


def handled(inner_service: str = "order-service", inner_kind: str = "internal") -> Tree:
    """Frameworks put a span of their own around the handler and never mark it as failed."""
    return grown(
        span("GET /order", "order-service", failed=True),
        span("handler", inner_service, parent="GET /order", kind=inner_kind),
        span("render", inner_service, parent="handler", kind=""),
        span("POST", inner_service, parent="render", kind="client", failed=True,
             peer__service="payment", message="refused"),
    )  # fmt: skip


def test_a_failed_call_within_a_step_that_is_not_marked_as_failed_is_the_origin() -> None:
    (origin,) = origins([handled()]).origins
    assert (origin.service, origin.message) == ("payment", "refused")


def test_one_failed_call_among_thousands_is_found() -> None:
    fine = [span(f"q{number}", parent="order", start=number) for number in range(3000)]
    bad = span("POST", parent="order", start=-1, kind="client", failed=True, peer__service="pay")
    assert origins([grown(span("order", failed=True), bad, *fine)]).origins[0].service == "pay"


@pytest.mark.parametrize(("service", "kind"), [("order-service", "client"), ("pricing", "server")])
def test_a_failure_behind_a_call_that_ended_well_is_not_the_origin(service: str, kind: str) -> None:
    assert origins([handled(service, kind)]).origins[0].service == "order-service"


def test_steps_that_are_each_others_parents_do_not_hang() -> None:
    again = replace(span("y", parent="b", kind=""), span_id="a")
    steps = [span("a", parent="top", kind="internal"), span("b", parent="a", kind="internal")]
    assert origins([grown(span("top", failed=True), *steps, again)]).failed == 1


def test_where_no_request_failed_as_a_whole_what_failed_within_them_counts() -> None:
    mended = grown(
        span("order", "order-service"),
        span("try", "order-service", parent="order", kind="client"),
        span("charge", "payment-service", parent="try", failed=True),
    )
    found = origins([mended, grown(span("order", "order-service", trace="t2"))])
    assert (found.total, found.failed) == (2, 1)
    assert [one.service for one in found.origins] == ["payment-service"]


def test_traces_that_failed_as_a_whole_outweigh_those_that_recovered() -> None:
    recovered = grown(
        span("order", "order-service", trace="t2"),
        span("try", "order-service", parent="order", kind="client", failed=True, trace="t2",
             peer__service="cache"),
    )  # fmt: skip
    found = origins([through(), recovered])
    assert (found.total, found.failed) == (2, 1)
    assert [one.service for one in found.origins] == ["provider"]


def test_a_call_given_up_on_is_followed_to_where_its_time_went() -> None:
    slow = grown(
        span("order", "order-service", failed=True, duration=3),
        span("pay", "order-service", parent="order", failed=True, kind="client", duration=3),
        span("charge", "payment-service", parent="pay", duration=5),
        span("POST", "payment-service", parent="charge", kind="client", duration=5,
             peer__service="provider"),
    )  # fmt: skip
    (origin,) = origins([slow]).origins
    assert origin.service == "provider"


def test_a_call_is_not_followed_to_a_part_that_took_the_lesser_half_of_its_time() -> None:
    """The callee itself took the rest."""
    slow = grown(
        span("pay", "order-service", failed=True, kind="client", duration=3),
        span("charge", "payment-service", parent="pay", duration=3),
        span("POST", "payment-service", parent="charge", kind="client", duration=1.25,
             peer__service="provider"),
    )  # fmt: skip
    assert origins([slow]).origins[0].service == "payment-service"


def test_of_two_parts_at_the_same_time_the_longer_one_is_followed() -> None:
    slow = grown(
        span("pay", "order-service", failed=True, kind="client", duration=3),
        span("charge", "payment-service", parent="pay", duration=3),
        *(span(name, "payment-service", parent="charge", kind="client", duration=seconds,
               peer__service=name) for name, seconds in (("risk", 1.75), ("provider", 2.75))),
    )  # fmt: skip
    assert origins([slow]).origins[0].service == "provider"


def test_the_message_shown_is_the_commonest_but_for_its_numbers() -> None:
    def failing(name: str, message: str) -> Tree:
        return grown(span("order", failed=True, message=message, trace=name))

    messages = ["card declined", "no answer within 3 s", "no answer within 4 s", "", "", ""]
    found = origins([failing(str(number), text) for number, text in enumerate(messages)])
    assert found.origins[0].message.startswith("no answer within")


def test_half_and_half_is_shown_as_that() -> None:
    own = grown(span("order", "order-service", failed=True, trace="t2"))
    shares = {one.service: one.share for one in origins([through(), own]).origins}
    assert shares == {"provider": 0.5, "order-service": 0.5}


def test_the_one_where_most_traces_failed_comes_first() -> None:
    own = [grown(span("order", "z-service", failed=True, trace=name)) for name in ("t2", "t3")]
    assert [one.service for one in origins([through(), *own]).origins] == ["z-service", "provider"]


def test_no_traces_have_no_origins_and_no_failed_share() -> None:
    assert origins([]).origins == ()
    assert failed_share([]) is None


def test_the_failed_share_counts_requests_not_spans() -> None:
    fine = grown(span("order", trace="t2"))
    bad = grown(span("order", trace="t3", failed=True))
    assert failed_share([through(), fine]) == 0.5
    assert failed_share([through(), fine, bad]) == 2 / 3


def test_spans_that_are_each_others_parents_do_not_hang() -> None:
    looped = grown(
        span("a", parent="b", failed=True), span("b", parent="a", failed=True)
    )  # fmt: skip
    assert origins([looped]).failed == 1


def test_an_orphan_whose_parent_was_not_kept_still_counts() -> None:
    orphan = grown(span("charge", "payment-service", parent="lost", failed=True))
    assert origins([orphan]).origins[0].service == "payment-service"


@given(st.permutations(range(4)))
def test_the_order_of_spans_does_not_matter(order: list[int]) -> None:
    whole = through()
    mixed = grown(*(whole.spans[index] for index in order))
    assert origins([mixed]) == origins([whole])


@given(st.integers(1, 5))
def test_seeing_every_trace_several_times_changes_no_share(times: int) -> None:
    own = grown(span("order", "order-service", failed=True, trace="t2"))
    once, often = origins([through(), own]), origins([through(), own] * times)
    assert [one.share for one in once.origins] == [one.share for one in often.origins]


@given(st.text(min_size=1, max_size=8))
def test_other_names_give_the_same_answer_with_other_names(name: str) -> None:
    renamed = grown(
        *(
            replace(one, service=name if one.service == "payment-service" else one.service)
            for one in through().spans
        )
    )
    assert origins([renamed]).origins[0].seen_by == name
