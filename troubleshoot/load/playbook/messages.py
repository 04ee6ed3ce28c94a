"""Families of messages: ``messages.yaml`` of each query folder, one's own added to what ships."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from troubleshoot.load.text.document import parse_document
from troubleshoot.load.text.files import read_text
from troubleshoot.load.text.validate import validate
from troubleshoot.model.errors import InputError
from troubleshoot.model.messages import Family, Messages
from troubleshoot.model.resolved_playbook import QueryFile

FILE = "messages.yaml"
FOLDER = "messages"  # how a bundle calls them, numbered


def find_messages(folders: Sequence[Path]) -> tuple[QueryFile, ...]:
    """Every file of families there is. Raises InputError for one that cannot be read."""
    files = [folder / FILE for folder in folders if (folder / FILE).is_file()]
    return tuple(
        QueryFile(f"{FOLDER}/{number}.yaml", str(file), read_text(file))
        for number, file in enumerate(dict.fromkeys(files))
    )


def read_families(files: Iterable[QueryFile]) -> tuple[Family, ...]:
    """By name; a family that several files name has the patterns of all.

    Raises InputError with the place of each mistake, an example without its pattern among them.
    """
    found: dict[str, Family] = {}
    for file in files:
        for name, means, patterns in _families(file):
            known = found.get(name, Family(name, means, ()))
            found[name] = Family(name, known.means, (*known.patterns, *patterns))
    return tuple(found[name] for name in sorted(found))


def _families(file: QueryFile) -> list[tuple[str, str, tuple[str, ...]]]:
    document = parse_document(file.text, file.file)
    messages = validate(Messages, document, document.data)
    mistakes = [
        document.mistake(
            ("families", name, "patterns", row, "example"),
            f"the pattern {one.pattern!r} is not found in its example {one.example!r}",
        )
        for name, family in messages.families.items()
        for row, one in enumerate(family.patterns)
        if not Family(name, "", (one.pattern,)).says(one.example)
    ]
    if mistakes:
        raise InputError(tuple(mistakes))
    return [
        (name, one.means, tuple(pattern.pattern for pattern in one.patterns))
        for name, one in messages.families.items()
    ]
