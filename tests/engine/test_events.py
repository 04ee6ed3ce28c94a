"""Changes that were written down: listed, dated, and evidence only where they separate."""

import json
from dataclasses import replace
from datetime import timedelta

from tests.analysis.made import AT, WINDOW
from tests.analysis.test_events import FLAT, event
from tests.engine.made import DOWN, HALF, answers, check
from troubleshoot.backends.stores.table import dialects
from troubleshoot.engine.judge.dispatch import judge
from troubleshoot.engine.judge.judged import Judged, JudgeInput
from troubleshoot.engine.plan.change_events import written_down
from troubleshoot.engine.plan.inventory import Known
from troubleshoot.engine.plan.planned import Planned
from troubleshoot.engine.rank.change_correlation import separating
from troubleshoot.load.assets import built_in
from troubleshoot.load.playbook.loader import load_playbook
from troubleshoot.load.playbook.parameters import Given
from troubleshoot.model.facts import (
    ChangeFacts,
    Correlation,
    Dimension,
    Facts,
    MetricFacts,
    Observed,
    Party,
    TagFacts,
    TraceFacts,
)
from troubleshoot.model.finding import Evidence, Finding, Item, Outcome
from troubleshoot.model.playbook import Step
from troubleshoot.model.resolved_playbook import ResolvedPlaybook
from troubleshoot.model.signal import LogLine, Logs, Missing, Problem, ProblemKind, Signal
from troubleshoot.model.store import Store
from troubleshoot.model.vocabulary import Events, Vocabulary

NO_INDEX = Problem(ProblemKind.NO_DATA, "Elasticsearch has no index named 'e-*'")
DATED = Events(index="e-*,other", time=("at",), kind=("what",), service=("svc",),
               means={"config": (r'SET\TING "x"',)})  # fmt: skip
CULPRIT = load_playbook(
    built_in().playbooks / "find-culprit.yaml", [built_in().queries], WINDOW, Given(), dialects()
)


def planned(*schemas: Events, **more: str) -> Planned:
    one = check({"kind": "events"}, query="vocabulary/events", **more)
    words = tuple(Vocabulary(vocabulary="v", title="V", events=schema) for schema in schemas)
    loaded = ResolvedPlaybook(CULPRIT.playbook, "", "", (), (), words)
    return written_down(
        loaded, Step(id="s", guide="1", title="S", checks=(one,)), one, WINDOW, dialects()
    )


def judged(signal: Signal, absent: str = "zero") -> Judged:
    plan = planned(FLAT, absent=absent)
    return judge(JudgeInput(plan, answers((plan.main, signal)), WINDOW, Known(), dialects()))


def found(*lines: LogLine, total: int | None = None, problem: Problem | None = None) -> Judged:
    many = len(lines) if total is None else total
    return judged(Logs(lines, many, counts=(("familiar", "", 9),), problem=problem))


RELEASE = event(20, kind="deployment", service="pay", version="2.1", message="rolled out")
RESTART = event(9, kind="restart", service="pay")


def test_all_vocabularies_are_asked_in_one_small_request_within_the_lookback() -> None:
    plan = planned(FLAT, DATED)
    body = json.loads(plan.main.body)
    assert plan.main.path == "/e-*,other/_search"
    assert dict(plan.main.params) == {"ignore_unavailable": "true"}
    assert body["size"] == 100
    assert [next(iter(one)) for one in body["sort"]] == ["@timestamp", "at"]
    first, second = (one["bool"]["filter"] for one in body["query"]["bool"]["should"])
    (times,) = second[1]["bool"]["should"]
    assert (times["range"]["at"]["gte"], times["range"]["at"]["lte"]) == (
        "2025-11-07T14:30:00Z",
        "2025-11-07T15:30:00Z",
    )
    assert first[0]["query_string"] == {
        "query": '"deployment" "restart" "Toggle"', "fields": ["kind"], "lenient": True
    }  # fmt: skip
    assert second[0]["query_string"]["query"] == r'"SET\\TING \"x\""'
    assert {"what", "svc", "at", "version"} <= set(body["_source"])


def test_a_change_is_a_warning_with_its_time_its_service_and_its_version() -> None:
    said = found(RELEASE)
    (item,) = said.items
    assert said.outcome is item.outcome is Outcome.WARNING
    assert item.since == AT - timedelta(minutes=20)
    assert item.facts == ChangeFacts("deployment", "pay", "2.1")
    assert (item.subject, item.note) == ("pay 2.1 deployed", "rolled out")
    assert said.summary == "1 change: pay 2.1 deployed"


def test_one_restart_is_everyday_and_two_are_not() -> None:
    assert found(RESTART).outcome is Outcome.OK
    assert found(RESTART).items[0].since == AT - timedelta(minutes=9)
    twice = found(RESTART, event(5, kind="restart", service="pay"))
    assert twice.outcome is Outcome.WARNING
    assert twice.items[0].subject == "pay restarted, 2 times"


def test_nothing_written_down_is_ok_where_events_are_written() -> None:
    said = found()
    assert (said.outcome, said.summary) == (Outcome.OK, "no change is written down")


def test_a_system_without_an_index_of_events_has_no_gap_if_the_playbook_says_so() -> None:
    for signal in (Logs((), 0, problem=NO_INDEX), Logs((), 0, counts=(("familiar", "", 0),))):
        said = judged(signal)
        assert (said.outcome, said.summary) == (Outcome.OK, "nothing is written down here")
        assert said.notes[0] == "no index of events here; looked for e-*"
        strict = judged(signal, absent="no_data")
        assert (strict.outcome, strict.reason) == (Outcome.NO_DATA, said.notes[0])


def test_a_query_that_failed_is_an_error_even_so() -> None:
    said = judged(Missing(DOWN))
    assert (said.outcome, said.reason) == (Outcome.ERROR, "nothing listens")


def test_half_an_answer_decides_nothing_and_is_shown() -> None:
    said = found(RELEASE, problem=HALF)
    assert (said.outcome, said.reason, len(said.items)) == (Outcome.PARTIAL, HALF.reason, 1)


def test_what_is_too_much_to_read_or_to_list_is_counted() -> None:
    many = [event(50 - n, kind="deployment", service=f"s{n}") for n in range(15)]
    said = found(*many, total=240)
    assert len(said.items) == 12
    assert said.notes == (
        "the newest 15 of 240 events were read",
        "3 more changes are not listed",
    )


def test_without_any_vocabulary_for_events_it_says_what_is_missing() -> None:
    plan = planned()
    assert plan.problem
    assert plan.problem.reason == "no vocabulary says where changes are written down"


def item(outcome: Outcome, facts: Facts, before: float | None = None) -> Item:
    since = AT - timedelta(minutes=before) if before is not None else None
    return Item((), outcome, 0.5, since=since, facts=facts)


def finding(name: str, *items: Item) -> Finding:
    outcome = Outcome.CRITICAL if any(one.outcome.firing for one in items) else Outcome.OK
    return Finding(name, name, "s", "S", "1", outcome, Evidence.LOG, items=items)


def correlation(change: Item, *others: Finding) -> Correlation | None:
    found = {one.check: one for one in (finding("changes", change), *others)}
    facts = separating(CULPRIT.playbook, found, WINDOW)["changes"].items[0].facts
    assert isinstance(facts, ChangeFacts)
    return facts.correlates


BAD = Outcome.CRITICAL
ONSET = finding("service-errors", item(BAD, MetricFacts("pay"), 18))
OWN = finding("failed-traces", item(BAD, TraceFacts(service="pay")))


def deployed(before: float, service: str = "pay") -> Item:
    return item(Outcome.WARNING, ChangeFacts("deployment", service, "2.1"), before)


def test_a_change_correlates_by_its_version_whenever_it_came() -> None:
    tags = finding("common-tags", item(BAD, TagFacts(Dimension.VERSION, "pay", "v", "2.1")))
    assert correlation(deployed(59), tags) is Correlation.VERSION
    other = finding("common-tags", item(BAD, TagFacts(Dimension.VERSION, "pay", "v", "2.0")))
    assert correlation(deployed(59), other) is None


def test_a_change_of_the_service_where_errors_begin_correlates_by_their_onset() -> None:
    assert correlation(deployed(20), ONSET, OWN) is Correlation.ONSET


def test_a_change_of_another_service_or_at_another_time_correlates_with_nothing() -> None:
    assert correlation(deployed(20, "cart"), ONSET, OWN) is None
    assert correlation(deployed(40), ONSET, OWN) is None  # long before
    assert correlation(deployed(10), ONSET, OWN) is None  # after it: perhaps the cure
    assert correlation(deployed(20), OWN) is None  # nobody knows when it began


def test_a_service_that_only_does_not_answer_is_no_origin() -> None:
    seen = TraceFacts(Observed.BY_CALLER, service="pay")
    gone = finding("failed-traces", item(BAD, replace(seen, party=Party.REMOTE)))
    late = finding("failed-traces", item(BAD, seen))
    assert correlation(deployed(20), ONSET, gone) is correlation(deployed(20), ONSET, late) is None


def test_the_plan_of_a_playbook_asks_elasticsearch_for_them() -> None:
    one = next(check for _, check in CULPRIT.playbook.checks() if check.id == "changes")
    assert CULPRIT.store(one) is Store.ELASTICSEARCH
