"""The terminal report from top to bottom: the most important first."""

from troubleshoot.model.report import Report
from troubleshoot.render.terminal.actions import actions, follow_ups, verifications
from troubleshoot.render.terminal.answer import answer, header
from troubleshoot.render.terminal.appendix import backends, closing, explained
from troubleshoot.render.terminal.blocks import Blocks, printed
from troubleshoot.render.terminal.diagnoses import diagnoses, ruled_out, undetermined
from troubleshoot.render.terminal.findings import findings, gaps, links, timeline


def render(report: Report, width: int, *, color: bool, explain: bool) -> str:
    return printed(_page(report, explain=explain), width, color=color)


def _page(report: Report, *, explain: bool) -> Blocks:
    yield from header(report)
    yield from answer(report)
    yield from verifications(report)
    yield from diagnoses(report, explain=explain)
    yield from actions(report)
    yield from ruled_out(report)
    yield from gaps(report)
    yield from undetermined(report, explain=explain)
    yield from timeline(report)
    yield from findings(report)
    yield from follow_ups(report, explain=explain)
    yield from links(report)
    yield from backends(report)
    if explain:
        yield from explained(report)
    yield from closing(report)
