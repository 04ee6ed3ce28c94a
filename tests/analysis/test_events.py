"""Events that a deployment tool or a cluster wrote down, as changes of services."""

import pytest

from tests.analysis.made import minute
from troubleshoot.analysis.logs.events import changes, workload
from troubleshoot.load.assets import built_in
from troubleshoot.load.playbook.vocabularies import find_vocabularies, read_vocabulary
from troubleshoot.model.signal import LogLine
from troubleshoot.model.vocabulary import Events

FLAT = Events(
    index="e-*",
    kind=("kind",),
    service=("service", "app"),
    version=("version",),
    message=("message",),
    means={"deployment": ("deployment",), "restart": ("restart",), "flag": ("Toggle",)},
)
BUILT_IN = tuple(
    one.events
    for one in map(read_vocabulary, find_vocabularies([built_in().queries]))
    if one.events
)


def event(before: float, **fields: str) -> LogLine:
    """``before``: minutes before the end; ``__`` stands for a dot."""
    return LogLine(
        minute(before), tuple((name.replace("__", "."), text) for name, text in fields.items())
    )


def told(*lines: LogLine, schemas: tuple[Events, ...] = (FLAT,)) -> list[tuple[str, str, str, int]]:
    found = changes(lines, schemas)
    return [(one.kind, one.service, one.version, one.times) for one in found]


def test_the_first_change_stands_first_whatever_order_they_came_in() -> None:
    late = event(5, kind="deployment", service="b", version="2")
    early = event(9, kind="deployment", service="a", version="7")
    assert told(late, early) == [("deployment", "a", "7", 1), ("deployment", "b", "2", 1)]


def test_events_of_one_change_are_one_change_with_the_time_of_the_first() -> None:
    lines = [event(before, kind="restart", service="a", message=f"m{before}") for before in (9, 6)]
    (one,) = changes(lines, [FLAT])
    assert (one.times, one.time, one.message) == (2, minute(9), "m6")


def test_what_no_vocabulary_calls_a_change_is_left_out() -> None:
    assert told(event(5, kind="login", service="a"), event(5, message="deployment")) == []


def test_capitals_make_no_difference() -> None:
    assert told(event(5, kind="Deployment", service="a"), event(4, kind="toggle", app="a")) == [
        ("deployment", "a", "", 1),
        ("flag", "a", "", 1),
    ]


def test_each_event_is_read_by_the_vocabulary_that_knows_it() -> None:
    lines = (
        event(9, event__action="deployed", service__name="ledger", service__version="3.9.0"),
        event(8, kind="restart", service="cart"),
        event(7, reason="ScalingReplicaSet", involvedObject__name="edge", message="Scaled up"),
        event(6, kubernetes__event__reason="BackOff",
              kubernetes__event__involved_object__name="pay-7d9f8c6b5-x2x4q"),
        event(5, reason="Pulled", involvedObject__name="edge-7d9f8c6b5-x2x4q"),
    )  # fmt: skip
    assert told(*lines, schemas=BUILT_IN) == [
        ("deployment", "ledger", "3.9.0", 1),
        ("restart", "cart", "", 1),
        ("scaling", "edge", "", 1),
        ("restart", "pay", "", 1),
    ]


@pytest.mark.parametrize(
    ("name", "of"),
    [
        ("pricing-7d9f8c6b5-x2x4q", "pricing"),
        ("payment-service-7d9f8c6b5-x2x4q", "payment-service"),
        ("pricing-7d9f8c6b5", "pricing"),
        ("payment-service", "payment-service"),
        ("payment-service-1", "payment-service-1"),
        ("", ""),
    ],
)
def test_a_pod_is_told_by_the_name_of_its_workload(name: str, of: str) -> None:
    assert workload(name) == of
