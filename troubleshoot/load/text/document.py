"""YAML text to plain data that remembers where everything stands."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from troubleshoot.load.text.scalars import KINDS, PlainLoader
from troubleshoot.model.errors import InputError, Mistake

Path = tuple[str | int, ...]
Place = tuple[int, int]  # line and column, 1-based

MAX_NODES = 20_000  # aliases can make a small file unfold without end
MAX_DEPTH = 50
_TOO_DEEP = f"nested deeper than {MAX_DEPTH}"
_TAG = "tag:yaml.org,2002:"
_HINTS = {
    "mapping values are not allowed in this context": "; a text with ': ' in it needs quotes",
    "found character that cannot start any token": "; quote the text, and indent with spaces",
    "but found another document": "; one file is one document",
    "found a tab character that violates indentation": "; indent with spaces",
}


@dataclass(frozen=True, slots=True)
class Document:
    """``keys`` and ``values`` say where the key and the value of a path stand in ``text``."""

    file: str
    text: str
    data: dict[str, Any]
    keys: Mapping[Path, Place]
    values: Mapping[Path, Place]

    def place(self, path: Path, *, key: bool = False) -> Place:
        """Where ``path`` stands, or the nearest place above it that exists in the file."""
        for length in range(len(path), -1, -1):
            part = path[:length]
            exact = self.keys if key or length < len(path) else self.values
            if place := exact.get(part) or self.values.get(part):
                return place
        return (1, 1)

    def inside(self, path: Path, text: str, row: int, column: int) -> Place:
        """Where a place in ``text``, the value of ``path``, stands in the file; all are 1-based.

        Of a text that YAML has folded only its start is known.
        """
        line, start = self.place(path)
        rows, wanted = self.text.split("\n"), text.split("\n")[row - 1]
        block = rows[line - 1].startswith("|", start - 1)
        at = line + row if block else line
        found = rows[at - 1].find(wanted, 0 if block else start - 1) if block or row == 1 else -1
        return (at, found + column) if found >= 0 and wanted else (line, start)

    def mistake(self, path: Path, message: str, *, key: bool = False) -> Mistake:
        line, column = self.place(path, key=key)
        return Mistake(self.file, line, column, dotted(path), message)


def dotted(path: Path) -> str:
    """``steps[0].checks[2].judge``; keys that would mislead are quoted."""
    text = ""
    for part in path:
        if isinstance(part, int):
            text += f"[{part}]"
        else:
            name = part if re.fullmatch(r"[\w-]+", part) else repr(part)
            text += f".{name}" if text else name
    return text


def parse_document(text: str, file: str) -> Document:
    """Raises InputError for YAML that is broken, ambiguous (a key twice) or not a mapping."""
    try:
        _measure(text, file)
        node = PlainLoader(text).get_single_node()
        if not isinstance(node, yaml.MappingNode):
            raise _error(file, (1, 1), "expected a mapping of keys to values")
        reader = _Reader(file)
        data = reader.read(node, ())
    except yaml.MarkedYAMLError as error:
        raise _error(file, _where(error, text), _syntax(error)) from None
    except yaml.reader.ReaderError as error:
        before = text.encode()[: error.position].decode(errors="replace")
        place = (before.count("\n") + 1, len(before) - before.rfind("\n"))
        message = f"not valid YAML: the character U+{error.character:04X} is not allowed"
        raise _error(file, place, message) from None
    except RecursionError:  # a merge of a mapping into itself
        raise _error(file, (1, 1), "a mapping is merged into itself") from None
    return Document(file, text, data, reader.keys, reader.values)


def _where(error: yaml.MarkedYAMLError, text: str) -> Place:
    """Where the trouble is; where it began, when only the end of the file told."""
    last = len(text.rstrip().split("\n"))
    for mark in (error.problem_mark, error.context_mark):
        if mark and mark.line < last:
            return (mark.line + 1, mark.column + 1)
    return (last, 1)


def _syntax(error: yaml.MarkedYAMLError) -> str:
    problem = str(error.problem)
    if "maximum nesting" in problem.lower():  # libyaml's own limit, met before _measure's
        return _TOO_DEEP
    return f"not valid YAML: {problem}{_HINTS.get(problem, '')}"


def _error(file: str, place: Place, message: str) -> InputError:
    return InputError((Mistake(file, *place, "", message),))


def _measure(text: str, file: str) -> None:
    """Refuse deep nesting while it is still events: the C composer would overrun its stack."""
    loader, depth = PlainLoader(text), 0
    while event := loader.get_event():
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > MAX_DEPTH:
            raise _error(file, _start(event), _TOO_DEEP)


def _start(node: yaml.Node | yaml.Event) -> Place:
    mark = node.start_mark
    return (mark.line + 1, mark.column + 1) if mark else (1, 1)


class _Reader:
    def __init__(self, file: str) -> None:
        self.file = file
        self.count = 0
        self.keys: dict[Path, Place] = {}
        self.values: dict[Path, Place] = {}

    def read(self, node: yaml.Node, path: Path) -> Any:
        self._count(node, path)
        self.values[path] = _start(node)
        kind = node.tag.removeprefix(_TAG)
        if isinstance(node, yaml.MappingNode) and kind == "map":
            return self._mapping(node, path)
        if isinstance(node, yaml.SequenceNode) and kind == "seq":
            return [self.read(child, (*path, index)) for index, child in enumerate(node.value)]
        if isinstance(node, yaml.ScalarNode) and kind in KINDS:
            return self._scalar(node, KINDS[kind].read)
        raise self._error(node, f"the tag {node.tag!r} is not available; write plain YAML")

    def _scalar(self, node: yaml.ScalarNode, read: Callable[[str], Any]) -> Any:
        try:
            return read(node.value)
        except (ValueError, KeyError):  # an explicit tag such as !!int before a text
            raise self._error(node, f"this is not what its tag {node.tag!r} says") from None

    def _mapping(self, node: yaml.MappingNode, path: Path) -> dict[str, Any]:
        data: dict[str, Any] = {}
        own: list[tuple[yaml.ScalarNode, yaml.Node]] = []
        for key, value in node.value:
            if key.tag == f"{_TAG}merge":
                for mapping in self._merged(value):
                    self._count(mapping, path)
                    data |= self._mapping(mapping, path)
            else:
                own.append((self._key(key), value))
        seen: set[str] = set()
        for key, value in own:
            if key.value in seen:
                raise self._error(key, f"the key {key.value!r} is here twice")
            seen.add(key.value)
            self.keys[(*path, key.value)] = _start(key)
            data[key.value] = self.read(value, (*path, key.value))
        return data

    def _merged(self, value: yaml.Node) -> Iterator[yaml.MappingNode]:
        """What ``<<`` merges, the first of a list last, because it wins."""
        listed = reversed(value.value) if isinstance(value, yaml.SequenceNode) else [value]
        for mapping in listed:
            if not isinstance(mapping, yaml.MappingNode):
                raise self._error(mapping, "'<<' merges mappings only")
            yield mapping

    def _key(self, key: yaml.Node) -> yaml.ScalarNode:
        if not isinstance(key, yaml.ScalarNode):
            raise self._error(key, 'a key must be text; a template needs quotes: "{{ name }}"')
        kind = KINDS.get(key.tag.removeprefix(_TAG))
        if kind is None or kind.read is not str:
            means = kind.noun if kind else key.tag
            raise self._error(key, f"the key {key.value!r} is read as {means}; write it in quotes")
        return key

    def _count(self, node: yaml.Node, path: Path) -> None:
        self.count += 1
        if self.count > MAX_NODES or len(path) > MAX_DEPTH:
            raise self._error(node, "too large or too deep; do aliases repeat here?")

    def _error(self, node: yaml.Node, message: str) -> InputError:
        return _error(self.file, _start(node), message)
