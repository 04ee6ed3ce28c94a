"""What stands in for something built in, told so that nobody takes it for the original."""

import os
from pathlib import Path

from troubleshoot.load.assets import built_in
from troubleshoot.model.notice import Notice
from troubleshoot.model.resolved_playbook import ResolvedPlaybook

_NAMED = 3  # files; more are counted


def overridden(loaded: ResolvedPlaybook, cwd: Path) -> tuple[Notice, ...]:
    """One notice on the playbook and one on its queries, where they are not the built-in ones."""
    place = built_in()
    found = []
    original = place.playbooks / f"{loaded.playbook.playbook}.yaml"
    if _replaces(loaded.file, original):
        message = f"used instead of the built-in playbook {original.stem}"
        found.append(_notice([loaded.file], cwd, message))
    queries = [one.file for one in loaded.queries if _replaces(one.file, place.queries / one.name)]
    if queries:
        message = "used instead of the built-in query files of the same name"
        found.append(_notice(queries, cwd, message))
    return tuple(found)


def _notice(files: list[str], cwd: Path, message: str) -> Notice:
    more = len(files) - _NAMED
    names = ", ".join(_shown(file, cwd) for file in files[:_NAMED])
    return Notice(f"{names} and {more} more" if more > 0 else names, 0, 0, message)


def _replaces(file: str, original: Path) -> bool:
    return os.path.isfile(original) and not os.path.samefile(file, original)


def _shown(file: str, cwd: Path) -> str:
    path, here = (Path(os.path.realpath(one)) for one in (file, cwd))
    return str(path.relative_to(here) if path.is_relative_to(here) else path)
