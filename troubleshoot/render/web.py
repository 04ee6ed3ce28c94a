"""One self-contained HTML page: no scripts, nothing loaded from anywhere."""

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from troubleshoot.model.report import Report
from troubleshoot.render import chart, gaps, time_format, timeline, units, view, wording


def render(report: Report, *, explain: bool) -> str:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    template = environment.get_template("report.html.j2")
    return template.render(
        report=report,
        at=report.window.at,
        explain=explain,
        local=time_format.zone(report.timezone),
        blind=gaps,
        chart=chart,
        moments=time_format,
        moves=timeline,
        units=units,
        view=view,
        wording=wording,
    )
