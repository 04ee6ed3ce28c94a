"""Which formats there are. A format's modules are imported when it is used: start-up time."""

from collections.abc import Callable
from dataclasses import dataclass

from troubleshoot.model.report import Report


@dataclass(frozen=True, slots=True)
class Style:
    """``width`` in columns and ``color`` matter to the terminal only.

    ``explain`` adds resolved queries, curl commands, parameters and the sum behind each score.
    """

    width: int = 80
    color: bool = False
    explain: bool = False


Render = Callable[[Report, Style], str]


def _terminal(report: Report, style: Style) -> str:
    from troubleshoot.render.terminal.page import render

    return render(report, style.width, color=style.color, explain=style.explain)


def _json(report: Report, _: Style) -> str:
    from troubleshoot.render.document import render

    return render(report)


def _markdown(report: Report, style: Style) -> str:
    from troubleshoot.render.markdown.page import render

    return render(report, explain=style.explain)


def _html(report: Report, style: Style) -> str:
    from troubleshoot.render.web import render

    return render(report, explain=style.explain)


def _junit(report: Report, _: Style) -> str:
    from troubleshoot.render.junit import render

    return render(report)


def _neutralised(render: Render) -> Render:
    """Every format gets a cleaned report: none can forget to."""

    def rendered(report: Report, style: Style) -> str:
        from troubleshoot.render.sanitize import neutral

        return render(neutral(report), style)

    return rendered


FORMATS: dict[str, Render] = {
    "terminal": _neutralised(_terminal),
    "json": _neutralised(_json),
    "markdown": _neutralised(_markdown),
    "html": _neutralised(_html),
    "junit": _neutralised(_junit),
}
