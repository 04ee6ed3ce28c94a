"""The HTML page: well formed, alone, harmless."""

from html.parser import HTMLParser

import pytest

from tests.render.reports import ALL, HOSTILE, TIMEOUTS
from troubleshoot.render.formats import FORMATS, Style
from troubleshoot.render.sanitize import clean

VOID = {"br", "meta", "line", "polyline"}


class Page(HTMLParser):
    """Collects tags, attributes and text; fails on tags that do not nest."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.texts: list[str] = []
        self.feed(page)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.texts).split())


def page(name: str) -> Page:
    return Page(FORMATS["html"](ALL[name], Style(explain=True)))


@pytest.mark.parametrize("name", ALL)
def test_the_page_has_no_script_and_loads_nothing(name: str) -> None:
    seen = page(name).tags
    assert {"script", "iframe", "img", "link", "object", "form"} & {tag for tag, _ in seen} == set()
    attributes = [(key, value) for _, pairs in seen for key, value in pairs.items()]
    assert [key for key, _ in attributes if key.startswith("on") or key in ("src", "style")] == []
    targets = [value for key, value in attributes if key == "href"]
    assert [each for each in targets if not each.startswith(("https://", "#"))] == []


@pytest.mark.parametrize("name", ALL)
def test_every_link_inside_the_page_has_a_target(name: str) -> None:
    seen = page(name).tags
    ids = {pairs["id"] for _, pairs in seen if "id" in pairs}
    inside = {pairs["href"][1:] for _, pairs in seen if pairs.get("href", "").startswith("#")}
    assert inside <= ids


def test_the_style_asks_for_nothing_outside() -> None:
    text = FORMATS["html"](TIMEOUTS, Style())
    assert "url(" not in text
    assert "@import" not in text
    assert "prefers-color-scheme: dark" in text


def test_hostile_text_is_only_text() -> None:
    seen = page("hostile")
    assert " ".join(clean(HOSTILE.headline).split()) in seen.text
    assert "<script>alert(1)</script>" in seen.text
    assert "{{ 7*7 }}" in seen.text


def test_the_page_holds_the_answer_the_evidence_and_the_charts() -> None:
    seen = page("timeouts")
    for wanted in ("DIAGNOSED", "42.3 % (> 10 %)", "What moved first", "Ruled out", "+4"):
        assert wanted in seen.text
    assert sum(tag == "svg" for tag, _ in seen.tags) > 10
