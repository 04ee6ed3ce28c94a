"""A store is its folder and a line in the table: nobody else knows one by its name."""

import re

import pytest

from tests.house.source import ROOT, modules
from troubleshoot.model.store import Store

MODULES = modules()
PAGES = ("kibana", "grafana")
NAMES = re.compile("|".join({*Store, *(one.product for one in Store), *PAGES}), re.IGNORECASE)
MAY_NAME_THEM = {
    "model.store": "the table",
    "model.settings": "the pages of an environment, which are keys of a configuration",
    "model.index_expression": "how authors of vocabularies write which indices are read",
    "load.alert": "where the format of a notification is described",
    "analysis.naming.tools": "a vocabulary: what monitoring tools call their own metrics",
    "analysis.traces.tag_kinds": "a vocabulary: how tracing libraries call their tags",
}
STORES = "troubleshoot.backends.stores"


def naming(name: str) -> list[str]:
    text = MODULES[name].file.read_text(encoding="utf-8")
    return [f"{row}: {line}" for row, line in enumerate(text.splitlines(), 1) if NAMES.search(line)]


@pytest.mark.parametrize("name", [one for one in MODULES if not one.startswith(f"{STORES}.")])
def test_no_module_outside_its_folder_names_a_store(name: str) -> None:
    if name.removeprefix("troubleshoot.") not in MAY_NAME_THEM:
        assert naming(name) == []


@pytest.mark.parametrize("name", MAY_NAME_THEM)
def test_an_exception_is_one(name: str) -> None:
    assert naming(f"troubleshoot.{name}")


def test_what_all_stores_share_names_none_of_them() -> None:
    assert naming(f"{STORES}.table") == []


def test_the_table_has_a_line_for_each_folder() -> None:
    folders = {one.parent.name for one in (ROOT / "backends" / "stores").glob("*/__init__.py")}
    assert folders == {*Store}


@pytest.mark.parametrize("name", MODULES)
def test_a_store_knows_no_other_store(name: str) -> None:
    own = re.match(rf"{re.escape(STORES)}\.(\w+)\.", f"{name}.")
    if own and own[1] in [*Store]:
        others = [one.value for one in Store if one.value != own[1]]
        text = MODULES[name].file.read_text(encoding="utf-8")
        assert re.findall("|".join(others), text.lower()) == []
