"""One concept a file: short, described, and importable from one place only."""

import ast

import pytest

from tests.house.source import ROOT, modules

MODULES = modules()


@pytest.mark.parametrize("name", MODULES)
def test_no_file_is_longer_than_300_lines(name: str) -> None:
    assert len(MODULES[name].file.read_text(encoding="utf-8").splitlines()) <= 300


@pytest.mark.parametrize("name", MODULES)
def test_every_module_says_what_it_is(name: str) -> None:
    assert ast.get_docstring(MODULES[name].tree)


@pytest.mark.parametrize("name", [name for name, module in MODULES.items() if module.package])
def test_packages_export_nothing_but_the_version(name: str) -> None:
    _, *rest = MODULES[name].tree.body
    assert [ast.unparse(node).split(" = ")[0] for node in rest] == (
        ["__version__"] if name == "troubleshoot" else []
    )


def test_every_folder_with_modules_is_a_package() -> None:
    folders = {file.parent for file in ROOT.rglob("*.py")}
    assert {folder for folder in folders if not (folder / "__init__.py").exists()} == set()
