"""README.md shows what the program prints and names only what there is."""

import json
import os
import re
from contextlib import chdir
from pathlib import Path

import pytest
from rich.cells import cell_len

from tests.cli.conftest import Program, recorded
from troubleshoot.backends.stores.table import dialects
from troubleshoot.engine.rank.score import in_words
from troubleshoot.load.playbook.loader import load_playbook
from troubleshoot.load.playbook.parameters import Given
from troubleshoot.load.text.document import parse_document
from troubleshoot.load.text.validate import validate
from troubleshoot.model.exits import EXIT_MEANING, Exit
from troubleshoot.model.settings import Settings
from troubleshoot.model.window import Window

README = Path(__file__).resolve().parents[2] / "README.md"
COLUMNS = 80
SHOWN = 37  # lines of the report: the answer, the evidence and the first remedy


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)


@pytest.fixture
def program(tmp_path: Path) -> Program:
    return Program(tmp_path, {"COLUMNS": "80"})


def test_the_report_on_the_first_screen_is_what_demo_prints(program: Program) -> None:
    printed = program("demo").out.splitlines()[:SHOWN]
    wanted = "\n".join(["$ troubleshoot demo", *printed, "…", ""])
    shown = next(one for one in blocks("console") if one.startswith("$ troubleshoot demo\n"))
    if os.environ.get("UPDATE_DOCS"):
        text = README.read_text(encoding="utf-8")
        README.write_text(text.replace(shown, wanted, 1), encoding="utf-8")
        shown = wanted
    assert shown == wanted, "run `make docs` and look at the difference"


def test_it_fits_a_terminal_but_for_a_command_that_the_report_keeps_on_one_line() -> None:
    wide = [line for line in README.read_text("utf-8").splitlines() if cell_len(line) > COLUMNS]
    assert set(wide) == {
        "    kubectl -n shop set env deployment/payment-service CIRCUIT_BREAKER=on "
        "CIRCUIT_BREAKER_FAILURES=5 CIRCUIT_BREAKER_RECOVERY_SECONDS=30"
    }


def test_every_command_it_shows_works_in_the_order_shown(program: Program) -> None:
    firing = {"labels": {"alertname": "HighErrorRate"}, "startsAt": "2025-11-07T15:12:00Z"}
    alert = {"version": "4", "status": "firing", "alerts": [{"status": "firing", **firing}]}
    program.write("alert.json", json.dumps(alert))
    commands = re.findall(r"\$ troubleshoot (.+)", "".join(blocks("console")))
    with recorded("payment-timeouts") as servers, chdir(program.folder):
        program.asks(servers)
        codes = {words: program(*words.split()).code for words in commands}
    assert set(codes.values()) <= {Exit.CLEAR, Exit.FOUND}, codes


def test_every_command_and_option_it_names_exists(program: Program) -> None:
    helps = " ".join(
        program(*words, "--help").out
        for words in (
            (),
            ("high-error-rate",),
            ("replay",),
            ("verify",),
            ("show",),
            ("config",),
            ("trust",),
        )
    )
    text = README.read_text(encoding="utf-8")
    for option in set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", text)):
        assert option in helps, option
    for command in set(re.findall(r"\$ troubleshoot ([a-z-]+)", text)):
        assert command in helps, command


def test_every_make_target_it_names_exists() -> None:
    targets = (README.parent / "Makefile").read_text(encoding="utf-8")
    for target in set(re.findall(r"make ([a-z-]+)", README.read_text(encoding="utf-8"))):
        assert f"\n{target}:" in targets, target


def test_every_exit_code_is_documented() -> None:
    text = README.read_text(encoding="utf-8").replace("`", "")
    for code, meaning in EXIT_MEANING.items():
        assert f"| {code.value} | {meaning} |" in text


def test_its_configuration_is_valid() -> None:
    text = next(one for one in blocks("yaml") if "environments:" in one)
    document = parse_document(text, "README.md")
    assert validate(Settings, document, document.data).default == "production"


def test_its_playbook_is_valid(tmp_path: Path, program: Program) -> None:
    text = next(one for one in blocks("yaml") if "playbook:" in one)
    file = program.write("playbooks/queue-lag.yaml", text)
    for name, query in re.findall(r"query: (\S+) +# (.+)", text):
        program.write(f"queries/{name}", query)
    window = Window(program.now())
    loaded = load_playbook(file, [tmp_path / "queries"], window, Given(), dialects())
    assert len(loaded.queries) == 2
    program("trust", str(program.folder))
    assert program("queue-lag", "--dry-run").code == 0


def test_a_playbook_copied_and_renamed_is_a_command(program: Program) -> None:
    shipped = (README.parent / "playbooks/high-error-rate.yaml").read_text(encoding="utf-8")
    mine = shipped.replace("playbook: high-error-rate", "playbook: mine")
    program.write("playbooks/mine.yaml", mine)
    program("trust", str(program.folder))
    assert program("mine", "--dry-run").code == 0


def test_every_page_and_folder_it_names_is_there() -> None:
    text = README.read_text(encoding="utf-8")
    for name in set(
        re.findall(r"`?((?:docs|playbooks|troubleshoot|tests|benchmarks)/[\w./-]*)", text)
    ):
        if name != "playbooks/mine.yaml":
            assert (README.parent / name).exists(), name


def test_its_ranking_is_that_of_the_program() -> None:
    assert in_words() in " ".join(README.read_text(encoding="utf-8").split())
