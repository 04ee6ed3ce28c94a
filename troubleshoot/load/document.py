"""YAML text to plain data that remembers where everything stands."""

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Any, cast

import yaml

from troubleshoot.model.errors import InputError, Mistake

Path = tuple[str | int, ...]
Place = tuple[int, int]  # line and column, 1-based

MAX_NODES = 50_000  # aliases can make a small file unfold without end
_Loader: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Document:
    """``keys`` and ``values`` say where the key and the value of a path stand."""

    file: str
    data: dict[str, Any]
    keys: dict[Path, Place]
    values: dict[Path, Place]

    def place(self, path: Path, *, key: bool = False) -> Place:
        """Where ``path`` stands, or the nearest place above it that exists in the file."""
        for length in range(len(path), -1, -1):
            part = path[:length]
            exact = self.keys if key or length < len(path) else self.values
            if place := exact.get(part) or self.values.get(part):
                return place
        return (1, 1)

    def mistake(self, path: Path, message: str, *, key: bool = False) -> Mistake:
        line, column = self.place(path, key=key)
        return Mistake(self.file, line, column, dotted(path), message)


def dotted(path: Path) -> str:
    """``steps[0].checks[2].judge``."""
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else part
    return text


def parse_document(text: str, file: str) -> Document:
    """Raises InputError for YAML that is broken, ambiguous (a key twice) or not a mapping."""
    try:
        loader = _Loader(text)
        node = loader.get_single_node()
        if not isinstance(node, yaml.MappingNode):
            raise _error(file, 1, 1, "expected a mapping of keys to values")
        walker = _Walker(file)
        walker.walk(node, ())
        data = cast(dict[str, Any], loader.construct_document(node))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        raise _error(file, line, column, f"not valid YAML: {error.problem}") from None
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise _error(file, 1, 1, f"not valid YAML: {error}") from None
    return Document(file, data, walker.keys, walker.values)


def _error(file: str, line: int, column: int, message: str) -> InputError:
    return InputError((Mistake(file, line, column, "", message),))


class _Walker:
    def __init__(self, file: str) -> None:
        self.file = file
        self.keys: dict[Path, Place] = {}
        self.values: dict[Path, Place] = {}

    def walk(self, node: yaml.Node, path: Path) -> None:
        line, column = node.start_mark.line + 1, node.start_mark.column + 1
        self.values[path] = (line, column)
        if len(self.values) > MAX_NODES or len(path) > 50:
            raise _error(self.file, line, column, "too large or too deep; do aliases repeat here?")
        if isinstance(node, yaml.MappingNode):
            self._mapping(node, path)
        elif isinstance(node, yaml.SequenceNode):
            for index, child in enumerate(node.value):
                self.walk(child, (*path, index))

    def _mapping(self, node: yaml.MappingNode, path: Path) -> None:
        seen: set[Hashable] = set()
        for key, value in node.value:
            line, column = key.start_mark.line + 1, key.start_mark.column + 1
            if not isinstance(key, yaml.ScalarNode):
                raise _error(self.file, line, column, "a key must be plain text")
            if key.value in seen:
                raise _error(self.file, line, column, f"the key {key.value!r} is here twice")
            seen.add(key.value)
            self.keys[(*path, key.value)] = (line, column)
            self.walk(value, (*path, key.value))
