"""Query files: found by name in the query folders, and read."""

import os
from collections.abc import Sequence
from pathlib import Path, PurePosixPath

from troubleshoot.load.text.files import read_text
from troubleshoot.model.errors import InputError
from troubleshoot.model.resolved_playbook import QueryFile
from troubleshoot.model.spelling import did_you_mean
from troubleshoot.model.store import Store

ENDINGS = {store.folder: store.ending for store in Store} | {"vocabulary": ".yaml"}
MAX_QUERY = 200_000  # bytes; a query this long is a mistake


def find_query(name: str, folders: Sequence[Path]) -> QueryFile | str:
    """The query, or the sentence that says why there is none."""
    if problem := _unusable(name):
        return problem
    for folder in folders:
        file = folder / name
        if os.path.isfile(file):  # Path.is_file raises for a long name
            try:
                return QueryFile(name, str(file), read_text(file, MAX_QUERY))
            except InputError as error:
                return str(error)
    language = name.split("/", 1)[0]
    known = sorted({found for folder in folders for found in _names(folder, language)})
    looked = ", ".join(str(folder) for folder in folders if folder.is_dir()) or "no folder"
    return f"there is no query {name!r}.{did_you_mean(name, known)} Looked in: {looked}"


def _unusable(name: str) -> str:
    """Why this cannot be the name of a query at all, or nothing."""
    pure = PurePosixPath(name)
    if pure.is_absolute() or ".." in pure.parts or "\\" in name:
        return f"{name!r} must be a path inside queries/"
    if str(pure) != name:
        return f"{name!r} must be written {str(pure)!r}"
    language = pure.parts[0] if pure.parts else ""
    if language not in ENDINGS:
        allowed = ", ".join(f"{folder}/" for folder in ENDINGS)
        return f"{name!r} must begin with one of: {allowed}"
    if pure.suffix != ENDINGS[language]:
        return f"{name!r} must end in {ENDINGS[language]}"
    return ""


def _names(folder: Path, language: str) -> list[str]:
    return [
        file.relative_to(folder).as_posix()
        for file in folder.glob(f"{language}/**/*{ENDINGS[language]}")
    ]
