"""What the page of scores counts together, and what apart."""

import pytest

from tests.lab import scoreboard
from tests.lab.scoreboard import Score
from tests.lab.systems import SYSTEMS


def _score(row: str, missing: str, rank: int | None, verdict: str) -> Score:
    return Score(
        scenario="dirty-slow" if rank is not None else "dirty-healthy", seed=61,
        playbook="find-culprit", row=row, missing=missing, healthy=rank is None, rank=rank,
        first="slow:orders", verdict=verdict, conclusion="diagnosed", wrong_confirmed=False,
        seconds=1.0, requests=9,
    )  # fmt: skip


def test_dirty_systems_have_a_row_for_each_set_of_servers_with_their_healthy_ones() -> None:
    scores = [
        _score(scoreboard.DIRTY, missing, rank, verdict)
        for missing in scoreboard.MISSING
        for rank, verdict in ((1, "likely"), (2, "likely"), (None, "possible"), (None, "likely"))
    ]
    rows = [
        line
        for line in scoreboard.page(scores, (61,)).splitlines()
        if line.startswith(f"| {scoreboard.DIRTY} ")
    ]
    assert len(rows) == len(scoreboard.MISSING)
    assert all(row.endswith("| 1 of 2 (50%) | 2 of 2 (100%) | 1 of 2 (50%) | 0 |") for row in rows)


@pytest.mark.parametrize("system", [each.name for each in SYSTEMS])
def test_what_is_drawn_is_never_counted_with_what_was_designed(system: str) -> None:
    drawn = {"generated": scoreboard.DRAWN, "dirty": scoreboard.DIRTY}
    assert scoreboard.row_of(system, "find-culprit") == drawn.get(system, "find-culprit")
