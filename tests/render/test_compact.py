"""The report without --explain: a line for each thing, and each thing once."""

import re
from dataclasses import replace

import pytest

from tests.render import sample
from tests.render.remedies import changed
from tests.render.reports import CLEAR, NOTHING_LISTENS, TIMEOUTS, VERIFIED, refused
from troubleshoot.model.diagnosis import Bearing, Diagnosis, Strength, Verdict
from troubleshoot.model.finding import Evidence, Item, Outcome
from troubleshoot.model.report import Report
from troubleshoot.render.formats import FORMATS, Style
from troubleshoot.render.timeline import first_moves


def render(report: Report, width: int = 80, *, explain: bool = False) -> str:
    return FORMATS["terminal"](report, Style(width, explain=explain))


def one_line(text: str) -> str:
    return " ".join(text.split())


def section(report: Report, name: str, width: int = 80) -> str:
    """The lines under a heading."""
    parts = re.split(r"^(.+) ─+\n", render(report, width), flags=re.M)
    found = [body for title, body in zip(parts[1::2], parts[2::2], strict=True) if name in title]
    assert len(found) == 1, parts[1::2]
    return found[0]


def with_cause(cause: Diagnosis) -> Report:
    return replace(TIMEOUTS, diagnoses=(cause,))


@pytest.mark.parametrize(
    ("report", "lines"), [(TIMEOUTS, 110), (CLEAR, 30), (NOTHING_LISTENS, 45), (VERIFIED, 25)]
)
def test_a_report_is_short(report: Report, lines: int) -> None:
    assert len(render(report).splitlines()) <= lines


def test_explaining_adds_what_was_left_out() -> None:
    left_out = ("@circuit_breaker", "b81de55c0a9f2e64", "14 / (14", "curl")
    brief, full = render(TIMEOUTS), render(TIMEOUTS, explain=True)
    assert [each for each in left_out if each in brief] == []
    assert [each for each in left_out if each not in full] == []


def test_where_nothing_listens_each_backend_is_said_once_by_its_own_address() -> None:
    text = one_line(render(NOTHING_LISTENS))
    assert text.count("nothing listens at") == 3
    assert "Elasticsearch: nothing listens at http://elasticsearch:9200 (connection" in text
    assert [page for page in ("_search", "_field_caps", "query_range") if page in text] == []
    assert "E jaeger did not answer: Where failed orders fail E elastic" in text
    assert "could change" not in text
    assert "? all 4 causes: no check was answered" in text


def test_where_nothing_was_answered_there_is_no_list_of_checks_and_no_page() -> None:
    text = render(NOTHING_LISTENS)
    assert "Checks, by step" not in text
    assert "Pages" not in text


def test_what_to_do_about_a_gap_is_said_once() -> None:
    gaps = tuple(
        replace(TIMEOUTS.gaps[0], check=name, title=name, reason=f"no metric {name}")
        for name in ("one", "two")
    )
    text = section(replace(TIMEOUTS, gaps=gaps), "Could not check")
    assert text.count("scrape cAdvisor") == 1
    assert one_line(text).count("could change The payment provider does not answer") == 2


def test_when_only_some_requests_failed_the_page_that_failed_is_named() -> None:
    stores = tuple(replace(each, failed=1) for each in NOTHING_LISTENS.stores[:1])
    text = one_line(render(replace(NOTHING_LISTENS, stores=stores)))
    assert refused(Evidence.METRIC, 0) + " (1 of 19 requests)" in text
    assert refused(Evidence.METRIC, 1) in text


def test_evidence_names_its_subject_value_and_limit_on_one_line() -> None:
    cause = section(TIMEOUTS, "Most likely cause", 120)
    line = "+4 Payment errors by type: timeout 92.1 % (> 50 %), normally 31 %, 3×, since 15:12 ▄▄▄"
    assert line in cause
    assert "error_type" not in render(TIMEOUTS)


def test_a_course_is_drawn_only_where_the_line_leaves_room() -> None:
    cause = sample.TIMEOUT
    lone = replace(cause, arguments_for=cause.arguments_for[:1], arguments_against=())
    assert "▄" not in section(with_cause(lone), "Most likely cause", 86)
    assert "▄▄▄▄▄▄▄▄" in section(with_cause(lone), "Most likely cause", 100)


def test_log_and_trace_evidence_bring_their_sample_and_a_trace() -> None:
    cause = one_line(section(TIMEOUTS, "Most likely cause"))
    assert "“payment 8812f failed: provider timeout after 5000 ms”, trace 4f1c9a0be2d" in cause


def test_what_was_not_seen_stands_on_one_line_and_what_speaks_against_says_why() -> None:
    cause = replace(
        sample.TIMEOUT,
        arguments_for=(
            sample.argument(sample.BY_TYPE, Strength.STRONG),
            sample.argument(sample.INVENTORY, Strength.WEAK, Bearing.ABSENT),
            sample.argument(sample.DB_P95, Strength.WEAK, Bearing.ABSENT),
        ),
        arguments_against=(
            sample.argument(sample.POOL, Strength.MODERATE, because="it has room"),
            sample.argument(sample.UP, Strength.STRONG, Bearing.ABSENT, "a dead one would"),
            sample.argument(sample.CPU, Strength.WEAK, Bearing.UNKNOWN),
        ),
    )
    lines = section(with_cause(cause), "Most likely cause", 120).splitlines()
    assert "−2 Connection pool used: 31 % (not > 80 %), normally 28 %, as usual (it has room)" in [
        re.sub(" [▁-█]+$", "", line) for line in lines
    ]
    assert " 0 not seen: Failed inventory checks; Database queries, 95th percentile" in lines
    assert " 0 nothing against: Instances up" in lines
    assert " ? not answered (could change this): Payment CPU against its limit" in lines


def test_a_possible_cause_has_neither_samples_nor_courses() -> None:
    possible = replace(sample.TIMEOUT, verdict=Verdict.POSSIBLE)
    cause = section(with_cause(possible), "Possible", 200)
    assert "+4 Error messages: " in cause
    assert "“" not in cause
    assert "█" not in cause


def test_a_remedy_for_another_cause_says_for_which() -> None:
    other = replace(TIMEOUTS.actions[1], helps=("payment-overloaded",))
    text = section(replace(TIMEOUTS, actions=(TIMEOUTS.actions[0], other)), "What to do")
    assert re.findall(r"^ +for +(.+)$", text, re.M) == ["The payment service is overloaded"]


def test_a_ruled_out_cause_names_the_strongest_refutation_only() -> None:
    cause = replace(
        sample.INVENTORY_FAILS,
        arguments_against=(
            sample.argument(sample.UP, Strength.WEAK, because="all are there"),
            sample.argument(sample.INVENTORY, Strength.STRONG, because="they succeed"),
        ),
    )
    words = "✓ The inventory service fails: they succeed (Failed inventory checks: 0.11 %, normally"
    assert words in one_line(section(with_cause(cause), "Ruled out"))
    assert "all are there" not in render(with_cause(cause))


def test_many_causes_that_could_change_are_counted() -> None:
    ids = tuple(each.id for each in TIMEOUTS.diagnoses)
    for changes, words in ((ids, "all 4 causes"), (ids[:3], "3 of the 4 causes")):
        report = replace(TIMEOUTS, gaps=(replace(TIMEOUTS.gaps[0], could_change=changes),))
        assert f"could change {words}" in section(report, "Could not check")


def test_checks_that_judge_the_same_answer_move_once_and_siblings_are_counted() -> None:
    twin = replace(sample.PAYMENT_P95, check="twin", title="Twin")
    later = Item((), Outcome.OK, 1.0, since=sample.AT)
    several = replace(sample.ORDERS, items=(*sample.ORDERS.items, later, later))
    moves = first_moves(
        replace(TIMEOUTS, symptom=None, findings=(several, sample.PAYMENT_P95, twin))
    )
    assert [(each.finding.title, each.others) for each in moves] == [
        ("Payment processing, 95th percentile", 0),
        ("Failed orders", 2),
    ]


def test_what_fires_has_a_line_and_what_is_fine_shares_one() -> None:
    text = section(TIMEOUTS, "Checks", 100)
    assert re.search(r"^2, step 1 +✗ Failed orders +42.3 % +> 10 % since 15:13$", text, re.M)
    assert re.search(r"^ +✓ Instances up 9 of 9 instances up; Failed inventory checks 0.11 %$",
                     text, re.M)  # fmt: skip
    assert re.search(r"^ +\? Payment CPU against its limit: no data$", text, re.M)


@pytest.mark.parametrize("width", [40, 60, 72, 80, 200])
def test_every_check_stands_by_its_title_however_narrow_the_terminal(width: int) -> None:
    words = section(TIMEOUTS, "Checks", width).split()
    for finding in TIMEOUTS.findings:
        assert set(finding.title.split()) <= {word.rstrip(":;") for word in words}
    assert "✗Failedorders42.3%>10%since15:13" in "".join(words)


def test_pages_are_those_of_the_symptom_and_of_the_first_cause() -> None:
    titles = [
        line for line in section(TIMEOUTS, "Pages").splitlines() if re.match(r"[A-Z].*: ", line)
    ]
    assert titles == [
        "Failed orders: Prometheus graph",
        "Where failed orders fail: Jaeger search",
        "Where failed orders fail: trace 4f1c9a0be2d77a31",
        "Error messages: Kibana Discover",
    ]


def test_the_first_screen_names_every_confirmed_cause_and_the_first_remedy_of_each() -> None:
    first = replace(sample.TIMEOUT, verdict=Verdict.CONFIRMED)
    second = replace(
        sample.POOL_EXHAUSTED, verdict=Verdict.CONFIRMED, since=sample.ONSET.replace(minute=2)
    )
    command = "kubectl set env deployment/orders POOL=40"
    grow = replace(TIMEOUTS.actions[1], id="grow", helps=(second.id,))
    other = changed(grow, title="Enlarge the pool", commands=(command,))
    report = replace(
        TIMEOUTS, diagnoses=(first, second), actions=(*TIMEOUTS.actions, other), complete=True
    )
    top = one_line("\n".join(render(report).splitlines()[:24]))
    for wanted in (
        first.title, second.title, "since 15:02 UTC", "since 15:12 UTC",
        "do first Open the circuit breaker", "do first Enlarge the pool", "POOL=40",
    ):  # fmt: skip
        assert wanted in top
    last = one_line("\n".join(render(report).splitlines()[-16:]))
    assert "do first Open the circuit breaker" in last
    assert "do first Enlarge the pool" in last
    html = FORMATS["html"](report, Style())
    assert html.count("<strong>Do first:</strong>") == 2
    assert second.title in html[: html.index("<h2>")]


def test_what_one_check_shows_twice_is_told_once_and_says_each_time_why() -> None:
    cause = replace(
        sample.TIMEOUT,
        arguments_for=(
            sample.argument(sample.ORIGINS, Strength.STRONG, because="nobody answers there"),
            sample.argument(sample.ORIGINS, Strength.MODERATE, because="calls to it fail"),
            sample.argument(sample.BY_TYPE, Strength.WEAK, because="a refusal has another type"),
        ),
        arguments_against=(
            sample.argument(sample.ORIGINS, Strength.STRONG, because="the pool is full"),
        ),
    )
    text = one_line(section(with_cause(cause), "Most likely cause", 120))
    assert text.count("payment-provider (POST /v1/charges, called by payment-service)") == 1
    assert text.count("trace 4f1c9a0be2d77a31") == 1
    assert "4.5× (nobody answers there) “deadline" in text
    assert "+2 Where failed orders fail: the same (calls to it fail)" in text
    assert "−4 Where failed orders fail: the same (the pool is full)" in text
    assert "another type" not in text


def test_what_was_looked_for_on_both_sides_and_not_seen_is_said_once() -> None:
    absent = sample.argument(sample.DB_P95, Strength.WEAK, Bearing.ABSENT)
    other = sample.argument(sample.UP, Strength.WEAK, Bearing.ABSENT)
    cause = replace(
        sample.TIMEOUT, arguments_for=(*sample.TIMEOUT.arguments_for, absent),
        arguments_against=(absent, other),
    )  # fmt: skip
    lines = section(with_cause(cause), "Most likely cause", 120).splitlines()
    assert " 0 nothing for or against: Database queries, 95th percentile" in lines
    assert " 0 nothing against: Instances up" in lines
    assert not any("not seen" in line for line in lines)


def test_a_cause_of_which_nothing_was_measured_says_so() -> None:
    never = replace(
        sample.argument(sample.POOL, Strength.STRONG, Bearing.UNKNOWN),
        summary="not measured for bank",
    )
    cause = replace(
        TIMEOUTS.diagnoses[0], title="bank is at a limit", verdict=Verdict.UNDETERMINED,
        arguments_for=(never,), arguments_against=(never,), could_change=(never.check,),
    )  # fmt: skip
    said = f"bank is at a limit (not measured of it: {sample.POOL.title})"
    assert said in one_line(section(with_cause(cause), "Neither found nor ruled out"))
    likely = replace(cause, verdict=Verdict.LIKELY)
    lines = section(with_cause(likely), "Most likely cause")
    assert f"not measured of it (could change this): {sample.POOL.title}" in one_line(lines)
