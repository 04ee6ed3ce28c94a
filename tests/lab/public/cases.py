"""The cases as they lie on disk: what is asked, when, and what was really wrong."""

import gzip
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

SYSTEMS = ("boutique", "petshop", "rcb")


@dataclass(frozen=True)
class Truth:
    """``services``: any of them is right. ``onset`` in Unix seconds, None where nobody knows."""

    services: tuple[str, ...]
    kind: str
    no_change: bool
    onset: float | None


@dataclass(frozen=True)
class Case:
    """One incident. Times in Unix seconds; ``calls`` are (caller, callee)."""

    name: str
    folder: Path
    at: float
    lookback: float
    window: float
    baseline: tuple[float, float]
    symptom: str
    truth: Truth
    calls: tuple[tuple[str, str], ...] = field(default=())

    @property
    def system(self) -> str:
        return self.name.partition("-")[0]

    @property
    def half(self) -> str:
        """A, whose failures development looks at, or B."""
        return "AB"[int(hashlib.sha256(self.name.encode()).hexdigest()[-1], 16) % 2]

    @property
    def moment(self) -> datetime:
        return datetime.fromtimestamp(self.at, UTC)

    def lines(self, name: str) -> Iterator[bytes]:
        """Of one file of the case; none where it has no such file."""
        path = self.folder / name
        if path.exists():
            with gzip.open(path) as file:
                yield from file


def read(folder: Path) -> tuple[Case, ...]:
    """All cases below a folder, in the order of their names."""
    return tuple(_case(path.parent) for path in sorted(folder.glob("*/case.json")))


def _case(folder: Path) -> Case:
    told = json.loads((folder / "case.json").read_text(encoding="utf-8"))
    truth = told["truth"]
    return Case(
        name=told["id"],
        folder=folder,
        at=told["at_s"],
        lookback=told["lookback_s"],
        window=told["window_s"],
        baseline=tuple(told["baseline"]),
        symptom=told.get("symptom_service") or "",
        truth=Truth(
            services=tuple(truth.get("services") or [truth["service"]]),
            kind=truth["kind"],
            no_change=bool(truth.get("none")),
            onset=truth.get("onset_s"),
        ),
        calls=tuple((caller, callee) for caller, callee in told.get("calls", ())),
    )
