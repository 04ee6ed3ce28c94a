"""What a command may know of the world around it: clock, environment, folders; injected."""

import os
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path

from troubleshoot.load.assets import Place, PlaybookFile, entries, places
from troubleshoot.load.trust.project import Project, project
from troubleshoot.load.trust.trusted import own_folders, read_trusted
from troubleshoot.load.trust.withheld import only_withheld
from troubleshoot.model.errors import UsageError


@dataclass(frozen=True)
class World:
    """``now`` in UTC; ``monotonic`` in seconds. Streams are ``sys``'s, looked up when used."""

    environ: Mapping[str, str]
    cwd: Path
    config_dir: Path
    now: Callable[[], datetime] = field(default=lambda: datetime.now(UTC))
    monotonic: Callable[[], float] = time.monotonic

    @cached_property
    def project(self) -> Project:
        """The working directory, looked at once: what is read is what was found trusted."""
        known = read_trusted(self.config_dir).get(os.path.realpath(self.cwd))
        return project(self.cwd, own_folders(self.config_dir), known)

    @property
    def trusted(self) -> Path | None:
        """The working directory where its files may be used."""
        return self.project.folder if self.project.trusted else None

    @cached_property
    def places(self) -> tuple[Place, ...]:
        return places(self.environ, self.trusted, self.config_dir)

    @cached_property
    def entries(self) -> tuple[PlaybookFile, ...]:
        return entries(self.places)

    def playbook(self, name: str) -> Path:
        """A playbook's file by its name, or the file itself. Raises UsageError."""
        found = next((one.file for one in self.entries if one.name == name), None)
        if found or Path(name).suffix in (".yaml", ".yml"):
            return found or Path(name)
        from troubleshoot.model.spelling import did_you_mean

        if name in self.project.withheld:
            raise only_withheld(self.project, name)
        names = [one.name for one in self.entries]
        hint = did_you_mean(name, names)
        known = ", ".join(names) or "none"
        raise UsageError(f"there is no playbook {name!r}.{hint} Known: {known}")

    def colour(self, stream: object) -> bool:
        """Colour only for a terminal, and not where NO_COLOR (no-color.org) asks for none."""
        if self.environ.get("NO_COLOR") or self.environ.get("TERM") == "dumb":
            return False
        isatty = getattr(stream, "isatty", None)
        return bool(isatty and isatty())

    def timezone(self, at: datetime) -> str:
        """The local zone at ``at``: its IANA name where TZ gives one, else its offset from UTC."""
        name = self.environ.get("TZ", "").lstrip(":")
        if name and not name.startswith("/") and any(letter.isalpha() for letter in name):
            return name
        offset = at.astimezone().strftime("%z")
        return f"{offset[:3]}:{offset[3:]}"


def real_world() -> World:
    from platformdirs import user_config_path

    return World(os.environ, Path.cwd(), user_config_path("troubleshoot"))
