"""A docstring says in its first line, in whole, what the thing is."""

import ast
from collections.abc import Iterator

import pytest

from tests.house.source import Module, modules

MODULES = modules()
DESCRIBED = ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef


def docstrings(module: Module) -> Iterator[tuple[str, list[str]]]:
    """Where each starts, and its lines."""
    for node in ast.walk(module.tree):
        if isinstance(node, DESCRIBED) and (text := ast.get_docstring(node)):
            yield f"{module.file.name}:{node.body[0].lineno}", text.splitlines()


@pytest.mark.parametrize("name", MODULES)
def test_the_first_sentence_of_a_docstring_stands_on_one_line(name: str) -> None:
    broken = [
        f"{place}: {lines[0]}"
        for place, lines in docstrings(MODULES[name])
        if len(lines) > 1 and not (lines[0].endswith((".", ":", "?", "!")) and lines[1] == "")
    ]
    assert broken == []
