"""What trusting a directory grants: what its configuration may run, read and talk to."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from shlex import join
from typing import Any

from troubleshoot.load.text.document import Path as DataPath
from troubleshoot.load.text.document import dotted, parse_document
from troubleshoot.load.text.files import read_text
from troubleshoot.load.trust.project import CONFIG, Fingerprint, Project, fingerprint, inside
from troubleshoot.model.errors import UsageError
from troubleshoot.model.store import Store

_VERBS = {
    "url": "talks to",
    "command": "runs",
    "env": "reads the variable",
    **dict.fromkeys(("file", "ca_file", "client_cert", "client_key"), "reads the file"),
}


@dataclass(frozen=True, slots=True)
class Use:
    """``words`` are those of a command, else one; ``where`` is the place in the configuration."""

    verb: str
    words: tuple[str, ...]
    where: str

    def __str__(self) -> str:
        return f"{self.verb} {join(self.words) if self.verb == 'runs' else self.words[0]}"


@dataclass(frozen=True, slots=True)
class Grant:
    """``uses`` in the order of the configuration."""

    fingerprint: Fingerprint
    uses: tuple[Use, ...]


def grant(project: Project) -> Grant:
    """Nothing of it is run. Raises UsageError for what cannot be trusted."""
    folder = project.folder
    if project.problem:
        raise UsageError(project.problem)
    if not project.files:
        what = f"no {CONFIG}, and no playbooks or queries of its own"
        raise UsageError(f"there is nothing to trust in {folder}: {what}")
    before = fingerprint(folder, project.files, Fingerprint(""))
    uses = tuple(_uses_of(folder / CONFIG)) if CONFIG in project.files else ()
    if fingerprint(folder, project.files, Fingerprint("")) != before:
        raise UsageError(f"{folder} changed while it was read", "look at it, and trust it again")
    return Grant(fingerprint(folder, project.files, _also(folder, uses)), uses)


def _also(folder: Path, uses: tuple[Use, ...]) -> Fingerprint:
    """What counts besides the files that count anyway."""
    words = [word for use in uses if use.verb == "runs" for word in use.words]
    files = [use.words[0] for use in uses if use.verb == "reads the file"]
    return Fingerprint(
        "",
        programs=tuple(dict.fromkeys(word for word in words if inside(folder, word))),
        secrets=tuple(dict.fromkeys(one for one in files if not _elsewhere(one))),
    )


def _elsewhere(file: str) -> bool:
    return file.startswith("~") or Path(file).is_absolute()


def _uses_of(file: Path) -> Iterator[Use]:
    """From the file as it stands: it may lean on another, so it need not be whole by itself."""
    environments = parse_document(read_text(file), str(file)).data.get("environments")
    for name, environment in _items(environments):
        for store, settings in _items(environment):
            if store in [one.value for one in Store]:
                yield from _uses(settings, (name, store))


def _uses(data: Any, path: DataPath) -> Iterator[Use]:
    for key, value in _items(data):
        if isinstance(value, dict):
            yield from _uses(value, (*path, key))
        elif value and key in _VERBS:
            words = value if isinstance(value, list) else [value]
            yield Use(_VERBS[key], tuple(map(str, words)), dotted(path))


def _items(data: Any) -> list[tuple[str, Any]]:
    return list(data.items()) if isinstance(data, dict) else []
