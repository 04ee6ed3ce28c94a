"""Did the fix work? A value has recovered when it held for the whole window."""

from dataclasses import replace

import pytest

from tests.engine.test_rank import METRIC, finding
from troubleshoot.engine.verify import verdicts, verifications
from troubleshoot.model.exits import Exit
from troubleshoot.model.finding import Evidence, Finding, Outcome
from troubleshoot.model.playbook import Playbook
from troubleshoot.model.report import Verification

CHECK = {
    "id": "metric", "title": "T", "query": "promql/x.promql",
    "judge": {"kind": "threshold", "critical": "> 1"},
}  # fmt: skip
PLAYBOOK = Playbook.model_validate(
    {
        "format": 2, "playbook": "p", "title": "T", "symptom": "metric",
        "steps": [{"id": "s", "guide": "1", "title": "S", "checks": [CHECK]}],
        "verify": [{"check": "metric", "recovered": "< 0.01"}],
    }
)  # fmt: skip


def verified(one: Finding) -> Verification:
    (found,) = verifications(PLAYBOOK, {"metric": one})
    return found


def seen(low: float, high: float, now: float) -> Finding:
    item = replace(METRIC.items[0], value=now, recent=(low, high))
    return replace(METRIC, outcome=Outcome.OK, items=(item,))


@pytest.mark.parametrize(
    ("low", "high", "now", "recovered"),
    [
        (0.0, 0.005, 0.001, True),
        (0.0, 0.01, 0.01, False),
        (0.0, 0.3, 0.001, False),
        (0.2, 0.3, 0.3, False),
    ],
)
def test_it_has_recovered_when_it_held_all_the_time(
    low: float, high: float, now: float, recovered: bool
) -> None:
    assert verified(seen(low, high, now)).recovered is recovered


def test_holding_only_now_is_said() -> None:
    assert "not for the whole window yet" in verified(seen(0.0, 0.3, 0.001)).reason


@pytest.mark.parametrize(
    ("outcome", "now", "recovered"),
    [
        (Outcome.OK, 0.005, True),
        (Outcome.OK, 0.5, True),  # half of the failed traces, but hardly any fail
        (Outcome.WARNING, 0.3, False),
        (Outcome.CRITICAL, 0.9, False),
    ],
)
def test_traces_have_one_value_for_the_whole_window_and_it_counts_where_their_judge_lets_it(
    outcome: Outcome, now: float, recovered: bool
) -> None:
    item = replace(METRIC.items[0], outcome=outcome, value=now, recent=None)
    found = replace(METRIC, outcome=outcome, evidence=Evidence.TRACE, items=(item,))
    assert verified(found).recovered is recovered


def test_a_metric_without_a_value_in_the_window_cannot_tell() -> None:
    item = replace(METRIC.items[0], value=0.0, recent=None)
    assert verified(replace(METRIC, outcome=Outcome.OK, items=(item,))).recovered is None


def test_no_data_is_not_recovered() -> None:
    found = verified(finding("metric", Outcome.NO_DATA))
    assert (found.recovered, found.reason) == (None, "down")


def test_one_that_has_not_outweighs_one_that_cannot_tell() -> None:
    good, bad = verified(seen(0, 0, 0)), verified(seen(1, 1, 1))
    unknown = verified(finding("metric", Outcome.ERROR))
    assert verdicts((good, bad, unknown)).exit_code is Exit.FOUND
    assert verdicts((good, unknown)).exit_code is Exit.INCONCLUSIVE
    assert verdicts((good,)).exit_code is Exit.CLEAR
    assert verdicts(()).exit_code is Exit.INCONCLUSIVE
