"""What runs and what it holds, in a JSON file that outlives the command."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from fcntl import LOCK_EX, flock
from hashlib import sha256
from pathlib import Path

import orjson

from tests.lab.incident import Incident
from tests.lab.servers import folders
from tests.lab.servers.process import Running
from tests.lab.systems import SCENARIOS


@dataclass
class State:
    """Ports stay the same over a stop and a start of one server."""

    sources: str = ""
    ports: dict[str, dict[str, int]] = field(default_factory=dict)
    running: dict[str, Running] = field(default_factory=dict)
    incidents: list[Incident] = field(default_factory=list)

    def save(self) -> None:
        """Write the file, all or nothing."""
        partial = _file().with_suffix(".partial")
        partial.write_bytes(orjson.dumps(self, option=orjson.OPT_INDENT_2))
        partial.replace(_file())


def load() -> State:
    """The state as last saved, without scenarios that are no more; empty when there is none."""
    if not _file().exists():
        return State()
    told = orjson.loads(_file().read_bytes())
    return State(
        sources=told["sources"],
        ports=told["ports"],
        running={name: Running(**each) for name, each in told["running"].items()},
        incidents=[Incident(**each) for each in told["incidents"] if each["scenario"] in SCENARIOS],
    )


def sources() -> str:
    """A digest of the lab's code: another simulation makes another history."""
    root = Path(__file__).parents[1]
    digest = sha256()
    for path in sorted(root.rglob("*.py")):
        if not path.name.startswith("test_"):
            digest.update(path.read_bytes())
    return digest.hexdigest()


@contextmanager
def locked() -> Iterator[None]:
    """Only one command at a time changes the lab."""
    with (folders.cache() / "lock").open("w") as file:
        flock(file, LOCK_EX)
        yield


def _file() -> Path:
    return folders.run() / "state.json"
