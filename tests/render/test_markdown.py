"""Markdown, read by a real parser: what is text stays text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from tests.render.reports import ALL, HOSTILE, TIMEOUTS
from troubleshoot.render.formats import FORMATS, Style
from troubleshoot.render.markdown.escape import code, fence, link, md
from troubleshoot.render.sanitize import clean

READER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])


def tokens(text: str) -> list[Token]:
    return [each for token in READER.parse(text) for each in (token, *(token.children or ()))]


def plain(text: str) -> str:
    return "".join(token.content for token in tokens(text) if token.type in ("text", "code_inline"))


TEXT = st.text().map(clean).map(lambda text: " ".join(text.split()))


@given(TEXT)
def test_escaped_text_reads_as_it_was(text: str) -> None:
    assert {token.type for token in tokens(md(text))} <= {
        "paragraph_open", "inline", "text", "text_special", "paragraph_close",
    }  # fmt: skip
    assert READER.render(md(text)) == (f"<p>{_html(text)}</p>\n" if text else "")


def _html(text: str) -> str:
    for char, name in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;")):
        text = text.replace(char, name)
    return text


@given(TEXT)
def test_escaped_text_stays_in_its_cell(text: str) -> None:
    page = READER.render(f"| a | b | c |\n| --- | --- | --- |\n| {md(text)} | {code(text)} | end |")
    assert page.count("<td") == 3
    assert "<td>end</td>" in page


@given(TEXT)
def test_a_code_block_ends_where_it_should(text: str) -> None:
    found = [token.type for token in tokens(fence(text + "\n```\n````"))]
    assert found == ["fence"]


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd"])
def test_only_web_addresses_become_links(url: str) -> None:
    assert "link_open" not in [token.type for token in tokens(link("a page", url))]


def test_a_link_survives_brackets_in_address_and_title() -> None:
    found = [each for each in tokens(link("a [b] c", "https://x/?_g=(a:(b))")) if each.attrs]
    assert [each.attrs["href"] for each in found] == ["https://x/?_g=%28a:%28b%29%29"]


@pytest.mark.parametrize("name", ALL)
def test_no_report_brings_html_or_strange_links_into_the_page(name: str) -> None:
    found = tokens(FORMATS["markdown"](ALL[name], Style(explain=True)))
    assert not {"html_block", "html_inline", "image"} & {token.type for token in found}
    targets = [str(token.attrs["href"]) for token in found if token.type == "link_open"]
    assert [each for each in targets if not each.startswith("https://")] == []


def test_a_hostile_title_is_a_heading_that_reads_as_itself() -> None:
    page = FORMATS["markdown"](HOSTILE, Style())
    assert plain(page.splitlines()[0]) == " ".join(clean(HOSTILE.title).split())


def test_the_timeline_starts_with_what_moved_first() -> None:
    page = FORMATS["markdown"](TIMEOUTS, Style())
    timeline = page[page.index("## Timeline") : page.index("## What to do")]
    times = [line.split("|")[1].strip() for line in timeline.splitlines() if line[2:3].isdigit()]
    ends = [time.split("–")[-1] for time in times]
    assert ends == sorted(ends)
    assert times[0] == "15:06–15:12"
    assert times[-1] == "15:30"
