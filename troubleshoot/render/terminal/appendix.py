"""Backends and times, and what ``--explain`` adds: queries, curl, parameters."""

from collections.abc import Iterator

from rich.console import RenderableType

from troubleshoot.model.finding import Query
from troubleshoot.model.report import Report, StoreStatus
from troubleshoot.render import view
from troubleshoot.render.terminal.answer import in_short
from troubleshoot.render.terminal.blocks import (
    Blocks,
    copied,
    heading,
    indented,
    kept,
    labelled,
    row,
)
from troubleshoot.render.terminal.breaks import Verbatim, text, whole
from troubleshoot.render.units import duration, quantity
from troubleshoot.render.wording import NOTICES, TEACH, answer_line, exit_meaning


def backends(report: Report) -> Blocks:
    count = sum(store.requests for store in report.stores)
    slowest = max(report.timing.requests, key=lambda each: each[1], default=None)
    # not the time of the whole run: a replay is faster than the requests it replays
    slow = f", slowest {slowest[0]} {duration(slowest[1])}" if slowest else ""
    yield heading(f"Backends: {_requests(count)}{slow}")
    for store in report.stores:
        yield row(_mark(store), _store(store), 1)
    if report.redactions:
        hidden = ", ".join(f"{rule} ×{count}" for rule, count in report.redactions)
        yield text(f"redacted: {hidden}")


def notices(report: Report) -> Blocks:
    if report.notices:
        yield heading(NOTICES)
    for one in view.notices(report):
        yield row(("!", "bold"), whole(f"{one.where}:"), 1)
        yield indented(text(one.message), 2)


def _requests(count: int) -> str:
    return "1 request" if count == 1 else f"{count} requests"


def _mark(store: StoreStatus) -> tuple[str, str]:
    if store.problem or store.failed:
        return "E", "magenta"
    return ("✓", "green") if store.requests else ("·", "dim")


def _store(store: StoreStatus) -> RenderableType:
    failed = f", {store.failed} failed" if store.failed else ""
    asked = f"{_requests(store.requests)}{failed}, {quantity(store.received, 'bytes')}"
    return text((store.store, "bold"), f" {store.url}: {asked if store.requests else 'not asked'}")


def explained(report: Report) -> Blocks:
    """Every query as it was sent, with the file to edit and a command that repeats it."""
    yield heading("Queries as they were sent")
    for finding in view.findings(report):
        yield text((finding.title, "bold"), f" · {finding.check}")
        yield from (indented(b, 2) for b in labelled([("rule", finding.rule)], 5))
        for query in finding.queries:
            yield from _query(query)
    if report.as_written:
        yield heading("The guide's own queries, and what they answered")
    for written in report.as_written:
        yield text((view.check_title(report, written.check), "bold"))
        yield from _query(written.query)
        yield from (indented(b, 2) for b in labelled([("said", written.answer)], 5))
    if report.parameters:
        yield heading("Parameters")
    for name, value, source in report.parameters:
        yield whole(name, " = ", value, (f"  ({source})", "dim"))


def _query(query: Query) -> Iterator[RenderableType]:
    parts = (*kept("file", query.file, 5), *copied("sent", query.text), *copied("curl", query.curl))
    yield from (indented(part, 2) for part in parts)


def closing(report: Report) -> Blocks:
    """The answer once more: after a long report the end is what stays on the screen."""
    yield heading("In short")
    yield text((answer_line(report), "bold"))
    yield from in_short(report)
    yield text(f"Exit code {report.exit_code.value}: {exit_meaning(report)}.")
    if report.teach:
        yield text(TEACH)
        yield Verbatim(report.teach)
