"""Vocabulary files: found in the query folders, and read into values."""

from collections.abc import Sequence
from pathlib import Path

from troubleshoot.load.document import parse_document
from troubleshoot.load.files import read_text
from troubleshoot.load.validate import did_you_mean, validate
from troubleshoot.model.errors import InputError
from troubleshoot.model.loaded import QueryFile
from troubleshoot.model.vocabulary import MEANINGS, Vocabulary

FOLDER = "vocabulary"


def find_vocabularies(folders: Sequence[Path]) -> tuple[QueryFile, ...]:
    """By file name; one in an earlier folder hides one of the same name. Raises InputError."""
    found: dict[str, QueryFile] = {}
    for folder in folders:
        for file in sorted((folder / FOLDER).glob("*.yaml")):
            name = f"{FOLDER}/{file.name}"
            if name not in found:
                found[name] = QueryFile(name, str(file), read_text(file))
    return tuple(found[name] for name in sorted(found))


def read_vocabulary(file: QueryFile) -> Vocabulary:
    """Raises InputError with the place of each mistake."""
    document = parse_document(file.text, file.file)
    found = validate(Vocabulary, document, document.data)
    mistakes = [
        document.mistake(("phrases", row, "labels"), "the key 'service' is missing")
        for row, phrase in enumerate(found.phrases)
        if "service" not in phrase.labels
    ]
    if mistakes:
        raise InputError(tuple(mistakes))
    return found


def meaning_problem(name: str) -> str:
    """Why ``vocabulary/NAME`` is no query, or nothing."""
    meaning = name.partition("/")[2]
    if meaning in MEANINGS:
        return ""
    allowed = ", ".join(MEANINGS)
    return f"there is no meaning {meaning!r}.{did_you_mean(meaning, MEANINGS)} Known: {allowed}"
