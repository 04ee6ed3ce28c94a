"""JUnit XML for continuous integration: a suite per step of the guide, a case per check."""

from collections.abc import Iterable
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from troubleshoot.model.diagnosis import Diagnosis, Verdict
from troubleshoot.model.finding import Finding, Outcome
from troubleshoot.model.report import Report, Verification
from troubleshoot.render import view
from troubleshoot.render.moments import iso
from troubleshoot.render.wording import (
    argument_facts,
    argument_title,
    finding_facts,
    verdict_word,
    verification_facts,
    weight,
)

_COUNTED = {"failures": "failure", "errors": "error", "skipped": "skipped"}


def render(report: Report) -> str:
    """Firing is a failure, a backend's trouble an error, "could not tell" is skipped."""
    took: dict[str, float] = {}
    for name, seconds in report.timing.requests:
        took[name] = took.get(name, 0.0) + seconds
    suites = [
        _suite(report, step.title, (_check(report, each, took) for each in step.findings))
        for step in view.steps(report)
    ]
    if report.diagnoses:
        cases = (_diagnosis(report, each) for each in report.diagnoses)
        suites.append(_suite(report, "Diagnoses", cases))
    if report.verifications:
        cases = (_verification(report, each) for each in report.verifications)
        suites.append(_suite(report, "Verification", cases))
    root = Element("testsuites", name=report.playbook)
    root.extend(suites)
    _count(root)
    root.set("time", f"{report.timing.total:.3f}")
    indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(root, encoding="unicode")}\n'


def _suite(report: Report, name: str, cases: Iterable[Element]) -> Element:
    timestamp = iso(report.window.at).removesuffix("Z")
    suite = Element("testsuite", name=name or report.playbook, timestamp=timestamp)
    suite.extend(cases)
    _count(suite)
    suite.set("time", f"{sum(float(case.get('time', '0')) for case in suite):.3f}")
    return suite


def _count(parent: Element) -> None:
    """The totals that consumers show without reading the cases."""
    cases = list(parent.iter("testcase"))
    parent.set("tests", str(len(cases)))
    for attribute, tag in _COUNTED.items():
        parent.set(attribute, str(sum(case.find(tag) is not None for case in cases)))


def _case(report: Report, group: str, name: str, seconds: float = 0.0) -> Element:
    return Element(
        "testcase", classname=f"{report.playbook}.{group}", name=name, time=f"{seconds:.3f}"
    )


def _check(report: Report, finding: Finding, took: dict[str, float]) -> Element:
    case = _case(report, finding.step, finding.title, took.get(finding.check, 0.0))
    facts = finding_facts(finding, report.window.at)
    if finding.outcome.firing:
        failure = SubElement(case, "failure", type=finding.outcome.value, message=facts)
        failure.text = "\n".join((facts, *_queries(finding)))
    elif finding.outcome is Outcome.ERROR:
        SubElement(case, "error", type="backend", message=facts).text = finding.hint
    elif not finding.outcome.told:
        SubElement(case, "skipped", message=f"{finding.outcome.value}: {facts}")
    else:
        SubElement(case, "system-out").text = facts
    return case


def _queries(finding: Finding) -> tuple[str, ...]:
    return tuple(f"{query.file}\n{query.text}" for query in finding.queries)


def _diagnosis(report: Report, diagnosis: Diagnosis) -> Element:
    case = _case(report, "diagnoses", diagnosis.title)
    words = f"{verdict_word(diagnosis.verdict)}: {diagnosis.title}"
    if diagnosis.verdict in (Verdict.CONFIRMED, Verdict.LIKELY):
        failure = SubElement(case, "failure", type=diagnosis.verdict.value, message=words)
        failure.text = "\n".join(_arguments(diagnosis, report))
    elif diagnosis.verdict is Verdict.UNDETERMINED:
        changes = ", ".join(view.check_title(report, each) for each in diagnosis.could_change)
        SubElement(case, "skipped", message=f"{words}; could not check {changes}")
    else:
        SubElement(case, "system-out").text = words
    return case


def _arguments(diagnosis: Diagnosis, report: Report) -> Iterable[str]:
    sides = ((diagnosis.arguments_for, False), (diagnosis.arguments_against, True))
    for arguments, against in sides:
        for each in arguments:
            points = weight(each, against=against)
            yield f"{points:>2} {argument_title(each, report)}: {argument_facts(each, report)}"


def _verification(report: Report, each: Verification) -> Element:
    case = _case(report, "verification", each.finding.title)
    facts = verification_facts(each)
    if each.recovered is None:
        SubElement(case, "skipped", message=f"cannot tell: {facts}")
    elif not each.recovered:
        SubElement(case, "failure", type="not recovered", message=facts).text = facts
    return case
