"""Checks by convention: what exists decides in which vocabulary a question is asked."""

from pathlib import Path

import pytest

from tests.analysis.made import WINDOW, series
from tests.engine.made import RAW
from troubleshoot.backends.stores.table import dialects
from troubleshoot.engine.collect.answers import Answer, Answers
from troubleshoot.engine.judge.dispatch import judge
from troubleshoot.engine.judge.judged import Judged, JudgeInput
from troubleshoot.engine.plan.conventions import needed
from troubleshoot.engine.plan.inventory import Known
from troubleshoot.engine.plan.planned import Planned, Selection
from troubleshoot.engine.plan.planner import Planner
from troubleshoot.load.assets import built_in
from troubleshoot.load.playbook.loader import load_playbook
from troubleshoot.load.playbook.parameters import Given
from troubleshoot.model.facts import MetricFacts
from troubleshoot.model.finding import Outcome
from troubleshoot.model.query import QueryKind
from troubleshoot.model.resolved_playbook import ResolvedPlaybook
from troubleshoot.model.signal import Calls, Metrics, Names, Problem, ProblemKind, Series


@pytest.fixture(scope="module")
def loaded() -> ResolvedPlaybook:
    place = built_in()
    return load_playbook(
        place.playbooks / "find-culprit.yaml", [place.queries], WINDOW, Given(), dialects()
    )


def planned(loaded: ResolvedPlaybook, known: Known) -> dict[str, Planned]:
    planner = Planner(loaded, WINDOW, Selection(loaded.playbook.checks()), dialects())
    return {one.check.id: one for one in (*planner.early(), *planner.late(known))}


def names(*found: str) -> Names:
    return Names(frozenset(found))


RISEN = series(lambda before: 0.9 if before < 20 else 0.01, service="cart")
OTEL = names("http_server_request_duration_seconds_count")


def test_all_metrics_of_all_vocabularies_are_asked_about_at_once(loaded: ResolvedPlaybook) -> None:
    checks = [check for _, check in loaded.playbook.checks()]
    wanted = needed(loaded, checks)
    assert {"http_server_request_duration_seconds_count", "istio_requests_total", "up"} <= wanted


def test_only_what_exists_is_asked_for(loaded: ResolvedPlaybook) -> None:
    plans = planned(loaded, Known(metrics=OTEL))
    (source,) = plans["service-errors"].sources
    assert "http_response_status_code" in dict(source.main.params)["query"]
    assert source.labels == {"service": "service"}


def test_two_conventions_at_once_are_both_asked(loaded: ResolvedPlaybook) -> None:
    both = names(*OTEL.names, "istio_requests_total")
    asked = [
        dict(one.main.params)["query"]
        for one in planned(loaded, Known(metrics=both))["service-errors"].sources
    ]
    assert {"http_server" in one or "istio" in one for one in asked} == {True}
    assert len(asked) == 3, "Istio tells of servers and, where they are gone, of their callers"


def test_a_meaning_that_nobody_has_a_metric_for_says_so(loaded: ResolvedPlaybook) -> None:
    problem = planned(loaded, Known(metrics=OTEL))["restarts"].problem
    assert problem is not None
    assert problem.reason.startswith("no metric here is known to mean restarts")
    assert "queries/vocabulary/" in problem.hint


def test_labels_are_told_in_our_words(loaded: ResolvedPlaybook) -> None:
    plan = planned(loaded, Known(metrics=OTEL))["service-errors"]
    bad = series(lambda before: 0.4 if before <= 20 else 0.01, service="booking", pod="x")
    found = Answers({plan.main.key: Answer(plan.main, RAW, Metrics((bad,)))})
    judged = judge(JudgeInput(plan, found, WINDOW, Known(metrics=OTEL), dialects()))
    assert judged.outcome is Outcome.CRITICAL
    assert judged.items[0].labels == (("service", "booking"),)


def test_traces_of_nobody_in_particular_are_those_of_whom_nobody_calls(
    loaded: ResolvedPlaybook,
) -> None:
    calls = Calls((("gateway", "booking", 9), ("booking", "ledger", 9)))
    plan = planned(loaded, Known(calls=calls))["failed-traces"]
    assert [dict(source.main.params)["service"] for source in plan.sources] == ["gateway"]


def test_without_a_call_graph_every_service_is_asked_up_to_a_few(loaded: ResolvedPlaybook) -> None:
    services = names(*(f"s{number}" for number in range(20)))
    plan = planned(loaded, Known(services=services))["failed-traces"]
    assert len(plan.sources) == 6


def test_of_many_ways_in_the_busiest_are_read() -> None:
    calls = Calls(tuple((f"in-{number}", "stock", number) for number in range(20)))
    assert Known(calls=calls).entries() == tuple(f"in-{number}" for number in range(19, 13, -1))


def test_without_a_call_graph_the_services_at_the_top_of_traces_are_read() -> None:
    services = names(*(f"s{number:02}" for number in range(60)))
    assert Known(services=services, tops=("s59", "s07")).entries() == ("s59", "s07")


def test_a_few_traces_of_services_all_over_the_alphabet_are_looked_at_for_that() -> None:
    services = names(*(f"s{number:02}" for number in range(60)))
    probed = Known(services=services).probed()
    assert (len(probed), probed[:3], probed[-1]) == (24, ("s00", "s02", "s05"), "s57")
    assert Known(services=names("a", "b")).probed() == ()
    assert Known(services=services, calls=Calls((("s01", "s02", 9),))).probed() == ()


def test_a_circle_of_calls_does_not_hide_everybody() -> None:
    calls = Calls((("a", "b", 1), ("b", "a", 1)))
    assert Known(calls=calls, services=names("a", "b")).entries() == ("a", "b")


def test_a_vocabulary_of_ones_own_is_used_beside_the_built_in_ones(tmp_path: Path) -> None:
    folder = tmp_path / "queries" / "vocabulary"
    folder.mkdir(parents=True)
    (folder / "house.yaml").write_text(
        "vocabulary: house\ntitle: T\nphrases:\n"
        "  - {means: errors, needs: [fehler], labels: {service: dienst},"
        " query: sum by (dienst) (fehler)}\n"
    )
    place = built_in()
    folders = [tmp_path / "queries", place.queries]
    loaded = load_playbook(
        place.playbooks / "find-culprit.yaml", folders, WINDOW, Given(), dialects()
    )
    plan = planned(loaded, Known(metrics=names("fehler")))["service-errors"]
    assert dict(plan.main.params)["query"] == "sum by (dienst) (fehler)"


def test_all_phrases_for_calls_that_apply_are_one_request(loaded: ResolvedPlaybook) -> None:
    planner = Planner(loaded, WINDOW, Selection(loaded.playbook.checks()), dialects())
    here = names("http_client_request_duration_seconds_count", "istio_requests_total")
    (request,) = planner.edges(Known(metrics=here))
    query = dict(request.params)["query"]
    assert query.count("sum by (source, ") == 2
    assert '"source", "$1", "source_canonical_service", "(.*)")' in query
    assert planner.edges(Known(metrics=OTEL)) == ()


def test_a_playbook_without_conventions_asks_for_no_calls() -> None:
    place = built_in()
    file = place.playbooks / "high-error-rate.yaml"
    plain = load_playbook(file, [place.queries], WINDOW, Given(), dialects())
    planner = Planner(plain, WINDOW, Selection(plain.playbook.checks()), dialects())
    assert planner.edges(Known(metrics=names("istio_requests_total"))) == ()
    assert needed(plain, [check for _, check in plain.playbook.checks()]) == set()


def house(tmp_path: Path, text: str) -> ResolvedPlaybook:
    folder = tmp_path / "queries" / "vocabulary"
    folder.mkdir(parents=True)
    (folder / "house.yaml").write_text(f"vocabulary: house\ntitle: T\n{text}")
    place = built_in()
    folders = [tmp_path / "queries", place.queries]
    return load_playbook(
        place.playbooks / "find-culprit.yaml", folders, WINDOW, Given(), dialects()
    )


def judged(loaded: ResolvedPlaybook, check: str, here: Names, *found: Series) -> Judged:
    """The first source answers with ``found``, the others with nothing."""
    plan = planned(loaded, Known(metrics=here))[check]
    empty = {one.main.key: Answer(one.main, RAW, Metrics(())) for one in plan.sources}
    answer = {plan.main.key: Answer(plan.main, RAW, Metrics(found))}
    sight = JudgeInput(plan, Answers(empty | answer), WINDOW, Known(metrics=here), dialects())
    return judge(sight)


def test_a_gauge_of_one_outside_is_about_its_address(tmp_path: Path) -> None:
    text = (
        "phrases:\n  - {means: errors, needs: [bank_failing], about: api.bank.example,"
        " query: max(bank_failing)}\n"
    )
    found = judged(house(tmp_path, text), "service-errors", names("bank_failing"), RISEN)
    facts = found.items[0].facts
    assert isinstance(facts, MetricFacts)
    assert (facts.host, found.outcome) == ("api.bank.example", Outcome.CRITICAL)


def test_a_latency_knows_which_statistic_it_is(loaded: ResolvedPlaybook) -> None:
    base = "http_server_request_duration_seconds"
    here = names(f"{base}_bucket", f"{base}_sum", f"{base}_count")
    plan = planned(loaded, Known(metrics=here))["service-latency"]
    texts = {one.said["statistic"]: dict(one.main.params)["query"] for one in plan.sources}
    assert texts.keys() == {"p95", "mean"}
    assert "histogram_quantile" in texts["p95"]
    assert "_sum[" in texts["mean"]
    (item,) = judged(loaded, "service-latency", here, RISEN).items
    assert isinstance(item.facts, MetricFacts)
    assert item.facts.statistic == "p95"


def test_each_version_is_a_row_of_its_own(tmp_path: Path) -> None:
    text = (
        "phrases:\n  - {means: errors, needs: [fail], labels: {service: svc, version: rev},"
        " query: 'avg by (svc, rev) (fail)'}\n"
    )
    good = series(lambda _: 0.01, svc="cart", rev="1")
    bad = series(lambda before: 0.9 if before < 20 else None, svc="cart", rev="2")
    found = judged(house(tmp_path, text), "service-errors", names("fail"), good, bad)
    facts = [one.facts for one in found.items if isinstance(one.facts, MetricFacts)]
    assert [(one.service, one.version) for one in facts] == [("cart", "2"), ("cart", "1")]
    assert [one.outcome for one in found.items] == [Outcome.CRITICAL, Outcome.OK]


def test_rows_of_one_service_say_which_resource_they_are_of(loaded: ResolvedPlaybook) -> None:
    here = names("container_cpu_usage_seconds_total", "container_memory_working_set_bytes")
    plan = planned(loaded, Known(metrics=here))["resource-usage"]
    assert [one.said["of"] for one in plan.sources] == ["CPU", "memory"]


def test_of_what_need_not_be_measured_nobody_is_asked_and_nothing_is_missing(
    loaded: ResolvedPlaybook,
) -> None:
    plans = planned(loaded, Known(metrics=OTEL)).values()
    lacking = {one.check.id: one.lacks for one in plans if one.lacks}
    assert lacking == {one.check.id: one.lacks for one in plans if one.check.optional}
    assert (lacking["waiting"], lacking["cache-hits"]) == ("age", "hits")
    assert not any(one.sources for one in plans if one.lacks)


def test_where_the_names_could_not_be_had_nothing_is_said_to_be_lacking(
    loaded: ResolvedPlaybook,
) -> None:
    broken = Names(frozenset(), problem=Problem(ProblemKind.ERROR, "nothing listens"))
    plan = planned(loaded, Known(metrics=broken))["kills"]
    assert (plan.lacks, plan.problem) == ("", broken.problem)


def test_no_address_grows_with_the_number_of_vocabularies(loaded: ResolvedPlaybook) -> None:
    planner = Planner(loaded, WINDOW, Selection(loaded.playbook.checks()), dialects())
    asked = [one for one in planner.exists(()) if one.ask is QueryKind.NAMES]
    patterns = [dict(one.params)["match[]"] for one in asked]
    assert max(map(len, patterns)) < 5_000
    wanted = needed(loaded, [check for _, check in loaded.playbook.checks()])
    assert set("|".join(one[12:-2] for one in patterns).split("|")) == wanted
    assert {*planner.decides(planner.exists(()))} >= {*asked}


def test_a_pattern_is_asked_about_as_the_server_reads_it(tmp_path: Path) -> None:
    text = (
        "phrases:\n  - {means: errors, needs: ['~app\\.\\w+'], labels: {service: svc},"
        " query: '{__name__=~\"app.*\"}'}\n"
    )
    loaded = house(tmp_path, text)
    planner = Planner(loaded, WINDOW, Selection(loaded.playbook.checks()), dialects())
    asked = [dict(one.params)["match[]"] for one in planner.exists(()) if one.ask == "names"]
    assert any(r"app\\.\\w+" in one for one in asked)
    assert planned(loaded, Known(metrics=names("app.cart")))["service-errors"].sources
