"""list, show, config show, demo, --help and --version."""

import pytest

from tests.cli.conftest import Program
from troubleshoot import __version__
from troubleshoot.load.assets import built_in, demos
from troubleshoot.model.exits import EXIT_MEANING, Exit


def test_help_names_every_playbook_and_every_exit_code(program: Program) -> None:
    ran = program("--help")
    assert ran.code == 0
    assert "high-error-rate" in ran.out
    assert "High order failure rate" in ran.out
    flat = " ".join(ran.out.split())
    for code in Exit:
        assert f"{code.value} {EXIT_MEANING[code]}" in flat


def test_version_is_the_packages(program: Program) -> None:
    assert program("--version").out == f"troubleshoot {__version__}\n"


def test_list_says_from_where_and_what_is_overridden(program: Program) -> None:
    shipped = (built_in().playbooks / "high-error-rate.yaml").read_text()
    program.write("playbooks/high-error-rate.yaml", shipped)
    program("trust", str(program.folder))
    ran = program("list")
    assert ran.code == 0
    assert "project" in ran.out
    assert "built in" in ran.out


def test_a_playbook_of_the_users_own_is_a_command(program: Program) -> None:
    shipped = (built_in().playbooks / "high-error-rate.yaml").read_text()
    text = shipped.replace("playbook: high-error-rate", "playbook: mine")
    program.write("books/mine.yaml", text)
    program.environ["TROUBLESHOOT_PLAYBOOKS"] = str(program.folder / "books")
    assert "mine" in program("--help").out
    assert program("mine", "--dry-run").code == 0


def test_show_gives_the_parameters_that_are_in_force(program: Program) -> None:
    ran = program("show", "high-error-rate", "--set", "max_error_share=0.2")
    assert ran.code == 0
    assert "0.2" in ran.out
    assert "Open" in ran.out or "circuit breaker" in ran.out


def test_show_gives_one_check_with_the_words_of_a_where_about_it(program: Program) -> None:
    ran = program("show", "high-error-rate", "error-logs")
    assert ran.code == 0
    assert "queries/elasticsearch/error-logs.json" in ran.out
    assert "exception  the type of the exception" in ran.out


def test_config_show_names_sources_and_no_secret(program: Program) -> None:
    program.environ |= {
        "TROUBLESHOOT_PROMETHEUS_URL": "http://p.example",
        "TROUBLESHOOT_PROMETHEUS_TOKEN": "s3cret-s3cret",
    }
    ran = program("config", "show")
    assert ran.code == 0
    assert "http://p.example" in ran.out
    assert "TROUBLESHOOT_PROMETHEUS_TOKEN" in ran.out
    assert "s3cret" not in ran.out


@pytest.mark.parametrize("name", sorted(file.stem for file in demos().glob("*.zip")))
def test_a_demo_needs_no_backend(name: str, program: Program) -> None:
    ran = program("demo", name, "-o", "json")
    assert ran.code == (0 if name == "healthy" else 1)
    assert ran.document["complete"] is True
    assert ran.document["window"]["at"] == "2025-11-07T15:30:00Z"


def test_a_demo_is_the_same_every_time(program: Program) -> None:
    first, second = (program("demo", "-o", "markdown").out.splitlines() for _ in range(2))
    differing = [pair for pair in zip(first, second, strict=True) if pair[0] != pair[1]]
    assert [one for one, _ in differing if not one.startswith("troubleshoot ")] == []  # the time


def test_a_demo_sends_nobody_to_servers_that_are_not_there(program: Program) -> None:
    page = program("demo").out
    assert "then confirm, against servers of your own, with:" in page
    assert "--env" not in page
    assert page.startswith("High order failure rate\n")
