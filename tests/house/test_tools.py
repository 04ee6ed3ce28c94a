"""What developers run is told, and says the same wherever it is asked."""

import re
import subprocess
from pathlib import Path

import yaml

ROOT = Path(__file__).parents[2]
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")


def test_make_help_names_every_target() -> None:
    targets = re.findall(r"^([a-z][a-z-]*):", MAKEFILE, re.MULTILINE)
    asked = ["make", "--no-print-directory", "help"]  # a make that runs the tests would be named
    done = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=True)
    assert [line.split()[0] for line in done.stdout.splitlines()] == targets
    assert all(len(line.split()) > 2 for line in done.stdout.splitlines())


def test_the_checks_before_a_commit_are_those_of_make_check() -> None:
    _, asked = MAKEFILE.split("\ncheck:", 1)
    recipe, _ = asked.split("\n\n", 1)
    wanted = re.findall(r"\$\(BIN\)/([a-z-]+(?: (?:check|format))?)", recipe)
    text = (ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8")
    [only] = yaml.safe_load(text)["repos"]
    assert only["repo"] == "local"  # nothing is fetched
    entries = [hook["entry"].removeprefix(".venv/bin/") for hook in only["hooks"]]
    assert entries == wanted
