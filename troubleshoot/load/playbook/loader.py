"""A playbook file and its queries to one frozen value, or every mistake with its place."""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path, PurePath
from typing import Any

from pydantic import BaseModel

from troubleshoot.load.playbook import references
from troubleshoot.load.playbook.evidence import families_used
from troubleshoot.load.playbook.library import Library
from troubleshoot.load.playbook.messages import find_messages, read_families
from troubleshoot.load.playbook.parameters import Given, settle
from troubleshoot.load.playbook.promql.checks import checked
from troubleshoot.load.playbook.queries import find_query
from troubleshoot.load.playbook.unused import unused
from troubleshoot.load.playbook.vocabularies import (
    FOLDER,
    filled,
    find_vocabularies,
    read_vocabulary,
)
from troubleshoot.load.text.document import Document, dotted, parse_document
from troubleshoot.load.text.document import Path as DataPath
from troubleshoot.load.text.files import read_text
from troubleshoot.load.text.templates import RESERVED, render
from troubleshoot.load.text.validate import validate
from troubleshoot.model.dialect import Dialects
from troubleshoot.model.errors import InputError, Mistake
from troubleshoot.model.playbook import Name, Parameter, Playbook
from troubleshoot.model.resolved_playbook import QueryFile, ResolvedPlaybook, Setting
from troubleshoot.model.times import format_duration
from troubleshoot.model.window import Window


class _Head(BaseModel):
    """What must be known before the rest can be read."""

    format: Any = None
    playbook: Any = None
    parameters: dict[Name, Parameter] = {}


def load_playbook(
    file: Path,
    folders: Sequence[Path],
    window: Window,
    given: Given,
    dialects: Dialects,
) -> ResolvedPlaybook:
    """Read ``file`` and the queries it names from ``folders``. Raises InputError, UsageError."""
    text = read_text(file)

    def find(name: str) -> QueryFile | str:
        return find_query(name, folders)

    def vocabularies() -> tuple[QueryFile, ...]:
        return find_vocabularies(folders)

    def messages() -> tuple[QueryFile, ...]:
        return find_messages(folders)

    library = Library(find, dialects, vocabularies, messages)
    loaded = assemble(text, str(file), library, window, given)
    return checked(loaded, {**loaded.variables, **clock(window)})


def assemble(
    text: str,
    file: str,
    library: Library,
    window: Window,
    given: Given,
) -> ResolvedPlaybook:
    """The same from text and a way to find queries: a bundle brings both.

    Its PromQL has been asked already, so that it is not looked at again.
    """
    document = parse_document(text, file)
    head = validate(_Head, document, document.data)
    _understood(document, head)
    words = library.vocabularies()
    vocabularies = tuple(read_vocabulary(one) for one in words)
    settings = filled(settle(head.parameters, given, file), vocabularies)
    variables = {setting.name: setting.value for setting in settings} | clock(window)
    data, mistakes = _Filler(document, variables).fill_all()
    mistakes = [*_names(document, head), *mistakes]
    try:
        playbook = validate(Playbook, document, data)
    except InputError as error:
        unfilled = {mistake.path for mistake in mistakes}
        others = [mistake for mistake in error.mistakes if mistake.path not in unfilled]
        raise InputError((*mistakes, *others)) from None
    if mistakes:
        raise InputError(tuple(mistakes))
    said = library.messages()
    families = read_families(said)
    known = {one.name for one in families}
    queries = references.check(document, playbook, library, variables, known)
    used = (*words,) if _by_convention(playbook, settings) else ()
    used += said if families_used(playbook) else ()
    notices = unused(document, playbook, queries)
    return ResolvedPlaybook(
        playbook, file, text, (*queries, *used), settings, vocabularies, families, notices
    )


def _understood(document: Document, head: _Head) -> None:
    """Raises InputError for a file in the language as it was before evidence had words."""
    if head.format in (None, 1) and isinstance(document.data, dict):
        message = (
            "this is format 1: write 'format: 2' and say each 'where' in the words of its check;"
            " `troubleshoot show PLAYBOOK CHECK` lists them, labels of series stand under 'labels'"
        )
        place = ("format",) if "format" in document.data else ()
        raise InputError((document.mistake(place, message),))


def _by_convention(playbook: Playbook, settings: tuple[Setting, ...]) -> bool:
    return any(one.source == FOLDER for one in settings) or any(
        check.query.startswith(f"{FOLDER}/") for _, check in playbook.checks()
    )


def clock(window: Window) -> dict[str, str]:
    """The variables that every template has besides the playbook's own parameters."""
    return {
        "window": format_duration(window.rate),
        "lookback": format_duration(window.lookback),
        "step": format_duration(window.step),
        "at": f"{window.at.timestamp():.3f}".rstrip("0").rstrip("."),
    }


def _names(document: Document, head: _Head) -> Iterator[Mistake]:
    """One playbook has one name, and no parameter hides a variable that is always there."""
    stem = PurePath(document.file).stem
    if isinstance(head.playbook, str) and head.playbook != stem:
        message = f"the playbook is called {head.playbook!r} here and {stem!r} by its file name"
        yield document.mistake(("playbook",), message)
    for name, parameter in head.parameters.items():
        if name in RESERVED:
            message = f"a parameter cannot be called {name!r}: templates use the word"
            yield document.mistake(("parameters", name), message, key=True)
        if "{{" in str(parameter.default):
            message = "a default is a plain value; templates are not filled in here"
            yield document.mistake(("parameters", name, "default"), message)


class _Filler:
    """Fills in the templates of a playbook, and gathers their mistakes."""

    def __init__(self, document: Document, variables: Mapping[str, Any]) -> None:
        self.document = document
        self.variables = variables
        self.rows = document.text.split("\n")
        self.mistakes: list[Mistake] = []

    def fill_all(self) -> tuple[Any, list[Mistake]]:
        return self._fill(self.document.data, ()), self.mistakes

    def _fill(self, data: Any, path: DataPath) -> Any:
        if path == ("parameters",):
            return data
        if isinstance(data, dict):
            return self._mapping(data, path)
        if isinstance(data, list):
            return [self._fill(value, (*path, index)) for index, value in enumerate(data)]
        return self._text(data, path) if isinstance(data, str) else data

    def _mapping(self, data: dict[str, Any], path: DataPath) -> dict[str, Any]:
        filled: dict[str, Any] = {}
        for written, value in data.items():
            key = self._key(written, (*path, written))
            if key in filled:
                message = f"the key {key!r} is here twice, once it is filled in"
                self.mistakes.append(self.document.mistake((*path, written), message, key=True))
            filled[key] = self._fill(value, (*path, written))
        return filled

    def _key(self, key: str, path: DataPath) -> str:
        """The labels of a `where` may be parameters too."""
        return str(self._text(key, path)) if "{{" in key else key

    def _text(self, text: str, path: DataPath) -> Any:
        """``{{ name }}`` alone keeps the parameter's own type; in a sentence it becomes text."""
        alone = re.fullmatch(r"\s*{{\s*(\w+)\s*}}\s*", text)
        if alone and alone[1] in self.variables and "commands" not in path:
            return self.variables[alone[1]]
        language = "shell" if "commands" in path else "plain"
        line, column = self.document.place(path)
        block = self.rows[line - 1][column - 1 :].startswith(("|", ">"))
        begins = line + 1 if block else line
        try:
            return render(text, self.variables, language=language, file="", line=begins)
        except InputError as error:
            self.mistakes += [self._placed(mistake, path) for mistake in error.mistakes]
            return text

    def _placed(self, mistake: Mistake, path: DataPath) -> Mistake:
        """The template knew the line; the word it points at is found in the file itself."""
        row = self.rows[mistake.line - 1] if mistake.line <= len(self.rows) else ""
        _, column = self.document.place(path)
        named = re.match(r"unknown variable '(\w+)'", mistake.message)
        found = row.find(named[1]) + 1 if named else 0
        column = found or column
        return Mistake(self.document.file, mistake.line, column, dotted(path), mistake.message)
