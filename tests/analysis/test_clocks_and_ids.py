"""Clocks that are off and ids that are shared: the same requests, written down otherwise."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from tests.analysis.made import span
from tests.analysis.properties import QUICK, plain
from troubleshoot.analysis.traces.calls import callees
from troubleshoot.analysis.traces.origins import origins
from troubleshoot.analysis.traces.requests import requests
from troubleshoot.analysis.traces.time_spent import spent
from troubleshoot.analysis.traces.tree import duration, tree
from troubleshoot.model.signal import Span, Trace

_EIGHTH = 0.125
_Row = tuple[int, int, int]  # whose callee it is, its own time, and the time on the way to it
_ROWS = st.lists(
    st.tuples(st.integers(0, 9), st.integers(0, 20), st.integers(0, 6)), min_size=1, max_size=6
)


@st.composite
def whole(draw: st.DrawFn) -> Trace:
    """A request through several services: calls one after the other, one of them failing."""
    rows = draw(_ROWS)
    guilty, broken = draw(st.integers(0, len(rows))), set[int]()
    while guilty < len(rows) and guilty not in broken:
        broken.add(guilty)
        guilty = rows[guilty][0] % guilty if guilty else len(rows)
    return Trace("t", tuple(_served(0, 1000.0, "", rows, broken)))


def _served(
    place: int, start: float, parent: str, rows: Sequence[_Row], broken: set[int]
) -> Iterator[Span]:
    """What a service does, and below it what those do whom it calls."""
    name, service, end = f"s{place}", f"service-{place}", start + rows[place][1] * _EIGHTH
    for other in (one for one in range(place + 1, len(rows)) if rows[one][0] % one == place):
        gap = rows[other][2] * _EIGHTH
        below = list(_served(other, end + gap, f"c{other}", rows, broken))
        length = below[-1].duration + 2 * gap
        yield span(
            f"c{other}", service, parent=name, start=end, duration=length, kind="client",
            failed=other in broken, trace="t",
        )  # fmt: skip
        yield from below
        end += length
    yield span(
        name, service, parent=parent, start=start, duration=end - start, failed=place in broken,
        message=f"{service} broke" if place in broken else "", trace="t",
    )  # fmt: skip


def answers(one: Trace) -> object:
    whole = tree(one)
    return plain(
        (spent([whole]), origins([whole]), callees([whole]), requests([whole]), duration(whole))
    )


@given(whole(), st.lists(st.integers(-4000, 4000), min_size=6, max_size=6))
@QUICK
def test_a_clock_of_its_own_for_every_service_changes_nothing(
    one: Trace, clocks: list[int]
) -> None:
    spans = (
        replace(each, start=each.start + clocks[int(each.service[-1])] * _EIGHTH)
        for each in one.spans
    )
    assert answers(Trace("t", tuple(spans))) == answers(one)


@given(whole(), st.booleans())
@QUICK
def test_ids_that_a_call_and_its_answer_share_change_nothing(one: Trace, below: bool) -> None:
    parents = {each.span_id: each.parent_id for each in one.spans}
    shared = {f"s{place}": f"c{place}" for place in range(1, 6)}

    def zipkin(each: Span) -> Span:
        """The parent of the answer is the call's own, or the id that both have."""
        parent = each.parent_id
        if each.kind == "server" and not below:
            parent = parents.get(parent, "")
        return replace(
            each,
            span_id=shared.get(each.span_id, each.span_id),
            parent_id=shared.get(parent, parent),
        )

    assert answers(Trace("t", tuple(map(zipkin, one.spans)))) == answers(one)


@given(whole(), st.integers(0, 20))
@QUICK
def test_a_span_that_was_sent_twice_changes_nothing(one: Trace, place: int) -> None:
    again = one.spans[place % len(one.spans)]
    assert answers(Trace("t", (*one.spans, again))) == answers(one)


@given(whole())
@QUICK
def test_an_error_is_charged_to_the_deepest_service_that_failed(one: Trace) -> None:
    broken = [each for each in one.spans if each.failed and each.kind == "server"]
    deepest = max((each.service for each in broken), default="")
    found = origins([tree(one)]).origins
    assert [(each.service, each.message) for each in found] == (
        [(deepest, f"{deepest} broke")] if broken else []
    )


@given(whole())
@QUICK
def test_every_second_of_a_request_is_charged_once(one: Trace) -> None:
    (request,) = requests([tree(one)])
    assert sum(took.seconds for took in request.took.values()) == duration(tree(one))
