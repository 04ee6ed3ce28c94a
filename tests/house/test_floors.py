"""Imports point down only, and never in a circle."""

import ast
import subprocess
import sys
from graphlib import TopologicalSorter

from tests.house.source import Module, imported, modules

FLOORS = {
    "model": 0,
    "load": 1,
    "backends": 2,
    "analysis": 2,
    "engine": 3,
    "render": 4,
    "cli": 5,
}
APART = {  # beyond the floors: who must not know whom
    "engine": {"backends"},
    "backends": {"analysis"},
    "analysis": {"backends", "load"},
    "render": {"backends", "load"},
}
MODULES = modules()


def floor(name: str) -> str:
    """``model`` of ``troubleshoot.model.window``; '' of the package itself."""
    return name.split(".")[1] if "." in name else ""


def runtime(module: Module) -> set[str]:
    """What is imported when the module runs, without what only type checkers see."""
    tree = ast.parse(ast.unparse(module.tree))
    for node in ast.walk(tree):
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            node.body = [ast.Pass()]
    return imported(Module(module.name, module.file, tree), MODULES)


def test_every_folder_is_a_floor() -> None:
    packages = {floor(name) for name, module in MODULES.items() if module.package}
    assert packages - {""} == set(FLOORS)


def test_no_import_points_up() -> None:
    up = [
        f"{name} imports {other}"
        for name, module in MODULES.items()
        for other in imported(module, MODULES)
        if floor(name) in FLOORS
        and floor(other) in FLOORS
        and FLOORS[floor(other)] > FLOORS[floor(name)]
    ]
    assert up == []


def test_neighbours_that_must_not_know_each_other_do_not() -> None:
    known = [
        f"{name} imports {other}"
        for name, module in MODULES.items()
        for other in imported(module, MODULES)
        if floor(other) in APART.get(floor(name), set())
    ]
    assert known == []


def test_no_imports_make_a_circle() -> None:
    graph = {name: runtime(module) for name, module in MODULES.items()}
    TopologicalSorter(graph).prepare()  # raises CycleError, which names the circle


def loaded_by(*names: str) -> set[str]:
    """The top-level modules in a fresh interpreter after importing ``names``."""
    program = f"import sys, {', '.join(names)}; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    return {name.split(".")[0] for name in done.stdout.split()}


def test_help_can_list_the_playbooks_without_heavy_libraries() -> None:
    found = loaded_by("troubleshoot.load.assets")
    assert "troubleshoot" in found
    assert not found & {"pydantic", "yaml", "jinja2", "rich", "httpx", "typer"}


def test_floors_0_and_1_need_no_client_and_no_renderer() -> None:
    lower = [name for name in MODULES if floor(name) in ("model", "load")]
    found = loaded_by(*lower)
    assert "pydantic" in found
    assert not found & {"httpx", "requests", "elasticsearch", "prometheus_api_client", "rich"}
