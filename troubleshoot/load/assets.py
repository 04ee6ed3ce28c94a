"""Where playbooks and queries are: a checkout, an installed wheel, and the user's own folders."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from troubleshoot.model.errors import UsageError

_PACKAGE = Path(__file__).resolve().parent.parent
_TITLE = re.compile(r"^title:\s*(?P<quote>[\"']?)(?P<title>.+?)(?P=quote)\s*(?:\s#.*)?$", re.M)


@dataclass(frozen=True, slots=True)
class Place:
    """A folder that may hold playbooks, its query folder, and what to call it."""

    origin: str
    playbooks: Path
    queries: Path


@dataclass(frozen=True, slots=True)
class PlaybookFile:
    """A playbook that can be run by name. ``overrides``: origins of those it hides."""

    name: str
    file: Path
    origin: str
    overrides: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """Read without a YAML parser: ``--help`` must not wait for one."""
        try:
            with self.file.open(encoding="utf-8-sig", errors="replace") as stream:
                match = _TITLE.search(stream.read(4000))
        except OSError:
            return "(cannot be read)"
        return match["title"] if match else ""


def built_in() -> Place:
    """The top level of a checkout, or the copy inside the wheel."""
    packed = _PACKAGE / "_assets"
    root = packed if packed.is_dir() else _PACKAGE.parent
    return Place("built in", root / "playbooks", root / "queries")


def demos() -> Path:
    return _PACKAGE / "demos"


def user_place(config_dir: Path) -> Place:
    return Place("user", config_dir / "playbooks", config_dir / "queries")


def places(environ: Mapping[str, str], project: Path | None, config_dir: Path) -> tuple[Place, ...]:
    """In rising order of precedence; one with neither playbooks nor vocabularies is left out.

    ``project`` is the working directory where it is trusted. Raises UsageError when
    TROUBLESHOOT_PLAYBOOKS names one that is not there.
    """
    found = [built_in(), user_place(config_dir)]
    if project:
        found.append(Place("project", project / "playbooks", project / "queries"))
    named = environ.get("TROUBLESHOOT_PLAYBOOKS", "").split(os.pathsep)
    found += [_named(Path(part).expanduser()) for part in named if part]
    first: dict[str, Place] = {}
    for place in found:
        if _is_folder(place.playbooks) or _is_folder(place.queries / "vocabulary"):
            first.setdefault(os.path.realpath(place.playbooks), place)
    return tuple(first.values())


def _named(folder: Path) -> Place:
    """A folder of the variable; its queries are inside it or beside it."""
    if not _is_folder(folder):
        raise UsageError(f"TROUBLESHOOT_PLAYBOOKS names {str(folder)!r}, which is no folder")
    inner = folder / "queries"
    queries = inner if _is_folder(inner) else folder.parent / "queries"
    return Place("TROUBLESHOOT_PLAYBOOKS", folder, queries)


def _is_folder(path: Path) -> bool:
    return os.path.isdir(path) and os.access(path, os.R_OK | os.X_OK)


def entries(where: tuple[Place, ...]) -> tuple[PlaybookFile, ...]:
    """Playbooks by file name; a later place hides an earlier one of the same name."""
    found: dict[str, PlaybookFile] = {}
    for place in where:
        for file in sorted(place.playbooks.glob("*.y*ml")):
            if not _is_playbook(file):
                continue
            hidden = found.get(file.stem)
            overrides = (*hidden.overrides, hidden.origin) if hidden else ()
            found[file.stem] = PlaybookFile(file.stem, file, place.origin, overrides)
    return tuple(sorted(found.values(), key=lambda entry: entry.name))


def _is_playbook(file: Path) -> bool:
    named = file.suffix in (".yaml", ".yml") and not file.name.startswith(".")
    return named and os.path.isfile(file)


def query_folders(playbook: Path, where: tuple[Place, ...]) -> tuple[Path, ...]:
    """Where a playbook's queries are looked for: beside it first, the built-in ones last.

    Outside its own folder only where that is called ``playbooks``, or is one of ``where``: what
    lies above any other folder is not the playbook's, and may be anybody's.
    """
    project = {place.playbooks for place in where if place.origin == "project"}
    # trust counts what stands in the project, not what stands beside the file that a link leads to
    folder = playbook.parent if playbook.parent in project else playbook.resolve().parent
    own = [folder / "queries"]
    known = {os.path.realpath(place.playbooks) for place in where}
    if folder.name == "playbooks" or str(folder) in known:
        own.append(folder.parent / "queries")
    return tuple(dict.fromkeys([*own, *(place.queries for place in reversed(where))]))
