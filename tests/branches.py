"""Which part of each floor's branches the tests take: `make coverage` asks after they ran."""

import json
import sys
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

LEAST = 0.95
HELD = ("model", "load", "analysis", "engine")
"""Floors that must reach LEAST; the others are told."""


def floor(file: str) -> str:
    """``load`` of ``troubleshoot/load/config.py``; '' of a file of the package itself."""
    _, *folders, _ = Path(file).parts
    return folders[0] if folders else ""


def shares(files: Mapping[str, Any]) -> dict[str, tuple[int, int]]:
    """Of each floor: branches taken, branches there are."""
    taken: Counter[str] = Counter()
    there: Counter[str] = Counter()
    for file, measured in files.items():
        taken[floor(file)] += measured["summary"]["covered_branches"]
        there[floor(file)] += measured["summary"]["num_branches"]
    return {name: (taken[name], there[name]) for name in sorted(there) if name}


def missing(files: Mapping[str, Any]) -> list[str]:
    """Files of the floors that are held with branches not taken, most first: from line→to line."""
    rows = []
    for file, measured in files.items():
        gone = measured["missing_branches"]
        if gone and floor(file) in HELD:
            where = " ".join(f"{start}→{'exit' if end < 0 else end}" for start, end in gone)
            rows.append((-len(gone), f"{len(gone):4} {file}: {where}"))
    return [text for _, text in sorted(rows)]


def report(files: Mapping[str, Any]) -> tuple[str, bool]:
    """What to print, and whether each floor that is held reaches LEAST."""
    lines, enough = missing(files), True
    for name, (taken, there) in shares(files).items():
        share = taken / there if there else 1.0
        low = name in HELD and share < LEAST
        enough &= not low
        verdict = f"below {LEAST:.0%}" if low else "" if name in HELD else "not held"
        lines.append(f"{name:9} {share:7.1%} of {there:5} branches  {verdict}".rstrip())
    return "\n".join(lines), enough


def main(file: str) -> int:
    text, enough = report(json.loads(Path(file).read_text(encoding="utf-8"))["files"])
    sys.stdout.write(f"{text}\n")
    return 0 if enough else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
