"""Every finding, links, backends, and what explaining adds."""

from collections.abc import Iterator

from troubleshoot.model.finding import Finding, Query
from troubleshoot.model.report import Report
from troubleshoot.render import view
from troubleshoot.render.gaps import brief
from troubleshoot.render.markdown.escape import bullets, code, fence, link, md, table
from troubleshoot.render.units import duration, quantity
from troubleshoot.render.wording import (
    NOTICES,
    SYMBOL,
    about,
    facts,
    finding_facts,
    outcome_word,
    quoted,
)


def findings(report: Report) -> Iterator[str]:
    for step in view.steps(report):
        guide = f"Guide {md(step.guide)}: " if step.guide else ""
        yield f"## {guide}{md(step.title)}"
        rows = [row for each in step.findings for row in _rows(report, each)]
        yield table(("", "Check", "Where", "Value"), rows)


def _rows(report: Report, finding: Finding) -> Iterator[tuple[str, ...]]:
    at = report.window.at
    words = " · ".join((finding.summary or finding_facts(finding, at), *finding.notes))
    mark = f"{SYMBOL[finding.outcome]} {outcome_word(finding.outcome)}"
    yield (md(mark), md(finding.title), "", md(words))
    several = len(finding.items) > 1
    for item in finding.items:
        if finding.summary or several or item.note:
            value = facts(item, finding.unit, at)
            examples = f", e.g. {', '.join(item.examples)}" if item.examples else ""
            note = f" {quoted(item.note)}" if item.note else ""
            mark = f"{SYMBOL[item.outcome]} {outcome_word(item.outcome)}"
            yield (md(mark), "", code(about(item, several=several)), md(value + note + examples))


def links(report: Report) -> Iterator[str]:
    numbers = view.links(report)
    if numbers:
        yield "## Pages at exactly this window"
        yield bullets(
            link(f"{finding.title}: {page.title}", page.url)
            for finding in view.findings(report)
            for page in finding.links
            if page in numbers
        )


def backends(report: Report) -> Iterator[str]:
    yield "## Backends"
    rows = [
        (
            md(store.store),
            code(store.url),
            f"{store.requests}",
            f"{store.failed}",
            quantity(store.received, "bytes"),
            md(f"{brief(report, store.problem)} {store.hint}"),
        )
        for store in report.stores
    ]
    yield table(("Backend", "Address", "Requests", "Failed", "Received", "Problem"), rows)
    redacted = ", ".join(f"{rule} ×{count}" for rule, count in report.redactions)
    took = f"troubleshoot {report.version}, playbook {report.playbook}"
    took += f", {duration(report.timing.total)}"
    yield md(f"{took}, redacted: {redacted}" if redacted else took)


def notices(report: Report) -> Iterator[str]:
    if report.notices:
        yield f"## {NOTICES}"
        yield bullets(md(str(one)) for one in view.notices(report))


def explained(report: Report) -> Iterator[str]:
    yield "## Queries as they were sent"
    for finding in view.findings(report):
        yield f"### {md(finding.title)}"
        if finding.rule:
            yield f"Rule: {md(finding.rule)}"
        for query in finding.queries:
            yield from _query(query)
    if report.as_written:
        yield "## The guide's own queries, and what they answered"
    for written in report.as_written:
        yield f"### {md(view.check_title(report, written.check))}"
        yield from _query(written.query)
        yield f"Answered: {md(written.answer)}"
    if report.parameters:
        yield "## Parameters"
        rows = [tuple(map(code, each)) for each in report.parameters]
        yield table(("Name", "Value", "From"), rows)


def _query(query: Query) -> Iterator[str]:
    yield f"{code(query.file)}:\n\n{fence(query.text)}"
    if query.curl:
        yield fence(query.curl)
