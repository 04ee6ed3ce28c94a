"""What lies in the working directory does nothing until the person has trusted it."""

import shlex
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.backends.server import answer, serve
from tests.cli.conftest import Program
from troubleshoot.load.assets import built_in

RUN = "high-error-rate"
TOKEN = "s3cret-of-the-person"
SHIPPED = (built_in().playbooks / f"{RUN}.yaml").read_text(encoding="utf-8")
VOCABULARY = "vocabulary: flat\ntitle: Theirs\nlogs:\n  level: [hostile]\n"


def configuration(program: Program, url: str = "http://127.0.0.1:1", more: str = "") -> Path:
    text = f"environments:\n  local:\n    prometheus:\n      url: {url}\n{more}"
    return program.write("troubleshoot.yaml", text)


def trust_line(program: Program) -> str:
    folder = shlex.quote(str(program.folder))
    return f"hint: read what lies there, then: troubleshoot trust {folder}"


WAYS: dict[str, tuple[Callable[[Program], object], str]] = {
    "configuration": (configuration, "troubleshoot.yaml"),
    "playbook": (lambda program: program.write(f"playbooks/{RUN}.yaml", "x"), "1 playbook"),
    "query": (
        lambda program: program.write("queries/promql/order-error-share.promql", "vector(0)"),
        "1 query file",
    ),
    "vocabulary": (
        lambda program: program.write("queries/vocabulary/flat.yaml", "nonsense"),
        "1 query file",
    ),
    "query beside a playbook": (
        lambda program: program.write("playbooks/queries/promql/a.promql", "vector(0)"),
        "1 query file",
    ),
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
    "words", [(RUN, "--dry-run"), ("show", RUN), ("verify", RUN, "--deadline", "1s"), ("list",)]
)
def test_what_lies_there_is_not_used_and_the_command_that_trusts_it_is_said(
    way: str, words: tuple[str, ...], program: Program
) -> None:
    before = program(*words)
    put, said = WAYS[way]
    put(program)
    after = program(*words)
    comparable = words[0] != "verify"  # how long it took differs
    assert (after.code, comparable and after.out) == (before.code, comparable and before.out)
    first, second, *rest = after.err.splitlines()
    assert first.startswith(f"warning: {program.folder}: not used, because you have not trusted it")
    assert first.endswith(f": {said}")
    assert second == trust_line(program)
    assert rest == before.err.splitlines()


def test_the_configuration_of_a_folder_runs_reads_and_receives_nothing(program: Program) -> None:
    program.environ["TROUBLESHOOT_PROMETHEUS_TOKEN"] = TOKEN
    ran = program.folder / "it-ran"
    with serve(answer()) as server:
        more = f"      bearer: {{command: [touch, {ran}]}}\n"
        configuration(program, server.url, more)
        program(RUN, "--deadline", "1s")
        assert server.seen == []
    assert not ran.exists()


def test_a_report_says_what_was_not_used(program: Program) -> None:
    configuration(program)
    report = program(RUN, "-o", "json", "--deadline", "1s").document
    (notice,) = report["notices"]
    assert notice["file"] == str(program.folder)
    assert notice["message"].endswith("because you have not trusted it: troubleshoot.yaml")


@pytest.mark.parametrize("words", [("mine",), ("mine", "--at", "-5m"), ("show", "mine")])
def test_a_playbook_that_is_only_there_is_refused_with_the_command(
    words: tuple[str, ...], program: Program
) -> None:
    program.write("playbooks/mine.yaml", SHIPPED.replace(f"playbook: {RUN}", "playbook: mine"))
    ran = program(*words)
    assert ran.code == 2
    assert f"the playbook 'mine' is only in {program.folder}, which is not trusted" in ran.err
    assert trust_line(program) in ran.err
    assert "    mine" not in program("--help").out
    program("trust", str(program.folder))
    assert program("show", "mine").code == 0


def test_with_json_wanted_that_refusal_is_a_document(program: Program) -> None:
    program.write("playbooks/mine.yaml", SHIPPED)
    ran = program("mine", "-o", "json")
    assert (ran.code, ran.document["error"]["kind"]) == (2, "usage")
    assert "troubleshoot trust" in ran.document["error"]["hint"]


def test_a_trusted_folder_is_used_until_something_of_it_changes(program: Program) -> None:
    configuration(program, "http://theirs.example")
    assert "theirs" not in program("config", "show").out
    program("trust", str(program.folder))
    trusted = program("config", "show")
    assert ("theirs.example" in trusted.out, trusted.err) == (True, "")
    configuration(program, "http://changed.example")
    changed = program("config", "show")
    assert "changed.example" not in changed.out
    assert "because it has changed since you trusted it: troubleshoot.yaml" in changed.err
    program("trust", str(program.folder))
    assert "changed.example" in program("config", "show").out


def test_trust_does_not_reach_folders_below_or_above(program: Program) -> None:
    configuration(program, "http://theirs.example")
    program("trust", str(program.folder))
    below = Program(program.folder / "below")
    below.folder.mkdir()
    below_world = below("config", "show")
    assert ("theirs" in below_world.out, below_world.err) == (False, "")


def test_a_file_that_is_named_needs_no_trust(program: Program) -> None:
    file = str(configuration(program, "http://theirs.example"))
    given = program("config", "show", "--config", file)
    assert ("theirs.example" in given.out, given.err) == (True, "")
    run = program(RUN, "--dry-run", "--config", file)
    assert ("theirs.example" in run.out, run.err) == (True, "")
    program.environ["TROUBLESHOOT_CONFIG"] = file
    assert "theirs.example" in program("config", "show").out
    program.write(f"playbooks/{RUN}.yaml", SHIPPED)
    program.environ["TROUBLESHOOT_PLAYBOOKS"] = str(program.folder / "playbooks")
    listed = program("list")
    assert ("TROUBLESHOOT_PLAYBOOKS" in listed.out, listed.err) == (True, "")


def test_a_playbook_file_that_is_named_is_used_with_the_queries_beside_it(program: Program) -> None:
    program.write("playbooks/mine.yaml", SHIPPED.replace(f"playbook: {RUN}", "playbook: mine"))
    query = "vector(42)  # theirs"
    program.write("queries/promql/order-error-share.promql", query)
    ran = program("run", str(program.folder / "playbooks/mine.yaml"), "--dry-run")
    assert (ran.code, "vector(42)" in ran.out) == (0, True)
    assert "queries/promql/order-error-share.promql: used instead of the built-in" in ran.err
    assert "not trusted" not in ran.err


def test_a_link_to_a_trusted_folder_is_that_folder(program: Program) -> None:
    configuration(program, "http://theirs.example")
    link = program.folder / "link"
    link.symlink_to(program.folder)
    program("trust", str(link))
    assert "theirs.example" in program("config", "show").out


def test_in_a_checkout_of_this_project_there_is_nothing_to_trust() -> None:
    checkout = Program(built_in().playbooks.parent)
    ran = checkout("list")
    assert (ran.code, ran.err) == (0, "")


@pytest.mark.parametrize("folder", ["it's; here", "$(touch x) `y`", "a b", "line\nbreak"])
def test_the_command_can_be_pasted_whatever_the_folder_is_called(
    folder: str, program: Program
) -> None:
    there = Program(program.folder / folder)
    there.folder.mkdir()
    configuration(there)
    line = there("list").err.splitlines()[1]
    _, command = line.split("then: ")
    words = shlex.split(command)
    assert words[:2] == ["troubleshoot", "trust"]
    assert words[2:] in ([str(there.folder)], ["."])
    assert (words[2:] == ["."]) is ("\n" in folder)


OVERRIDES = {
    f"playbooks/{RUN}.yaml": (SHIPPED, f"instead of the built-in playbook {RUN}"),
    "queries/vocabulary/flat.yaml": (VOCABULARY, "instead of the built-in query files of the same"),
}


@pytest.mark.parametrize("name", OVERRIDES)
@pytest.mark.parametrize("origin", ["project", "user"])
def test_what_stands_in_for_something_built_in_is_told_and_reported(
    name: str, origin: str, program: Program
) -> None:
    text, said = OVERRIDES[name]
    program.write(f"config/{name}" if origin == "user" else name, text)
    program("trust", str(program.folder))
    playbook = RUN if name.startswith("playbooks") else "find-culprit"
    ran = program(playbook, "-o", "json", "--deadline", "1s")
    (notice,) = ran.document["notices"]
    assert notice["file"].endswith(name)
    assert notice["message"].startswith(f"used {said}")
    assert f"warning: {notice['file']}: {notice['message']}\n" in ran.err


def test_a_query_that_stands_in_for_a_built_in_one_is_told(program: Program) -> None:
    name = "promql/order-error-share.promql"
    query = (built_in().queries / name).read_text(encoding="utf-8")
    program.write("books/high-error-rate.yaml", SHIPPED)
    program.write(f"books/queries/{name}", query)
    program.environ["TROUBLESHOOT_PLAYBOOKS"] = str(program.folder / "books")
    ran = program(RUN, "--dry-run")
    assert "warning: books/high-error-rate.yaml: used instead of the built-in" in ran.err
    assert f"warning: books/queries/{name}: used instead of the built-in query files" in ran.err
