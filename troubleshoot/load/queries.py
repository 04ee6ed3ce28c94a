"""Query files: found by name in the query folders, read, and checked as templates."""

from collections.abc import Sequence
from pathlib import Path, PurePosixPath

from troubleshoot.load.validate import did_you_mean
from troubleshoot.model.loaded import LANGUAGES, QueryFile

ENDINGS = {"promql": ".promql", "jaeger": ".json", "elasticsearch": ".json"}
MAX_QUERY = 200_000  # bytes; a query this long is a mistake


def find_query(name: str, folders: Sequence[Path]) -> QueryFile | str:
    """The query, or the sentence that says why there is none."""
    pure = PurePosixPath(name)
    language = pure.parts[0] if pure.parts else ""
    if pure.is_absolute() or ".." in pure.parts or "\\" in name:
        return f"{name!r} must be a path inside queries/"
    if language not in LANGUAGES:
        allowed = ", ".join(f"{folder}/" for folder in LANGUAGES)
        return f"{name!r} must begin with one of: {allowed}"
    if pure.suffix != ENDINGS[language]:
        return f"{name!r} must end in {ENDINGS[language]}"
    for folder in folders:
        file = folder / name
        if file.is_file():
            return _read(name, file)
    known = sorted({found for folder in folders for found in _names(folder, language)})
    looked = ", ".join(str(folder) for folder in folders if folder.is_dir()) or "no folder"
    return f"there is no query {name!r}.{did_you_mean(name, known)} Looked in: {looked}"


def _read(name: str, file: Path) -> QueryFile | str:
    try:
        if file.stat().st_size > MAX_QUERY:
            return f"{file} is larger than {MAX_QUERY} bytes"
        return QueryFile(name, str(file), file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        return f"{file} cannot be read: {error}"


def _names(folder: Path, language: str) -> list[str]:
    return [
        file.relative_to(folder).as_posix()
        for file in folder.glob(f"{language}/**/*{ENDINGS[language]}")
    ]
