"""The files of the working directory that this program would read, and their fingerprint."""

import json
import os
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from hashlib import file_digest, sha256
from pathlib import Path

from troubleshoot.model.errors import UsageError
from troubleshoot.model.store import Store

CONFIG = "troubleshoot.yaml"
FOLDERS = ("playbooks", "queries")
_ENDINGS = (".yaml", ".yml", *sorted({store.ending for store in Store}))
_MAX_DEPTH = 8  # also ends the walk where a symbolic link leads back up
_MAX_ENTRIES = 5_000
_MAX_BYTES = 50_000_000


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """A directory as it was trusted: any change to what counts gives another one.

    ``programs`` are files of the directory that its configuration runs: their content counts too.
    ``secrets`` are files of it that hold a secret: where they lead counts, not what they hold.
    """

    sha256: str
    programs: tuple[str, ...] = ()
    secrets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Project:
    """The working directory. ``files`` are relative to it; of those, nothing is the person's own.

    ``changed``: it was trusted, but not as it is now. ``problem`` says why it cannot be trusted.
    """

    folder: Path
    files: tuple[str, ...]
    trusted: bool = False
    changed: bool = False
    problem: str = ""

    @property
    def playbooks(self) -> tuple[str, ...]:
        """Names of its playbooks."""
        found = (Path(name) for name in self.files if name.endswith((".yaml", ".yml")))
        return tuple(file.stem for file in found if file.parent == Path("playbooks"))

    @property
    def queries(self) -> tuple[str, ...]:
        return tuple(name for name in self.files if "queries" in Path(name).parts[:-1])

    @property
    def withheld(self) -> tuple[str, ...]:
        """Names of playbooks that could be run if it were trusted."""
        return () if self.trusted else self.playbooks


def project(cwd: Path, own: Collection[Path], known: Fingerprint | None) -> Project:
    """``own``: folders that need no trust; ``known``: as it was trusted. Never raises."""
    folder = Path(os.path.realpath(cwd))
    try:
        files = files_of(folder, own)
        same = known is not None and files != () and fingerprint(folder, files, known) == known
    except UsageError as error:
        return Project(folder, (), problem=error.message, changed=known is not None)
    return Project(folder, files, trusted=same, changed=known is not None and not same)


def files_of(folder: Path, own: Collection[Path]) -> tuple[str, ...]:
    """Raises UsageError when there are too many, or a folder cannot be read."""
    real = {os.path.realpath(one) for one in own}
    found = [CONFIG] if os.path.isfile(folder / CONFIG) else []
    for name in FOLDERS:
        if os.path.isdir(folder / name) and os.path.realpath(folder / name) not in real:
            for count, file in enumerate(_walk(folder, name, 1)):
                if count >= _MAX_ENTRIES:
                    raise UsageError(f"{folder / name} holds more than {_MAX_ENTRIES:,} files")
                found += [file] if file.lower().endswith(_ENDINGS) else []
    return tuple(sorted(found))


def _walk(folder: Path, inner: str, depth: int) -> Iterator[str]:
    """Every file and folder below; links are followed, as the program itself would."""
    if depth > _MAX_DEPTH:
        message = f"{folder / inner} is nested too deep, or a symbolic link leads back up"
        raise UsageError(message)
    try:
        names = sorted(os.listdir(folder / inner))
    except OSError as error:
        raise UsageError(f"{folder / inner} cannot be read: {error.strerror}") from None
    for name in names:
        path = f"{inner}/{name}"
        if os.path.isdir(folder / path):
            yield f"{path}/"
            yield from _walk(folder, path, depth + 1)
        elif os.path.isfile(folder / path):
            yield path


def fingerprint(folder: Path, files: Iterable[str], like: Fingerprint) -> Fingerprint:
    """Of ``files``, and of the programs and secrets of ``like``. Raises UsageError."""
    digest, size = sha256(), 0
    for name in (*files, *like.programs):
        try:
            with (folder / name).open("rb") as stream:
                size += os.fstat(stream.fileno()).st_size
                if size > _MAX_BYTES:
                    raise UsageError(f"{folder} holds more than {_MAX_BYTES:,} bytes to trust")
                content = file_digest(stream, "sha256").hexdigest()
        except OSError as error:
            raise UsageError(f"{folder / name} cannot be read: {error.strerror}") from None
        digest.update(json.dumps([name, content]).encode())
    for name in like.secrets:
        digest.update(json.dumps([name, os.path.realpath(folder / name)]).encode())
    return Fingerprint(digest.hexdigest(), like.programs, like.secrets)


def inside(folder: Path, word: str) -> bool:
    """Whether ``word`` of a command or a path names a file that lies in ``folder``."""
    file = folder / word
    return os.path.isfile(file) and Path(os.path.normpath(file)).is_relative_to(folder)
