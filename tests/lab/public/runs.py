"""One run of `find-culprit` on one case, as a person would start it, and what it said."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from tests.lab.public.cases import Case

OWN = Path(__file__).parent / "own"
STANDING = ("confirmed", "likely", "possible")
MODES = ("zero", "own", "night")
"""As installed; with a vocabulary of the system's names; the same when nobody knows the onset."""
NIGHT = ["--lookback", "15m"]

# what a cause is called by the rule that names it, for each kind of truth
KINDS: Mapping[str, tuple[str, ...]] = {
    "cpu_contention": ("saturated", "overuse", "slow"),
    "cpu_consumed": ("saturated", "overuse", "slow"),
    "network_delay": ("slow", "unreachable"),
    "return": ("failing", "changed"),
    "exception": ("failing", "changed"),
    "latency": ("slow", "saturated"),
    "errors": ("failing", "changed", "unreachable"),
    "overload": ("saturated", "slow"),
    "cache_stampede": ("saturated", "changed", "slow"),
    "n_plus_one": ("slow", "changed"),
    "timeout_too_tight": ("changed", "failing"),
    "connection_pool_exhaustion": ("saturated",),
    "memory_leak": ("restarted", "saturated", "changed"),
    "certificate_expired": ("expired", "failing", "unreachable"),
    "traffic_surge": ("saturated",),
    "external_dependency": ("failing", "unreachable"),
}


@dataclass(frozen=True)
class Said:
    """``causes`` are (service, rule, verdict, score) of what stands, best first."""

    case: Case
    mode: str
    causes: tuple[tuple[str, str, str, float], ...]
    blames_change: bool
    conclusion: str
    seconds: float
    requests: int

    @property
    def services(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(one[0] for one in self.causes))

    @property
    def rank(self) -> int:
        """Of the true service among those named, from 1; 0 where it is not named."""
        found = [n for n, one in enumerate(self.services, 1) if one in self.case.truth.services]
        return found[0] if found else 0

    @property
    def verdict(self) -> str:
        return self.causes[0][2] if self.causes else "-"

    @property
    def wrong(self) -> bool:
        return bool(self.causes) and self.rank != 1

    @property
    def wrong_confirmed(self) -> bool:
        """Whether any cause is called confirmed that is none."""
        return any(
            verdict == "confirmed" and service not in self.case.truth.services
            for service, _, verdict, _ in self.causes
        )

    @property
    def strict(self) -> float:
        """0 for a wrong or missing culprit; else shared by all that stand as high as it."""
        if self.rank != 1:
            return 0.0
        return 1 / len({one[0] for one in self.causes if one[2] == self.verdict})

    @property
    def kind_right(self) -> bool:
        fitting = KINDS.get(self.case.truth.kind, ())
        return self.rank == 1 and self.causes[0][1] in fitting


def ask(case: Case, mode: str, servers: dict[str, str]) -> Said:
    """Run the program in a process of its own. Raises ValueError where it gives no report."""
    plain = {name: value for name, value in os.environ.items() if "TROUBLESHOOT" not in name}
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "troubleshoot", "find-culprit", *_words(case, mode)]
        if mode != "zero":
            _configured(case, servers, Path(folder))
            plain |= {"XDG_STATE_HOME": folder, "XDG_CONFIG_HOME": folder}
            trust = [sys.executable, "-m", "troubleshoot", "trust", folder]
            subprocess.run(trust, env=plain, capture_output=True, check=True)
        ended = subprocess.run(
            [*command, "--output", "json", "--deadline", "60s"],
            env=plain | servers, capture_output=True, check=False, cwd=folder,
        )  # fmt: skip
    report = json.loads(ended.stdout)
    if "diagnoses" not in report:
        raise ValueError(f"{case.name} {mode}: {ended.stdout.decode()} {ended.stderr.decode()}")
    return Said(
        case,
        mode,
        tuple(_causes(report)),
        blames_change=bool(report["diagnoses"]) and report["diagnoses"][0]["rule"] == "changed",
        conclusion=report["conclusion"],
        seconds=report["timing"]["total"],
        requests=sum(store["requests"] for store in report["stores"]),
    )


def _causes(report: Mapping[str, list[dict[str, str]]]) -> Iterator[tuple[str, str, str, float]]:
    for one in report["diagnoses"]:
        if one["verdict"] in STANDING:
            yield one["component"], one["rule"], one["verdict"], float(one["score"])


def _words(case: Case, mode: str) -> list[str]:
    words = ["--at", case.moment.isoformat(), "--set", "log_index=logs-*"]
    if mode == "night":
        return words + NIGHT
    if case.symptom:
        words += ["--set", f"service={case.symptom}"]
    start, end = case.baseline
    words += [
        "--lookback",
        f"{case.lookback:.0f}s",
        "--window",
        f"{min(case.window, case.lookback):.0f}s",
    ]
    return [*words, "--baseline", f"{start:.0f}/{end:.0f}"]


def _configured(case: Case, servers: Mapping[str, str], folder: Path) -> None:
    """A project as its user would keep it: servers, who calls whom, what metrics mean."""
    words = folder / "queries" / "vocabulary"
    words.mkdir(parents=True)
    name = f"{case.system}.yaml"
    (words / name).write_bytes((OWN / name).read_bytes())
    environment: dict[str, object] = {
        store: {"url": servers[f"TROUBLESHOOT_{store.upper()}_URL"]}
        for store in ("prometheus", "jaeger", "elasticsearch")
    }
    if case.calls:
        listed: dict[str, list[str]] = {}
        for caller, callee in case.calls:
            listed.setdefault(caller, []).append(callee)
        environment["calls"] = listed
    file = folder / "troubleshoot.yaml"
    file.write_text(yaml.safe_dump({"environments": {"here": environment}}))
