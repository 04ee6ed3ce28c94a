"""The tests against the installed wheel, on each Python of this machine: `make test-pythons`."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic
from xml.etree import ElementTree as ET

ROOT = Path(__file__).resolve().parents[1]
LOCK = ROOT / "tests" / "constraints.txt"
VERSIONS = ("3.11", "3.12", "3.13", "3.14")
NOT_COPIED = {
    "troubleshoot/__init__.py",  # without it this folder is no package: the wheel's is imported
    "tests/test_wheel.py",  # builds one; here all tests run on it
}
PROBE = "import ensurepip, sys, venv; print('{}.{}'.format(*sys.version_info))"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of the tests on one Python; ``seconds`` are theirs alone."""

    python: str
    passed: int
    failed: int
    seconds: float


def candidates(version: str, environ: Mapping[str, str]) -> Iterator[Path]:
    """Where ``version`` may be: on PATH, then among those that pyenv keeps, newest first."""
    for folder in environ.get("PATH", "").split(os.pathsep):
        yield Path(folder, f"python{version}")
    home = environ.get("PYENV_ROOT") or Path(environ.get("HOME", "~")).expanduser() / ".pyenv"
    kept = Path(home, "versions").glob(f"{version}.*/bin/python{version}")
    yield from sorted(kept, key=lambda file: _number(file.parents[1].name), reverse=True)


def _number(version: str) -> tuple[int, ...]:
    return tuple(int(part) if part.isdecimal() else -1 for part in version.split("."))


def usable(version: str, environ: Mapping[str, str]) -> Path | None:
    """The first that runs (a shim may refuse) and can make an environment."""
    for file in candidates(version, environ):
        if os.access(file, os.X_OK):
            asked = subprocess.run([file, "-c", PROBE], capture_output=True, text=True, check=False)
            if asked.returncode == 0 and asked.stdout.strip() == version:
                return file
    return None


def outcome(python: str, code: int, junit: str, seconds: float) -> Outcome:
    """Read from what pytest wrote; a run that ended badly without a failed test failed too."""
    [suite] = ET.fromstring(junit)  # noqa: S314 (written by pytest just now)
    failed = int(suite.attrib["failures"]) + int(suite.attrib["errors"])
    passed = int(suite.attrib["tests"]) - failed - int(suite.attrib["skipped"])
    return Outcome(python, passed, max(failed, int(code != 0)), seconds)


def table(outcomes: Sequence[Outcome], absent: Sequence[str]) -> str:
    rows = ["Python  passed  failed  seconds"]
    rows += [f"{o.python:6}  {o.passed:6}  {o.failed:6}  {o.seconds:7.0f}" for o in outcomes]
    rows += [f"{version:6}  is not on this machine" for version in absent]
    return "\n".join(rows)


def copied(folder: Path) -> Path:
    """The checkout as it is now, without what would hide the wheel."""
    listed = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    done = subprocess.run(listed, cwd=ROOT, capture_output=True, text=True, check=True)
    for name in done.stdout.split("\0"):
        if name and name not in NOT_COPIED and (ROOT / name).exists():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)
    return folder


def wheel(folder: Path) -> Path:
    pip = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation"]
    subprocess.run([*pip, "--wheel-dir", str(folder), str(ROOT)], check=True)
    [made] = folder.glob("*.whl")
    return made


def tested(version: str, python: Path, made: Path, checkout: Path) -> Outcome:
    """Raises SystemExit when what would be tested is not the installed wheel."""
    home = ROOT / f".venv-{version}"
    subprocess.run([python, "-m", "venv", "--clear", home], check=True)
    inside = str(home / "bin" / "python")
    install = [inside, "-m", "pip", "--quiet", "--disable-pip-version-check", "install"]
    subprocess.run([*install, "--constraint", str(LOCK), f"{made}[dev]"], check=True)
    where = [inside, "-c", "import troubleshoot; print(troubleshoot.__file__)"]
    found = subprocess.run(where, cwd=checkout, capture_output=True, text=True, check=True).stdout
    if not Path(found.strip()).is_relative_to(home):
        raise SystemExit(f"the installed wheel is hidden by {found.strip()}")
    junit, began = home / "tests.xml", monotonic()
    pytest = [inside, "-m", "pytest", "-m", "not live", "--numprocesses=auto", "--dist=loadfile"]
    ended = subprocess.run([*pytest, f"--junitxml={junit}"], cwd=checkout, check=False)
    text = junit.read_text(encoding="utf-8")
    return outcome(version, ended.returncode, text, monotonic() - began)


def main() -> int:
    pythons = {version: usable(version, os.environ) for version in VERSIONS}
    with TemporaryDirectory() as folder:
        made, checkout = wheel(Path(folder)), copied(Path(folder, "checkout"))
        outcomes = [
            tested(version, python, made, checkout) for version, python in pythons.items() if python
        ]
    absent = [version for version, python in pythons.items() if not python]
    sys.stdout.write(f"{table(outcomes, absent)}\n")
    return 0 if outcomes and not any(each.failed for each in outcomes) else 1


if __name__ == "__main__":
    sys.exit(main())
