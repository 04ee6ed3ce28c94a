"""What is accepted but should be known: on standard error, in each report, and in its replay."""

from pathlib import Path

import pytest

from tests.cli.conftest import Program, recorded
from troubleshoot.load.assets import built_in

IDLE = """\
remedies:
  pray:
    title: Pray
    risk: low
    rollback: none
    verify: order-error-share
"""


@pytest.fixture
def file(program: Program) -> Path:
    shipped = (built_in().playbooks / "high-error-rate.yaml").read_text(encoding="utf-8")
    text = shipped.replace("playbook: high-error-rate", "playbook: mine")
    return program.write("mine.yaml", text.replace("remedies:\n", IDLE, 1))


def _line(file: Path) -> str:
    row = file.read_text(encoding="utf-8").split("\n").index("  pray:") + 1
    return f"{file}:{row}:3: no cause names the remedy 'pray'"


@pytest.mark.parametrize(
    "words", [("show",), ("run", "--dry-run"), ("verify",), ("run",)], ids=" ".join
)
def test_each_command_that_loads_a_playbook_says_it_once(
    words: tuple[str, ...], program: Program, file: Path
) -> None:
    with recorded("payment-timeouts") as servers:
        ran = program.asks(servers)(words[0], str(file), *words[1:])
    assert ran.err.count("pray") == 1
    assert f"warning: {_line(file)}" in ran.err


@pytest.mark.parametrize("form", ["terminal", "markdown", "html"])
def test_each_report_holds_it(form: str, program: Program, file: Path) -> None:
    with recorded("payment-timeouts") as servers:
        ran = program.asks(servers)("run", str(file), "-o", form)
    flat = "".join(ran.out.split()).replace("\\", "")
    assert "Warningsaboutplaybook,queriesandconfiguration" in flat
    assert "nocausenamestheremedy" in flat


def test_a_replay_repeats_what_was_told(program: Program, file: Path) -> None:
    kept = program.folder / "kept.zip"
    with recorded("payment-timeouts") as servers:
        live = program.asks(servers)("run", str(file), "-o", "json", "--record", str(kept))
    (notice,) = live.document["notices"]
    assert notice["file"] == str(file)
    assert notice["message"].startswith("no cause names the remedy 'pray'")
    assert program("replay", str(kept), "-o", "json").document["notices"] == [notice]
