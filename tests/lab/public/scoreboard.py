"""`python -m tests.lab.public.scoreboard FOLDER`: how often the true service comes first.

Public incidents of others, in the lab's real servers. Writes docs/scoreboard-public.md. What fails
stays in the table; development looks at the failures of half A only.
"""

import argparse
import sys
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from tests.lab.public import baro
from tests.lab.public.cases import SYSTEMS, Case, read
from tests.lab.public.floors import first_of, largest_z, latest_change
from tests.lab.public.runs import MODES, STANDING, Said, ask
from tests.lab.public.servers import filled

PAGE = Path(__file__).resolve().parents[3] / "docs" / "scoreboard-public.md"
WORDS = {
    "zero": "as installed",
    "own": "with a vocabulary of its metrics",
    "night": "own, and nobody knows the onset (`--at`, `--lookback 15m`)",
}


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.lab.public.scoreboard")
    parser.add_argument("folder", type=Path, help="where the cases are, a folder each")
    cases = read(parser.parse_args().folder)
    with filled(cases) as servers, ThreadPoolExecutor(2) as pool:
        pairs = [(case, mode) for mode in MODES for case in cases]
        said = list(pool.map(lambda pair: ask(pair[0], pair[1], servers), pairs))
    PAGE.write_text(page(said, list(cases)), encoding="utf-8")
    print(PAGE.read_text(encoding="utf-8"))
    return 0


def page(said: list[Said], cases: list[Case]) -> str:
    published = baro.ranked(cases)
    day = datetime.now(UTC).date().isoformat()
    lines = [
        "<!-- made by `make scoreboard-public` -->",
        "# How often the true service comes first, on incidents of others",
        "",
        f"Public incidents in real servers, {day}; `find-culprit`. Onset and baseline are those of "
        "the case but for the night. *Strict*: 0 for a wrong or missing service, else 1 / the "
        "number of services that stand as high. Half A is the one whose failures were looked at.",
    ]
    for system in SYSTEMS:
        some = [one for one in said if one.case.system == system]
        lines += ["", f"## {system}", "", *_table(some), "", *_floors(some, published)]
    return "\n".join([*lines, "", *_reliability(said), "", *_credits()]) + "\n"


def _table(said: list[Said]) -> Iterator[str]:
    yield (
        "| | half | first | among three | wrong and likely | wrong confirmed | nothing named "
        "| strict | kind right | s | requests |"
    )
    yield "|---|---|---|---|---|---|---|---|---|---|---|"
    for mode in MODES:
        for half in "AB":
            some = [one for one in said if (one.mode, one.case.half) == (mode, half)]
            if some:
                yield f"| {WORDS[mode]} | {half} | {' | '.join(_cells(some))} |"


def _cells(some: list[Said]) -> Iterator[str]:
    ranks = [one.rank for one in some]
    yield _part([rank == 1 for rank in ranks])
    yield _part([0 < rank <= 3 for rank in ranks])
    yield str(sum(one.wrong and one.verdict in STANDING[:2] for one in some))
    yield str(sum(one.wrong_confirmed for one in some))
    yield str(sum(not one.causes for one in some))
    yield f"{sum(one.strict for one in some) / len(some):.2f}"
    yield str(sum(one.kind_right for one in some))
    yield f"{median(one.seconds for one in some):.1f}"
    yield str(max(one.requests for one in some))


def _part(hits: list[bool]) -> str:
    return f"{sum(hits)} of {len(hits)} ({sum(hits) / len(hits):.0%})"


def _floors(said: list[Said], published: dict[str, tuple[str, ...]]) -> Iterator[str]:
    cases = [one.case for one in said if one.mode == "own"]
    named = {
        "largest robust z of any metric": [first_of(largest_z(one), one) for one in cases],
        "the latest change": [first_of([latest_change(one)], one) for one in cases],
        "BARO (told the onset)": [first_of(published[one.name], one) for one in cases],
    }
    yield "Beside it: " + "; ".join(
        f"{name} {_part([rank == 1 for rank in ranks])} first, "
        f"{sum(0 < rank <= 3 for rank in ranks)} among three"
        for name, ranks in named.items()
    )
    if none := [one for one in said if one.case.truth.no_change and one.mode == "own"]:
        blamed = sum(one.blames_change for one in none)
        yield ""
        yield f"No change is to blame in {len(none)} of them; one is blamed in {blamed}."


def _reliability(said: Iterable[Said]) -> Iterator[str]:
    """Of how often each word is said of a first cause, how often it is right."""
    yield "## What the words are worth"
    yield ""
    yield "| system | " + " | ".join(f"{word}: said / right" for word in STANDING) + " |"
    yield "|---|---|---|---|"
    every = [one for one in said if one.causes]
    for system in SYSTEMS:
        cells = []
        for word in STANDING:
            some = [one for one in every if (one.case.system, one.verdict) == (system, word)]
            right = sum(one.rank == 1 for one in some)
            share = f" ({right / len(some):.0%})" if some else ""
            cells.append(f"{len(some)} / {right}{share}")
        yield f"| {system} | {' | '.join(cells)} |"


def _credits() -> Iterator[str]:
    yield "## Whose incidents"
    yield ""
    yield "- boutique: IntelligentDDS/Nezha (FSE 2023), MIT"
    yield "- petshop: amazon-science/petshop-root-cause-analysis, data CC-BY-4.0"
    yield "- rcb: edgedelta/root-cause-bench, Apache-2.0"
    yield ""
    yield "All were changed: times moved, formats converted, spans sampled."


if __name__ == "__main__":
    sys.exit(main())
