"""The terminal report from top to bottom: the most important first."""

from troubleshoot.model.report import Report
from troubleshoot.render.terminal import causes, checks, diagnoses, findings
from troubleshoot.render.terminal.actions import actions, follow_ups, verifications
from troubleshoot.render.terminal.answer import answer, header
from troubleshoot.render.terminal.appendix import backends, closing, explained, notices
from troubleshoot.render.terminal.blocks import Blocks, printed


def render(report: Report, width: int, *, color: bool, explain: bool) -> str:
    page = _explained(report) if explain else _page(report)
    return printed(page, width, color=color)


def _page(report: Report) -> Blocks:
    """What an engineer on call reads: a line for each thing, the rest with ``--explain``."""
    yield from header(report)
    yield from answer(report)
    yield from verifications(report)
    yield from causes.causes(report)
    yield from actions(report, explain=False)
    yield from causes.ruled_out(report)
    yield from checks.gaps(report)
    yield from causes.undetermined(report)
    yield from checks.timeline(report)
    yield from checks.checks(report)
    yield from follow_ups(report, explain=False)
    yield from checks.pages(report)
    yield from backends(report)
    yield from notices(report)
    yield from closing(report)


def _explained(report: Report) -> Blocks:
    """The same order, everything in full."""
    yield from header(report)
    yield from answer(report)
    yield from verifications(report)
    yield from diagnoses.diagnoses(report)
    yield from actions(report, explain=True)
    yield from diagnoses.ruled_out(report)
    yield from checks.gaps(report)
    yield from diagnoses.undetermined(report)
    yield from findings.moved(report)
    yield from findings.findings(report)
    yield from follow_ups(report, explain=True)
    yield from findings.links(report)
    yield from backends(report)
    yield from notices(report)
    yield from explained(report)
    yield from closing(report)
