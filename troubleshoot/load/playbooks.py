"""A playbook file and its queries to one frozen value, or every mistake with its place."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from troubleshoot.load import references
from troubleshoot.load.document import Document, parse_document
from troubleshoot.load.document import Path as DataPath
from troubleshoot.load.parameters import Given, settle
from troubleshoot.load.queries import find_query
from troubleshoot.load.templates import render
from troubleshoot.load.validate import validate
from troubleshoot.model.errors import InputError, Mistake
from troubleshoot.model.loaded import Loaded, QueryFile
from troubleshoot.model.playbook import Name, Parameter, Playbook
from troubleshoot.model.times import format_duration
from troubleshoot.model.window import Window

MAX_PLAYBOOK = 1_000_000  # bytes


class _Head(BaseModel):
    parameters: dict[Name, Parameter] = {}


def read_text(file: Path) -> str:
    """Raises InputError when the file is missing, unreadable, too large or not UTF-8."""
    try:
        if file.stat().st_size > MAX_PLAYBOOK:
            raise InputError((Mistake(str(file), 1, 1, "", "larger than 1 MB"),))
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "not UTF-8 text"
        raise InputError((Mistake(str(file), 1, 1, "", f"cannot be read: {reason}"),)) from None


def load_playbook(
    file: Path,
    folders: Sequence[Path],
    window: Window,
    given: Given,
) -> Loaded:
    """Read ``file`` and the queries it names from ``folders``. Raises InputError, UsageError."""
    text = read_text(file)

    def find(name: str) -> QueryFile | str:
        return find_query(name, folders)

    return assemble(text, str(file), find, window, given)


def assemble(
    text: str,
    file: str,
    find: references.Find,
    window: Window,
    given: Given,
) -> Loaded:
    """The same from text and a way to find queries: a bundle brings both."""
    document = parse_document(text, file)
    head = validate(_Head, document, document.data)
    settings = settle(head.parameters, given, file)
    variables = {setting.name: setting.value for setting in settings} | clock(window)
    data = _resolve(document, document.data, (), variables)
    playbook = validate(Playbook, document, data)
    queries = references.check(document, playbook, find, variables)
    return Loaded(playbook, file, text, queries, settings)


def clock(window: Window) -> dict[str, str]:
    """The variables that every template has besides the playbook's own parameters."""
    return {
        "window": format_duration(window.rate),
        "lookback": format_duration(window.lookback),
        "step": format_duration(window.step),
    }


def _resolve(document: Document, data: Any, path: DataPath, variables: Mapping[str, Any]) -> Any:
    if path == ("parameters",):
        return data
    if isinstance(data, dict):
        return {
            key: _resolve(document, value, (*path, key), variables) for key, value in data.items()
        }
    if isinstance(data, list):
        return [
            _resolve(document, value, (*path, index), variables) for index, value in enumerate(data)
        ]
    if isinstance(data, str) and "{" in data:
        return _fill(document, data, path, variables)
    return data


def _fill(document: Document, text: str, path: DataPath, variables: Mapping[str, Any]) -> Any:
    """``{{ name }}`` alone keeps the parameter's own type; inside a sentence it becomes text."""
    alone = text.strip()
    if alone.startswith("{{") and alone.endswith("}}") and alone[2:-2].strip() in variables:
        return variables[alone[2:-2].strip()]
    language = "shell" if "commands" in path else "plain"
    line, _ = document.place(path)
    return render(text, variables, language=language, file=document.file, line=line)
