"""`SECURITY.md` names exactly the requests that can leave and the headers that are refused."""

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from troubleshoot.backends.stores.table import endpoints as endpoints_of
from troubleshoot.model.settings import FRAMING_HEADERS, REWRITING_HEADERS
from troubleshoot.model.store import Store

PAGE = Path(__file__).resolve().parents[2] / "SECURITY.md"
ENDPOINTS = {store: endpoints_of(store) for store in Store}


def endpoints() -> Iterator[str]:
    yield "| store | request | parameters | body |"
    yield "| --- | --- | --- | --- |"
    for store, found in ENDPOINTS.items():
        for one in found:
            names = ", ".join(f"`{name}`" for name in one.parameters)
            body = "a search, see below" if one.body else ""
            yield f"| {store} | `{one.method} {one.path}` | {names} | {body} |"


def headers() -> Iterator[str]:
    for name in REWRITING_HEADERS + FRAMING_HEADERS:
        yield f"- `{name}`"


@pytest.mark.parametrize(
    ("source", "made"),
    [("the lists beside each client", endpoints), ("troubleshoot/model/settings.py", headers)],
)
def test_its_lists_are_those_of_the_program(source: str, made: Callable[[], Iterator[str]]) -> None:
    text = PAGE.read_text(encoding="utf-8")
    form = rf"(<!-- made by `make docs` from {re.escape(source)};.*?-->\n)(.*?)(<!-- end -->)"
    found = re.search(form, text, re.DOTALL)
    assert found
    wanted = "\n" + "\n".join(made()) + "\n\n"
    if os.environ.get("UPDATE_DOCS"):
        start, end = found.span(2)
        PAGE.write_text(text[:start] + wanted + text[end:], encoding="utf-8")
    else:
        assert found[2] == wanted, "run `make docs` and look at the difference"
