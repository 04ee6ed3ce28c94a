"""The end of the terminal report: which servers were asked, and pages to open."""

from dataclasses import replace

from tests.render.reports import TIMEOUTS
from troubleshoot.model.finding import Link
from troubleshoot.model.report import Report
from troubleshoot.render.formats import FORMATS, Style


def lines(report: Report, *, explain: bool = False) -> list[str]:
    return FORMATS["terminal"](report, Style(80, explain=explain)).splitlines()


def test_a_server_that_was_not_asked_is_not_called_well() -> None:
    prometheus, jaeger, _ = TIMEOUTS.stores
    asked = replace(prometheus, requests=1, received=0)
    silent = replace(jaeger, requests=0, failed=0, received=0)
    printed = lines(replace(TIMEOUTS, stores=(asked, silent)))
    assert f"✓ prometheus {asked.url}: 1 request, 0 B" in printed
    assert f"· jaeger {silent.url}: not asked" in printed


def test_a_page_whose_address_fills_the_screen_is_written_out_on_request_only() -> None:
    assert TIMEOUTS.symptom is not None
    long = Link("Kibana Discover", "http://kibana/" + "x" * 400)
    symptom = replace(TIMEOUTS.symptom, links=(long,))
    report = replace(TIMEOUTS, symptom=symptom, findings=(symptom, *TIMEOUTS.findings[1:]))
    short = "\n".join(lines(report))
    assert "(an address of 414 characters: --explain or --output html has it)" in short
    assert "xxxx" not in short
    assert "x" * 400 in "".join("".join(lines(report, explain=True)).split())
