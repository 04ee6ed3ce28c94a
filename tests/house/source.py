"""The modules of the program and what they import, read from their source."""

import ast
from dataclasses import dataclass
from pathlib import Path

import troubleshoot

ROOT = Path(troubleshoot.__file__).parent


@dataclass(frozen=True, slots=True)
class Module:
    """``name`` is dotted, without the package; ``imports`` are dotted names of the program."""

    name: str
    file: Path
    tree: ast.Module

    @property
    def floor(self) -> str:
        return self.name.split(".")[0]

    @property
    def package(self) -> bool:
        return self.file.name == "__init__.py"


def modules() -> dict[str, Module]:
    found = {}
    for file in sorted(ROOT.rglob("*.py")):
        parts = ["troubleshoot", *file.relative_to(ROOT).with_suffix("").parts]
        name = ".".join(part for part in parts if part != "__init__")
        found[name] = Module(name, file, ast.parse(file.read_text(encoding="utf-8")))
    return found


def imported(module: Module, known: dict[str, Module]) -> set[str]:
    """Modules of the program that ``module`` imports anywhere, also inside functions."""
    names: set[str] = set()
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module.name} imports relatively"
            base = node.module or ""
            names |= {f"{base}.{alias.name}" for alias in node.names} | {base}
    deepest = {_known(name, known) for name in names if name.split(".")[0] == "troubleshoot"}
    return deepest - {module.name}


def _known(name: str, known: dict[str, Module]) -> str:
    while name not in known:
        name = name.rpartition(".")[0]
    return name
