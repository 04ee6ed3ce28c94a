"""Where the lab keeps what it built and what it runs: outside the repository."""

import os
import pwd
from pathlib import Path

from tests.lab.errors import LabError


def cache() -> Path:
    """The lab's folder, made if missing.

    `TROUBLESHOOT_LAB` names it; else it is the user's cache folder. Root's home cannot be read by
    the other user Elasticsearch must run as, so root gets a folder under /var/tmp.
    """
    named = os.environ.get("TROUBLESHOOT_LAB")
    if named:
        folder = Path(named).expanduser().resolve()
    elif os.geteuid() == 0:
        folder = Path("/var/tmp/troubleshoot-lab")
    else:
        home = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
        folder = Path(home) / "troubleshoot-lab"
    folder.mkdir(parents=True, exist_ok=True, mode=0o755)
    if folder.stat().st_uid != os.geteuid():
        owner = pwd.getpwuid(folder.stat().st_uid).pw_name
        raise LabError(f"{folder} belongs to {owner}; name another folder in TROUBLESHOOT_LAB")
    return folder


def built() -> Path:
    """What is kept between runs: built and unpacked servers."""
    folder = cache() / "built"
    folder.mkdir(exist_ok=True)
    return folder


def run() -> Path:
    """What belongs to the running lab: data, logs and the state file. `down` removes it."""
    folder = cache() / "run"
    folder.mkdir(exist_ok=True)
    return folder


def incidents() -> Path:
    """The files incidents are filled from; a server that forgets is filled again."""
    folder = run() / "incidents"
    folder.mkdir(exist_ok=True)
    return folder
