"""JUnit XML for continuous integration: red exactly when the run is.

Exit 1 has at least one failure: what reached ``--fail-on``. Exit 3 and 4 have at least one error:
that there is no verdict, and each check that could not tell. Exit 0 has neither. All the rest is
output, or skipped with the reason.
"""

from collections.abc import Iterable
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from troubleshoot.model.diagnosis import Diagnosis, Verdict
from troubleshoot.model.exits import Exit
from troubleshoot.model.fail_on import reaches
from troubleshoot.model.finding import Finding, Outcome
from troubleshoot.model.report import Report, Verification
from troubleshoot.render import view
from troubleshoot.render.time_format import iso
from troubleshoot.render.wording import (
    answer_line,
    argument_facts,
    argument_title,
    exit_meaning,
    finding_facts,
    shortened,
    verdict_word,
    verification_facts,
    weight,
)

_COUNTED = {"failures": "failure", "errors": "error", "skipped": "skipped"}
_LINE = 400  # characters: a mail or a web page shows the body whole


def render(report: Report) -> str:
    took: dict[str, float] = {}
    for name, seconds in report.timing.requests:
        took[name] = took.get(name, 0.0) + seconds
    suites = [_suite(report, "Verdict", (_verdict(report),)), *_checks(report, took)]
    if report.diagnoses:
        cases = (_diagnosis(report, each) for each in report.diagnoses)
        suites.append(_suite(report, "Diagnoses", cases))
    root = Element("testsuites", name=report.playbook)
    root.extend(suites)
    _count(root)
    root.set("time", f"{report.timing.total:.3f}")
    indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(root, encoding="unicode")}\n'


def _checks(report: Report, took: dict[str, float]) -> Iterable[Element]:
    """A suite for each step of the guide; of a verification its queries only."""
    if report.verifications:
        cases = (_verification(report, each, took) for each in report.verifications)
        return [_suite(report, "Verification", cases)]
    return [
        _suite(report, step.title, (_check(report, each, took) for each in step.findings))
        for step in view.steps(report)
    ]


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


def _verdict(report: Report) -> Element:
    """Also where no check is to blame: a symptom without a cause is no verdict."""
    case = _case(report, "run", "A verdict was reached")
    if _blocked(report):
        _say(case, "error", exit_meaning(report), (answer_line(report),), type="no verdict")
    else:
        SubElement(case, "system-out").text = answer_line(report)
    return case


def _blocked(report: Report) -> bool:
    return report.exit_code in (Exit.BACKEND, Exit.INCONCLUSIVE)


def _fails(report: Report, what: Verdict | Outcome) -> bool:
    return report.exit_code is Exit.FOUND and reaches(report.fail_on, what)


def _say(case: Element, tag: str, message: str, body: Iterable[str] = (), **more: str) -> None:
    """``body`` a line each; the message comes first, as some consumers show the body only."""
    lines = [shortened(line, _LINE) for line in (message, *body) if line]
    SubElement(case, tag, {**more, "message": lines[0]}).text = "\n".join(lines)


def _check(report: Report, finding: Finding, took: dict[str, float]) -> Element:
    case = _case(report, finding.step, finding.title, took.get(finding.check, 0.0))
    facts = finding_facts(finding, report.window.at)
    if finding.outcome.conclusive and _fails(report, finding.outcome):
        rule = f"rule: {finding.rule}" if finding.rule else ""
        body = (rule, finding.summary, *_sources(finding))
        _say(case, "failure", facts, body, type=finding.outcome.value)
    elif not finding.outcome.conclusive:
        _untold(report, case, finding, facts)
    else:
        word = f"{finding.outcome.value}: " if finding.outcome.firing else ""
        SubElement(case, "system-out").text = shortened(f"{word}{facts}", _LINE)
    return case


def _untold(report: Report, case: Element, finding: Finding, reason: str) -> None:
    """An error where it kept the run from a verdict; what was not asked for on purpose did not."""
    outcome = finding.outcome
    blocks = _blocked(report) and outcome is not Outcome.SKIPPED
    tag, more = ("error", {"type": outcome.value}) if blocks else ("skipped", {})
    _say(case, tag, f"{outcome.value}: {reason}", (finding.hint,), **more)


def _sources(finding: Finding) -> Iterable[str]:
    """The file to look into and the page to open; an address of kilobytes is left to HTML."""
    for query in finding.queries:
        yield f"query: {query.file}"
    pages = (f"{link.title}: {link.url}" for link in finding.links)
    yield from (page for page in pages if len(page) <= _LINE)


def _diagnosis(report: Report, diagnosis: Diagnosis) -> Element:
    case = _case(report, "diagnoses", diagnosis.title)
    words = f"{verdict_word(diagnosis.verdict)}: {diagnosis.title}"
    if _fails(report, diagnosis.verdict):
        _say(case, "failure", words, _arguments(diagnosis, report), type=diagnosis.verdict.value)
    elif diagnosis.verdict is Verdict.UNDETERMINED:
        changes = ", ".join(view.check_title(report, each) for each in diagnosis.could_change)
        _say(case, "skipped", f"{words}; could not check {changes}" if changes else words)
    else:
        SubElement(case, "system-out").text = words
    return case


def _arguments(diagnosis: Diagnosis, report: Report) -> Iterable[str]:
    sides = ((diagnosis.arguments_for, False), (diagnosis.arguments_against, True))
    for arguments, against in sides:
        for each in arguments:
            points = weight(each, against=against)
            yield f"{points:>2} {argument_title(each, report)}: {argument_facts(each, report)}"


def _verification(report: Report, each: Verification, took: dict[str, float]) -> Element:
    finding = each.finding
    case = _case(report, "verification", finding.title, took.get(finding.check, 0.0))
    facts = verification_facts(each)
    if each.recovered:
        SubElement(case, "system-out").text = shortened(facts, _LINE)
    elif each.recovered is None:
        _say(case, "error" if _blocked(report) else "skipped", f"cannot tell: {facts}")
    else:
        _say(case, "failure", facts, _sources(finding), type="not recovered")
    return case
