"""Every format against its golden file, and what holds for all of them."""

import subprocess
import sys
import unicodedata
from dataclasses import replace

import pytest

from tests.render import golden
from tests.render.reports import ALL, HOSTILE, TIMEOUTS
from troubleshoot.model.report import NotMade
from troubleshoot.render.formats import FORMATS, Style

ENDINGS = {"terminal": "txt", "json": "json", "markdown": "md", "html": "html", "junit": "xml"}


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize("format_", FORMATS)
def test_each_report_reads_as_its_golden_file(name: str, format_: str) -> None:
    golden.check(f"{name}.{ENDINGS[format_]}", FORMATS[format_](ALL[name], Style()))


@pytest.mark.parametrize("format_", ["terminal", "markdown", "html"])
def test_explaining_reads_as_its_golden_file(format_: str) -> None:
    text = FORMATS[format_](TIMEOUTS, Style(explain=True))
    golden.check(f"timeouts-explained.{ENDINGS[format_]}", text)


@pytest.mark.parametrize("format_", ["terminal", "markdown", "html"])
def test_explaining_adds_queries_curl_sums_and_parameters(format_: str) -> None:
    wanted = ("order-error-share.promql", "curl -sG", "14 / (14", "nothing: both sides", "--set")
    brief = FORMATS[format_](TIMEOUTS, Style(width=200))
    full = FORMATS[format_](TIMEOUTS, Style(width=200, explain=True))
    assert [each for each in wanted if each in full] == list(wanted)
    assert [each for each in wanted if each in brief] == []


@pytest.mark.parametrize("format_", FORMATS)
def test_nothing_a_backend_says_can_steer_a_terminal_or_a_reader(format_: str) -> None:
    text = FORMATS[format_](HOSTILE, Style(explain=True))
    kinds = {unicodedata.category(char) for char in text if char != "\n"}
    assert not kinds & {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
    assert "x1b[31mred" in text, "the text itself must still be there to read"


@pytest.mark.parametrize("format_", ["terminal", "markdown", "html"])
def test_a_store_that_is_not_there_is_said_once(format_: str) -> None:
    apart = NotMade("jaeger", ("failed-traces", "slow-traces"), ())
    text = FORMATS[format_](replace(TIMEOUTS, not_made=(apart,)), Style(width=120))
    assert text.count("no Jaeger in environment production: 2 checks not made") == 1


@pytest.mark.parametrize("format_", FORMATS)
def test_a_report_renders_the_same_twice(format_: str) -> None:
    assert FORMATS[format_](TIMEOUTS, Style()) == FORMATS[format_](TIMEOUTS, Style())


@pytest.mark.parametrize("format_", FORMATS)
def test_every_format_says_what_could_not_be_checked_and_why(format_: str) -> None:
    text = FORMATS[format_](ALL["backend-down"], Style())
    assert "http://elasticsearch:9200 refused the connection" in text
    assert "Jaeger stopped at 400 traces" in text


@pytest.mark.parametrize("format_", FORMATS)
def test_every_format_tells_recovered_from_not_and_from_cannot_tell(format_: str) -> None:
    text = FORMATS[format_](ALL["verified"], Style())
    assert "above the limit at 3 of 10 points" in text
    words = {
        "json": ('"recovered": true', '"recovered": false', '"recovered": null'),
        "junit": ('type="not recovered"', 'message="cannot tell'),
    }
    for word in words.get(format_, ("✓ recovered", "✗ not yet", "? cannot tell")):
        assert word in text


def test_knowing_the_formats_imports_none_of_their_libraries() -> None:
    program = (
        "import sys, troubleshoot.render.formats\n"
        "print(sorted({'rich', 'jinja2', 'orjson', 'pydantic', 'xml.etree'} & set(sys.modules)))"
    )
    result = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert result.stdout.strip() == "[]"
