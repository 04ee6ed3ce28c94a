"""JUnit XML, read as a consumer reads it."""

from dataclasses import replace
from pathlib import Path
from xml.etree.ElementTree import Element, fromstring

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.analysis.properties import QUICK
from tests.engine.test_rank import finding as made
from tests.engine.test_rank import piece, rule
from tests.render import sample
from tests.render.reports import ALL, BACKEND_DOWN, CLEAR, TIMEOUTS, VERIFIED
from troubleshoot.backends.recording.bundle import read_bundle
from troubleshoot.cli.run.recorded import report_of
from troubleshoot.cli.world import World
from troubleshoot.engine.rank.case import Case
from troubleshoot.engine.rank.conclusion import conclude
from troubleshoot.engine.rank.ranking import rank
from troubleshoot.engine.verify import verdicts
from troubleshoot.load.assets import demos
from troubleshoot.model.exits import Exit
from troubleshoot.model.fail_on import FAIL_ON
from troubleshoot.model.finding import Evidence, Item, Outcome
from troubleshoot.model.report import Report, Verification
from troubleshoot.render.formats import FORMATS, Style

VERDICT = "A verdict was reached"


def parsed(report: Report) -> Element:
    return fromstring(FORMATS["junit"](report, Style()).encode())  # noqa: S314 - our own text


def case(root: Element, name: str) -> Element:
    return next(each for each in root.iter("testcase") if each.get("name") == name)


def child(root: Element, name: str, tag: str) -> Element:
    found = case(root, name).find(tag)
    assert found is not None, f"{name} has no <{tag}>"
    return found


@pytest.mark.parametrize("name", ALL)
def test_totals_are_those_of_the_cases(name: str) -> None:
    root = parsed(ALL[name])
    for parent in (root, *root.findall("testsuite")):
        cases = list(parent.iter("testcase"))
        assert parent.get("tests") == str(len(cases))
        for attribute, tag in (("failures", "failure"), ("errors", "error"), ("skipped",) * 2):
            count = sum(each.find(tag) is not None for each in cases)
            assert parent.get(attribute) == str(count)


def test_each_step_of_the_guide_is_a_suite_and_so_are_verdict_and_diagnoses() -> None:
    names = [suite.get("name") for suite in parsed(TIMEOUTS)]
    assert names == [
        "Verdict",
        "Service health",
        "Latency",
        "Recent traces",
        "Payment service",
        "Database",
        "Error logs",
        "Diagnoses",
    ]


def test_a_finding_that_reaches_the_level_is_a_failure_with_value_rule_file_and_page() -> None:
    failure = child(parsed(replace(TIMEOUTS, fail_on="critical")), "Failed payments", "failure")
    assert failure.get("type") == "critical"
    assert "44.8 % (> 10 %)" in failure.get("message", "")
    for wanted in ("rule: > 10 %", "payment-error-share.promql", "Prometheus graph: https://"):
        assert wanted in (failure.text or "")


def test_a_finding_below_the_level_is_output() -> None:
    root = parsed(TIMEOUTS)
    assert case(root, "Failed payments").find("failure") is None
    assert (child(root, "Failed payments", "system-out").text or "").startswith("critical: 44.8 %")


def test_a_deployment_in_a_clear_run_is_no_failure() -> None:
    item = Item((("service", "payment-service"),), Outcome.WARNING, changed=True)
    changes = replace(
        sample.UP, check="changes", title="Changes", outcome=Outcome.WARNING, items=(item,),
        summary="1 change: payment-service deployed",
    )  # fmt: skip
    root = parsed(replace(CLEAR, findings=(*CLEAR.findings, changes)))
    assert (root.get("failures"), root.get("errors")) == ("0", "0")
    assert child(root, "Changes", "system-out").text == f"warning: {changes.summary}"


def test_a_likely_cause_is_a_failure_with_its_evidence_and_a_possible_one_is_not() -> None:
    root = parsed(TIMEOUTS)
    failure = child(root, "The payment provider does not answer in time", "failure")
    assert "+4 Payment errors by type" in (failure.text or "")
    assert case(root, "The payment service is overloaded").find("failure") is None
    assert case(root, "The inventory service fails").find("failure") is None


def test_what_kept_the_run_from_a_verdict_is_an_error_with_reason_and_hint() -> None:
    root = parsed(BACKEND_DOWN)
    logs = child(root, "Error messages", "error")
    assert "refused the connection" in logs.get("message", "")
    assert "TROUBLESHOOT_ELASTICSEARCH_URL" in (logs.text or "")
    traces = child(root, "Where failed orders fail", "error")
    assert traces.get("message") == "partial: Jaeger stopped at 400 traces"
    assert "no cause could be found" in (child(root, VERDICT, "error").text or "")
    cause = "The payment provider does not answer in time"
    message = child(root, cause, "skipped").get("message", "")
    assert message.endswith("could not check Where failed orders fail, Error messages")


def test_what_could_not_be_told_is_skipped_with_the_reason_where_there_is_a_verdict() -> None:
    root = parsed(TIMEOUTS)
    skipped = child(root, sample.CPU.title, "skipped")
    assert skipped.get("message") == f"no_data: {sample.CPU.reason}"
    assert child(root, VERDICT, "system-out").text is not None
    left_out = replace(sample.UP, outcome=Outcome.SKIPPED, reason="left out by --step", items=())
    without = parsed(replace(BACKEND_DOWN, findings=(*BACKEND_DOWN.findings, left_out)))
    assert child(without, left_out.title, "skipped").get("message") == "skipped: left out by --step"


def test_a_verification_lists_each_query_once() -> None:
    root = parsed(VERIFIED)
    names = [each.get("name") for each in root.iter("testcase")]
    assert names == [VERDICT, *(each.finding.title for each in VERIFIED.verifications)]
    assert (root.get("failures"), root.get("errors"), root.get("skipped")) == ("1", "0", "1")
    unknown = replace(
        VERIFIED, verifications=VERIFIED.verifications[::2], exit_code=Exit.INCONCLUSIVE
    )
    assert parsed(unknown).get("errors") == "2"


@pytest.mark.parametrize("name", ALL)
def test_bodies_are_short(name: str) -> None:
    for case_ in parsed(replace(ALL[name], fail_on="warning")).iter("testcase"):
        for part in case_:
            assert len(part.get("message", "")) <= 400
            assert len(part.text or "") <= (4000 if name == "hostile" else 1500)


def red(report: Report) -> tuple[int, int]:
    root = parsed(report)
    return int(root.get("failures", "")), int(root.get("errors", ""))


def assert_red_as_the_run(report: Report) -> None:
    failures, errors = red(report)
    assert (failures > 0) == (report.exit_code is Exit.FOUND)
    assert (errors > 0) == (report.exit_code in (Exit.BACKEND, Exit.INCONCLUSIVE))


@pytest.mark.parametrize("name", ALL)
def test_it_is_red_when_the_run_is(name: str) -> None:
    assert_red_as_the_run(ALL[name])


def at_level(report: Report, level: str) -> Report:
    """The same run with another ``--fail-on``."""
    assert report.symptom is not None
    case = Case((), {one.check: one for one in report.findings})
    decided = conclude(report.symptom, case, report.diagnoses, level, ())
    return replace(
        report, fail_on=level, conclusion=decided.conclusion, exit_code=decided.exit_code
    )


@pytest.mark.parametrize("demo", sorted(file.stem for file in demos().glob("*.zip")))
def test_of_a_recorded_run_it_is_red_when_the_run_is_at_every_level(
    demo: str, tmp_path: Path
) -> None:
    world = World({"TZ": "UTC"}, tmp_path, tmp_path)
    bundle = read_bundle(demos() / f"{demo}.zip")
    report = report_of(bundle, bundle.setup.options, world)
    codes = set()
    for level in FAIL_ON:
        at = at_level(report, level)
        assert_red_as_the_run(at)
        codes.add(at.exit_code)
        for part in (part for case_ in parsed(at).iter("testcase") for part in case_):
            assert len(part.get("message", "")) + len(part.text or "") < 1500
    assert codes == ({Exit.CLEAR} if demo == "healthy" else {Exit.CLEAR, Exit.FOUND})


_CHECKS = ("symptom", "metric", "trace", "log")
_KIND = {"trace": Evidence.TRACE, "log": Evidence.LOG}
_STRENGTH = st.sampled_from(("weak", "moderate", "strong", "decisive"))
_PIECES = st.dictionaries(st.sampled_from(_CHECKS), _STRENGTH, max_size=3)
_RULES = st.lists(st.tuples(_PIECES.filter(bool), _PIECES), max_size=3)
_LEVEL = st.sampled_from(FAIL_ON)


@QUICK
@given(st.tuples(*[st.sampled_from(Outcome)] * len(_CHECKS)), _RULES, _LEVEL)
def test_of_any_run_it_is_red_when_the_run_is(
    outcomes: tuple[Outcome, ...], rules: list[tuple[dict[str, str], dict[str, str]]], level: str
) -> None:
    found = tuple(
        made(check, outcome, _KIND.get(check, Evidence.METRIC))
        for check, outcome in zip(_CHECKS, outcomes, strict=True)
    )
    causes = tuple(
        rule(f"cause-{number}", [piece(*each) for each in pro.items()],
             [piece(*each) for each in contra.items()])
        for number, (pro, contra) in enumerate(rules)
    )  # fmt: skip
    case = Case(causes, {each.check: each for each in found}, symptoms=("symptom",))
    ranked = rank(case, symptom=case.troubled)
    report = replace(TIMEOUTS, symptom=found[0], findings=found, diagnoses=ranked)
    assert_red_as_the_run(at_level(report, level))


@QUICK
@given(st.lists(st.sampled_from((True, False, None)), max_size=4))
def test_of_any_verification_it_is_red_when_the_run_is(recovered: list[bool | None]) -> None:
    each = tuple(Verification(sample.ORDERS, "< 1 %", one, "") for one in recovered)
    decided = verdicts(each)
    report = replace(
        VERIFIED, verifications=each, findings=(sample.ORDERS,), exit_code=decided.exit_code
    )
    assert_red_as_the_run(report)


def test_a_clear_run_has_only_passing_cases() -> None:
    root = parsed(CLEAR)
    assert [root.get(each) for each in ("failures", "errors", "skipped")] == ["0", "0", "0"]


def test_times_are_those_of_the_requests() -> None:
    root = parsed(TIMEOUTS)
    assert root.get("time") == "0.843"
    assert case(root, "Failed orders").get("time") == "0.211"
