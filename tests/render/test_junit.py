"""JUnit XML, read as a consumer reads it."""

from xml.etree.ElementTree import Element, fromstring

import pytest

from tests.render.reports import ALL, BACKEND_DOWN, CLEAR, TIMEOUTS
from troubleshoot.model.report import Report
from troubleshoot.render.formats import FORMATS, Style


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


def test_each_step_of_the_guide_is_a_suite_and_so_are_the_diagnoses() -> None:
    names = [suite.get("name") for suite in parsed(TIMEOUTS)]
    assert names == [
        "Service health",
        "Latency",
        "Recent traces",
        "Payment service",
        "Database",
        "Error logs",
        "Diagnoses",
    ]


def test_firing_is_a_failure_that_shows_value_limit_and_query() -> None:
    failure = child(parsed(TIMEOUTS), "Failed payments", "failure")
    assert failure.get("type") == "critical"
    assert "44.8 % (> 10 %)" in failure.get("message", "")
    assert "payment-error-share.promql" in (failure.text or "")


def test_a_likely_cause_is_a_failure_with_its_evidence_and_a_possible_one_is_not() -> None:
    root = parsed(TIMEOUTS)
    failure = child(root, "The payment provider does not answer in time", "failure")
    assert "+4 Payment errors by type" in (failure.text or "")
    assert case(root, "The payment service is overloaded").find("failure") is None
    assert case(root, "The inventory service fails").find("failure") is None


def test_a_dead_backend_is_an_error_and_what_cannot_be_told_is_skipped_with_the_reason() -> None:
    root = parsed(BACKEND_DOWN)
    assert "refused the connection" in child(root, "Error messages", "error").get("message", "")
    skipped = child(root, "Where failed orders fail", "skipped")
    assert skipped.get("message") == "partial: Jaeger stopped at 400 traces"
    cause = "The payment provider does not answer in time"
    message = child(root, cause, "skipped").get("message", "")
    assert message.endswith("could not check Where failed orders fail, Error messages")


def test_a_clear_run_has_only_passing_cases() -> None:
    root = parsed(CLEAR)
    assert [root.get(each) for each in ("failures", "errors", "skipped")] == ["0", "0", "0"]


def test_times_are_those_of_the_requests() -> None:
    root = parsed(TIMEOUTS)
    assert root.get("time") == "0.843"
    assert case(root, "Failed orders").get("time") == "0.211"
