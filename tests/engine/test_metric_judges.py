"""Threshold, change, share and presence: a signal becomes an outcome."""

from datetime import timedelta
from typing import Any

import pytest

from tests.analysis.made import AT, series
from tests.engine.made import DOWN, HALF, judged_metric
from troubleshoot.model.finding import Episode, Outcome
from troubleshoot.model.signal import Series

THRESHOLD = {"kind": "threshold", "warning": "> 0.05", "critical": "> 0.10"}
CHANGE = {"kind": "change", "floor": "> 0.1", "warning": "> 2x", "critical": "> 3x"}
SHARE = {"kind": "share", "by": "status", "of": "error", "warning": "> 0.05", "critical": "> 0.10"}
UP = {"kind": "presence", "by": "job", "expect": ["order", "payment"]}


def flat(value: float, **labels: str) -> Series:
    return series(lambda _: value, **labels)


@pytest.mark.parametrize(
    ("value", "outcome", "limit"),
    [
        (0.01, Outcome.OK, "> 5 %"),
        (0.05, Outcome.OK, "> 5 %"),
        (0.07, Outcome.WARNING, "> 5 %"),
        (0.10, Outcome.WARNING, "> 5 %"),
        (0.11, Outcome.CRITICAL, "> 10 %"),
    ],
)
def test_a_value_is_graded_by_the_limit_it_passes(
    value: float, outcome: Outcome, limit: str
) -> None:
    judged = judged_metric(THRESHOLD, flat(value), unit="ratio")
    assert judged.outcome is outcome
    assert judged.items[0].limit == limit
    assert judged.rule == "critical > 10 %, warning > 5 %"


def test_the_worst_series_counts_and_comes_first() -> None:
    judged = judged_metric(THRESHOLD, flat(0.01, instance="a"), flat(0.2, instance="b"))
    assert judged.outcome is Outcome.CRITICAL
    assert [item.subject for item in judged.items] == ["b", "a"]


def test_low_values_can_be_the_bad_ones() -> None:
    judged = judged_metric({"kind": "threshold", "critical": "< 0.5"}, flat(0.9), flat(0.1, a="b"))
    assert judged.outcome is Outcome.CRITICAL
    assert judged.items[0].value == 0.1


def test_an_onset_is_told_with_the_value_it_left() -> None:
    judged = judged_metric(THRESHOLD, series(lambda before: 0.4 if before <= 20 else 0.01))
    (item,) = judged.items
    assert (item.value, item.normal, item.since) == (0.4, 0.01, AT - timedelta(minutes=20))


def test_a_metric_that_never_existed_is_told_by_name() -> None:
    judged = judged_metric(THRESHOLD, exists=False)
    assert judged.outcome is Outcome.NO_DATA
    assert "the metric x does not exist here" in judged.reason


def test_no_series_of_a_metric_that_exists_is_told_apart() -> None:
    judged = judged_metric(THRESHOLD, text='x{job="y"}')
    assert judged.outcome is Outcome.NO_DATA
    assert judged.reason == 'no series matched x{job="y"}'


def test_a_series_that_ended_is_no_value() -> None:
    judged = judged_metric(THRESHOLD, series(lambda before: 0.2 if before > 10 else None))
    assert judged.outcome is Outcome.NO_DATA
    assert "ended 10m30s before the end" in judged.reason


def test_a_result_that_is_no_number_is_no_data() -> None:
    judged = judged_metric(THRESHOLD, Series((), (), not_finite=7))
    assert judged.outcome is Outcome.NO_DATA
    assert "division by zero" in judged.reason


def test_a_backend_that_is_down_is_an_error_with_its_hint() -> None:
    judged = judged_metric(THRESHOLD, problem=DOWN)
    assert (judged.outcome, judged.reason, judged.hint) == (
        Outcome.ERROR, "nothing listens", "set the URL",
    )  # fmt: skip


def test_partial_data_shows_its_values_and_decides_nothing() -> None:
    judged = judged_metric(THRESHOLD, flat(0.4), problem=HALF)
    assert judged.outcome is Outcome.PARTIAL
    assert judged.items[0].value == 0.4
    assert "what is there would be critical" in judged.notes


def test_nothing_can_stand_for_zero_where_the_check_says_so() -> None:
    assert judged_metric(CHANGE, absent="zero").outcome is Outcome.OK
    assert judged_metric(CHANGE).outcome is Outcome.NO_DATA
    assert judged_metric(CHANGE, absent="zero", exists=False).outcome is Outcome.NO_DATA


@pytest.mark.parametrize(
    "text", ["x > 60", 'max(x{job="y"}) > 60', "x and y > 60", "a default b > 60"]
)
@pytest.mark.parametrize("earlier", [(), (series(lambda before: 70 if before > 10 else None),)])
@pytest.mark.parametrize("rule", [THRESHOLD, CHANGE, SHARE, UP], ids=lambda rule: rule["kind"])
def test_nothing_that_satisfies_a_comparison_is_neither_fine_nor_just_no_series(
    rule: dict[str, Any], earlier: tuple[Series, ...], text: str
) -> None:
    judged = judged_metric(rule, *earlier, text=text)
    assert judged.outcome is Outcome.NO_DATA
    assert judged.reason.startswith("no value satisfies `> 60` in the query, or there is none")
    assert "`> bool 60`" in judged.hint


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("count(x > 60)", Outcome.OK),
        ("x > 60", Outcome.NO_DATA),
        ("a default b > 60", Outcome.NO_DATA),
    ],
)
def test_what_a_comparison_left_out_is_not_counted_as_zero(text: str, outcome: Outcome) -> None:
    assert judged_metric(THRESHOLD, absent="zero", text=text).outcome is outcome


def test_a_comparison_that_answers_leaves_nothing_out() -> None:
    judged = judged_metric(THRESHOLD, text="x > bool 60")
    assert judged.reason == "no series matched x > bool 60"


def test_a_change_is_measured_against_the_baseline() -> None:
    judged = judged_metric(CHANGE, series(lambda before: 4.0 if before <= 15 else 1.0))
    assert judged.outcome is Outcome.CRITICAL
    assert judged.items[0].limit == "> 3× normal"


def test_a_change_below_its_floor_does_not_count() -> None:
    judged = judged_metric(CHANGE, series(lambda before: 0.09 if before <= 15 else 0.001))
    assert judged.outcome is Outcome.OK


def test_a_rise_from_zero_is_a_change() -> None:
    judged = judged_metric(CHANGE, series(lambda before: 1.0 if before <= 15 else 0.0))
    assert judged.outcome is Outcome.CRITICAL


def test_a_change_without_baseline_cannot_be_told() -> None:
    judged = judged_metric(CHANGE, series(lambda before: 1.0 if before <= 15 else None))
    assert judged.outcome is Outcome.NO_DATA
    assert "no baseline" in judged.reason


def test_a_share_is_taken_of_all_values_together() -> None:
    judged = judged_metric(SHARE, flat(3, status="error"), flat(1, status="success"))
    (item,) = judged.items
    assert (judged.outcome, item.value) == (Outcome.CRITICAL, 0.75)


def test_no_failures_beside_success_are_a_share_of_zero() -> None:
    judged = judged_metric(SHARE, flat(5, status="success"))
    assert (judged.outcome, judged.items[0].value) == (Outcome.OK, 0.0)


def test_a_wrong_name_for_failures_is_not_a_share_of_zero() -> None:
    judged = judged_metric(SHARE, flat(5, status="success"), flat(4, status="failed"))
    assert judged.outcome is Outcome.NO_DATA
    assert 'no series has status="error"; values of status: failed, success' in judged.reason


def test_no_traffic_has_no_share() -> None:
    judged = judged_metric(SHARE, flat(0, status="error"), flat(0, status="success"))
    assert judged.outcome is Outcome.NO_DATA
    assert "no traffic" in judged.reason


def test_without_of_each_value_of_the_label_is_judged() -> None:
    rule = {"kind": "share", "by": "type", "warning": "> 0.05", "critical": "> 0.5"}
    judged = judged_metric(
        rule, flat(6, type="timeout"), flat(1, type="declined"), flat(3, outcome="succeeded")
    )
    assert [(one.subject, one.outcome) for one in judged.items] == [
        ("timeout", Outcome.CRITICAL),
        ("declined", Outcome.WARNING),
    ]


def test_a_total_too_small_to_judge_is_ok_and_says_so() -> None:
    judged = judged_metric(SHARE | {"at_least": 10}, flat(3, status="error"))
    assert judged.outcome is Outcome.OK
    assert "too small to judge" in judged.notes[0]


def instance(job: str, name: str, value: float = 1.0) -> Series:
    return flat(value, __name__="up", job=job, instance=name)


def test_every_instance_up_is_ok() -> None:
    judged = judged_metric(UP, instance("order", "o-1"), instance("payment", "p-1"))
    assert (judged.outcome, judged.summary) == (Outcome.OK, "2 of 2 up")


def test_an_instance_at_zero_is_critical_and_named_since_when() -> None:
    dead = series(lambda before: 0 if before <= 20 else 1, job="payment", instance="p-2")
    judged = judged_metric(UP, instance("order", "o-1"), instance("payment", "p-1"), dead)
    assert judged.outcome is Outcome.CRITICAL
    assert judged.items[0].label("instance") == "p-2"
    assert judged.items[0].since == AT - timedelta(minutes=20)
    assert judged.summary == "2 of 3 up"


def test_an_instance_that_vanished_is_missed() -> None:
    gone = series(lambda before: 1 if before > 12 else None, job="payment", instance="p-2")
    judged = judged_metric(UP, instance("order", "o-1"), instance("payment", "p-1"), gone)
    assert judged.outcome is Outcome.CRITICAL
    assert judged.items[0].note == "no longer there"


def test_an_instance_that_was_replaced_is_not_missed() -> None:
    old = series(lambda before: 1 if before > 30 else None, job="payment", instance="p-old")
    new = series(lambda before: 1 if before <= 30 else None, job="payment", instance="p-new")
    judged = judged_metric(UP, instance("order", "o-1"), old, new)
    assert judged.outcome is Outcome.OK


def test_a_name_that_was_never_there_cannot_be_told_from_a_wrong_one() -> None:
    judged = judged_metric(UP, instance("order", "o-1"))
    assert judged.outcome is Outcome.NO_DATA
    assert "no series has job=payment; there are: order" in judged.reason


def test_the_order_of_series_changes_nothing() -> None:
    found = [flat(0.01 * number, instance=str(number)) for number in range(12)]
    assert judged_metric(THRESHOLD, *found) == judged_metric(THRESHOLD, *reversed(found))


def version(service: str, name: str, since: float = 999) -> Series:
    """Runs from ``since`` minutes before the end."""
    return series(lambda before: 1.0 if before <= since else None, service=service, version=name)


CHANGES = {"kind": "changes"}


def test_a_version_that_was_not_there_before_is_a_change_and_a_warning_at_most() -> None:
    old = series(lambda before: 1.0 if before > 22 else None, service="a", version="1.0")
    judged = judged_metric(CHANGES, old, version("a", "1.1", 22), version("b", "7"))
    assert (judged.outcome, judged.summary) == (Outcome.WARNING, "1 of 2 services changed")
    first = judged.items[0]
    assert (first.subject, first.note) == ("a 1.1", "before it: 1.0")
    assert first.since == AT - timedelta(minutes=22)


def test_nothing_new_is_no_change() -> None:
    assert judged_metric(CHANGES, version("a", "1.0"), version("b", "7")).outcome is Outcome.OK


def test_a_service_that_was_not_there_before_did_not_change() -> None:
    assert judged_metric(CHANGES, version("a", "1.0", 20)).outcome is Outcome.OK


def test_where_less_is_worse_what_ended_counts_as_nothing() -> None:
    rule = {"kind": "change", "floor": ">= 0", "critical": "< 0.5x"}
    gone = series(lambda before: 2.0 if before > 15 else None, service="a")
    judged = judged_metric(rule, gone, series(lambda _: 3.0, service="b"))
    assert (judged.outcome, judged.items[0].value) == (Outcome.CRITICAL, 0.0)
    assert judged.items[0].label("service") == "a"


def test_an_onset_is_told_with_the_earliest_it_can_have_been() -> None:
    stepped = series(lambda before: 0.4 if before <= 20 else 0.01)
    (item,) = judged_metric(THRESHOLD, stepped, text="rate(x[5m])").items
    assert item.not_before == AT - timedelta(minutes=25, seconds=30)


def hump(before: float) -> float:
    return 0.4 if 10 < before <= 30 else 0.01


def test_a_value_that_was_bad_and_is_fine_is_ok_and_says_since_when_it_is_over() -> None:
    over = Episode(AT - timedelta(minutes=30), AT - timedelta(minutes=10), 0.4)
    for rule in (THRESHOLD, CHANGE):
        judged = judged_metric(rule, series(hump))
        (item,) = judged.items
        assert (judged.outcome, item.since, item.past) == (Outcome.OK, None, over)


def test_what_was_bad_below_the_floor_of_a_change_was_not_bad() -> None:
    (item,) = judged_metric(CHANGE | {"floor": "> 0.5"}, series(hump)).items
    assert item.past is None


def test_what_is_bad_still_is_not_over() -> None:
    (item,) = judged_metric(THRESHOLD, series(lambda before: 0.4 if before <= 30 else 0.01)).items
    assert item.past is None


def test_a_share_that_was_bad_says_so_unless_there_was_too_little_to_judge() -> None:
    failed = series(hump, status="error")
    worked = series(lambda before: 0.99 - hump(before), status="success")
    (item,) = judged_metric(SHARE, failed, worked).items
    assert item.past is not None
    assert item.past.worst == pytest.approx(0.4, abs=0.01)
    (item,) = judged_metric(SHARE | {"at_least": 10}, failed, worked).items
    assert item.past is None


def test_a_share_can_be_too_low() -> None:
    rule = {"kind": "share", "by": "status", "of": "success", "critical": "< 0.5"}
    fallen = series(lambda before: 1.0 if before <= 15 else 9.0, status="success")
    judged = judged_metric(rule, fallen, flat(9, status="error"))
    assert judged.outcome is Outcome.CRITICAL
    assert judged.items[0].since == AT - timedelta(minutes=15)


def test_an_instance_that_was_down_and_is_up_again_says_so() -> None:
    back = series(lambda b: 0 if 10 < b <= 20 else 1, job="payment", instance="p-2")
    judged = judged_metric(UP, instance("order", "o-1"), instance("payment", "p-1"), back)
    assert judged.outcome is Outcome.OK
    (past,) = [item.past for item in judged.items if item.past]
    assert past == Episode(AT - timedelta(minutes=20), AT - timedelta(minutes=10), 0.0)


def test_a_series_that_vanished_ended_within_the_five_minutes_it_may_be_shown_for() -> None:
    rule = {"kind": "change", "floor": ">= 0", "critical": "< 0.5x"}
    gone = series(lambda before: 2.0 if before > 15 else None, service="a")
    item = judged_metric(rule, gone, series(lambda _: 3.0, service="b")).items[0]
    assert item.since == AT - timedelta(minutes=15)
    assert item.not_before == AT - timedelta(minutes=20, seconds=30)


def test_a_share_that_nothing_is_left_of_is_not_known_where_a_count_is_zero() -> None:
    rule = {"kind": "change", "floor": ">= 0", "critical": "< 0.5x"}
    ended = series(lambda before: 0.9 if before > 10 else None, service="cart")
    alive = series(lambda _: 0.9, service="bill")
    found = judged_metric(rule, ended, alive, unit="ratio")
    assert found.outcome is Outcome.OK
    assert found.notes == ("1 of 2 series had ended by then",)
    assert judged_metric(rule, ended, alive, unit="count").outcome is Outcome.CRITICAL
