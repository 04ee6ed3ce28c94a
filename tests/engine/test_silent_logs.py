"""No error lines is good news only where there are lines at all."""

import pytest

from tests.analysis.made import WINDOW
from tests.engine.made import answers, check, judged_logs
from troubleshoot.backends.stores.table import dialects
from troubleshoot.engine.judge.no_data import any_line, questions
from troubleshoot.engine.plan.planned import Planned, Source
from troubleshoot.model.finding import Outcome
from troubleshoot.model.playbook import Step
from troubleshoot.model.query import QueryKind, Request
from troubleshoot.model.signal import Logs
from troubleshoot.model.store import Store

MAIN = Request(Store.ELASTICSEARCH, QueryKind.LOGS, "POST", "/main", body="{}")


def counted(lines: int) -> Logs:
    return Logs((), 0, counts=(("all", "", 10**6), ("all_lines", "", lines)))


@pytest.mark.parametrize(("lines", "outcome"), [(5, Outcome.OK), (0, Outcome.NO_DATA)])
def test_a_query_that_counts_all_lines_itself_decides(lines: int, outcome: Outcome) -> None:
    said = judged_logs({"kind": "log_patterns", "warning": "> 2x"}, counted(lines), Logs((), 0))
    assert said.outcome is outcome
    assert ("not a single log line" in said.reason) is (lines == 0)


def asked(rule: dict[str, object], query: str, now: Logs) -> tuple[Request, ...]:
    one = check(rule, query=query)
    step = Step(id="step", guide="4", title="Step", checks=(one,))
    plan = Planned(step, one, Store.ELASTICSEARCH, one.query, "{}", (Source(MAIN),))
    found = questions([plan], answers((MAIN, now)), WINDOW, dialects())
    assert set(found) <= {any_line(plan, WINDOW, dialects())}
    return found


LOGS: dict[str, object] = {
    "kind": "log_patterns",
    "message": ["m"],
    "service": ["s"],
    "trace": ["t"],
    "level": ["l"],
}


def test_only_a_query_that_does_not_count_them_costs_another_question() -> None:
    assert len(asked(LOGS, "elasticsearch/x.json", Logs((), 0))) == 1
    assert asked(LOGS, "elasticsearch/x.json", counted(0)) == ()
    assert asked(LOGS, "elasticsearch/x.json", Logs((), 3)) == ()


def test_no_changes_are_no_reason_to_ask_for_lines() -> None:
    assert asked({"kind": "events"}, "vocabulary/events", Logs((), 0)) == ()
