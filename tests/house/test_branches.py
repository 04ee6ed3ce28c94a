"""The share of branches that tests take is counted by floor, and held for some."""

from typing import Any

import pytest

from tests.branches import floor, report, shares


def measured(taken: int, there: int, *gone: tuple[int, int]) -> dict[str, Any]:
    summary = {"covered_branches": taken, "num_branches": there}
    return {"summary": summary, "missing_branches": [list(each) for each in gone]}


def test_a_file_counts_for_its_floor_however_deep_it_lies() -> None:
    assert floor("troubleshoot/load/settings/config.py") == "load"
    assert floor("troubleshoot/engine/judge/kinds/change.py") == "engine"
    assert floor("troubleshoot/__main__.py") == ""


def test_branches_of_a_floor_are_added_up() -> None:
    files = {
        "troubleshoot/load/a.py": measured(3, 4),
        "troubleshoot/load/deep/b.py": measured(5, 6),
        "troubleshoot/cli/c.py": measured(1, 2),
    }
    assert shares(files) == {"cli": (1, 2), "load": (8, 10)}


@pytest.mark.parametrize(
    ("name", "taken", "enough"),
    [("engine", 95, True), ("engine", 94, False), ("model", 94, False), ("cli", 10, True)],
)
def test_a_floor_that_is_held_must_reach_95_of_100(name: str, taken: int, enough: bool) -> None:
    text, verdict = report({f"troubleshoot/{name}/x.py": measured(taken, 100)})
    assert verdict is enough
    assert ("below 95%" in text) is not enough


def test_what_is_missing_is_told_by_line_most_first() -> None:
    text, _ = report(
        {
            "troubleshoot/load/one.py": measured(9, 10, (7, -1)),
            "troubleshoot/load/two.py": measured(8, 10, (3, 5), (3, 9)),
        }
    )
    first, second, _ = text.splitlines()
    assert first.split() == ["2", "troubleshoot/load/two.py:", "3→5", "3→9"]
    assert second.split() == ["1", "troubleshoot/load/one.py:", "7→exit"]
