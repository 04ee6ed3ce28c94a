"""Causes that are about one service each: what explains what, and nothing twice."""

from dataclasses import replace

from tests.render import sample
from tests.render.reports import TIMEOUTS
from tests.render.test_compact import one_line, section
from troubleshoot.model.diagnosis import Diagnosis, Verdict
from troubleshoot.model.report import Report
from troubleshoot.render.formats import FORMATS, Style


def about(rule: str, name: str, verdict: Verdict, consequence_of: str = "") -> Diagnosis:
    return replace(
        sample.INVENTORY_FAILS if verdict is Verdict.RULED_OUT else sample.TIMEOUT,
        id=f"{rule}:{name}",
        rule=rule,
        title=f"{name} {rule}",
        subject=name,
        verdict=verdict,
        consequence_of=consequence_of,
    )


REPORT = replace(
    TIMEOUTS,
    diagnoses=(
        about("fails", "stock", Verdict.LIKELY),
        about("fails", "shop", Verdict.LIKELY, "fails:stock"),
        about("is slow", "stock", Verdict.POSSIBLE),
        about("is slow", "mail", Verdict.POSSIBLE),
        about("restarts", "shop", Verdict.RULED_OUT),
        about("restarts", "mail", Verdict.RULED_OUT),
    ),
)


def test_a_consequence_is_named_under_its_cause_and_nowhere_else() -> None:
    causes = section(REPORT, "Most likely cause")
    assert "→ explains: shop fails" in causes
    assert causes.count("shop fails") == 1


def test_lesser_causes_of_a_service_in_trouble_are_named_under_it() -> None:
    assert "less likely: stock is slow (14)" in one_line(section(REPORT, "Most likely cause"))
    possible = section(REPORT, "Also possible")
    assert "mail is slow" in possible
    assert "stock" not in possible


def test_what_is_ruled_out_alike_shares_a_line() -> None:
    (line,) = [
        each for each in section(REPORT, "Ruled out", 120).splitlines() if "restarts" in each
    ]
    assert line.startswith("✓ shop restarts: ")
    assert line.endswith("; likewise mail")


def shown(report: Report, name: str) -> str:
    return one_line(FORMATS[name](report, Style(80)))


def test_the_pages_name_both_ends() -> None:
    assert "Explains: shop fails" in shown(REPORT, "markdown")
    assert "A consequence of: stock fails" in shown(REPORT, "markdown")
    assert "<p>Explains: shop fails</p>" in shown(REPORT, "html")
    assert "<p>A consequence of: stock fails</p>" in shown(REPORT, "html")
