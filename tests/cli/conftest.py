"""The program in a world of its own: clock, environment and folders are given."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from tests.ran import Ran
from tests.recorded import RecordedServers
from troubleshoot.cli.main import build
from troubleshoot.cli.world import World
from troubleshoot.load.assets import demos

NOW = datetime(2025, 11, 7, 15, 30, tzinfo=UTC)


@dataclass
class Program:
    folder: Path
    environ: dict[str, str] = field(default_factory=dict)
    now: Callable[[], datetime] = lambda: NOW

    def __call__(self, *words: str, **more: Any) -> Ran:
        world = World({"TZ": "UTC", **self.environ}, self.folder, self.folder / "config", self.now)
        ended = CliRunner().invoke(build(world), list(words), **more)
        return Ran(ended.exit_code, ended.stdout, ended.stderr)

    def write(self, name: str, text: str) -> Path:
        file = self.folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        return file

    def asks(self, servers: RecordedServers) -> "Program":
        self.environ |= servers.environ
        return self


@pytest.fixture
def program(tmp_path: Path) -> Program:
    return Program(tmp_path)


def recorded(name: str, **more: Any) -> RecordedServers:
    return RecordedServers(demos() / f"{name}.zip", **more)


def without(document: Mapping[str, Any], *keys: str) -> dict[str, Any]:
    return {key: value for key, value in document.items() if key not in keys}
