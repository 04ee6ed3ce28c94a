"""What a directory holds that is not used because it is not trusted, in words."""

import os
import shlex
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from troubleshoot.load.trust.project import CONFIG, FOLDERS, Project
from troubleshoot.model.errors import UsageError
from troubleshoot.model.notice import Notice


def withheld(project: Project, named: Iterable[Path] = ()) -> tuple[Notice, ...]:
    """``named``: files and folders that are used all the same, because the person named them."""
    folder = str(project.folder)
    if project.problem:
        return (Notice(folder, 0, 0, f"nothing of it is used: {project.problem}"),)
    used = {os.path.realpath(one) for one in named}
    here = [name for name in (CONFIG, *FOLDERS) if os.path.realpath(project.folder / name) in used]
    files = tuple(name for name in project.files if name.split("/")[0] not in here)
    left = replace(project, files=files)
    found = [CONFIG] if CONFIG in files else []
    found += _counted(len(left.playbooks), "playbook", "playbooks")
    found += _counted(len(left.queries), "query file", "query files")
    if project.trusted or not found:
        return ()
    why = "it has changed since you trusted it" if project.changed else "you have not trusted it"
    return (Notice(folder, 0, 0, f"not used, because {why}: {', '.join(found)}"),)


def how_to_trust(project: Project) -> str:
    """One line to paste; a name that a terminal could not show is left to the shell."""
    folder = str(project.folder)
    return f"troubleshoot trust {shlex.quote(folder) if folder.isprintable() else '.'}"


def only_withheld(project: Project, playbook: str) -> UsageError:
    """The refusal of a playbook that is nowhere else."""
    why = "has changed since you trusted it" if project.changed else "is not trusted"
    return UsageError(
        f"the playbook {playbook!r} is only in {project.folder}, which {why}",
        f"read what lies there, then: {how_to_trust(project)}",
    )


def _counted(count: int, one: str, many: str) -> list[str]:
    return [f"{count} {one if count == 1 else many}"] if count else []
