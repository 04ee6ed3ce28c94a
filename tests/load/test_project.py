"""Which files of a directory count, and that any change to them gives another fingerprint."""

import os
from pathlib import Path

import pytest

from troubleshoot.load.trust.project import Fingerprint, Project, files_of, fingerprint, project
from troubleshoot.model.errors import UsageError

COUNTING = (
    "playbooks/a.yaml",
    "playbooks/queries/promql/b.promql",
    "queries/elasticsearch/c.json",
    "queries/vocabulary/d.yaml",
    "troubleshoot.yaml",
)


def put(folder: Path, name: str, text: str = "x") -> Path:
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


@pytest.fixture(name="folder")
def _folder(tmp_path: Path) -> Path:
    folder = tmp_path / "here"
    for name in COUNTING:
        put(folder, name)
    return folder


def print_of(folder: Path) -> Fingerprint:
    return fingerprint(folder, files_of(folder, ()), Fingerprint(""))


def as_trusted(folder: Path, known: Fingerprint) -> Project:
    return project(folder, (), known)


def test_what_the_program_would_read_counts_and_nothing_else(folder: Path) -> None:
    for name in ("README.md", "queries/promql/.b.promql.swp", "other.yaml", "src/x.yaml"):
        put(folder, name)
    assert files_of(folder, ()) == COUNTING
    found = project(folder, (), None)
    assert (found.playbooks, len(found.queries)) == (("a",), 3)


def test_a_folder_that_is_the_programs_own_does_not_count(folder: Path) -> None:
    (folder / "link").symlink_to(folder / "playbooks")
    assert files_of(folder, (folder / "link", folder / "queries")) == ("troubleshoot.yaml",)


@pytest.mark.parametrize("name", COUNTING)
def test_any_change_takes_the_trust_away(folder: Path, name: str) -> None:
    known = print_of(folder)
    assert as_trusted(folder, known).trusted
    put(folder, name, "y")
    assert (as_trusted(folder, known).trusted, as_trusted(folder, known).changed) == (False, True)
    put(folder, name, "x")
    assert as_trusted(folder, known).trusted
    (folder / name).unlink()
    assert not as_trusted(folder, known).trusted


@pytest.mark.parametrize(
    "name",
    ["playbooks/n.yml", "queries/vocabulary/n.yaml", "queries/n.JSON", "queries/messages.yaml"],
)
def test_a_new_file_takes_the_trust_away(folder: Path, name: str) -> None:
    known = print_of(folder)
    put(folder, name)
    assert not as_trusted(folder, known).trusted


def test_a_renamed_file_takes_the_trust_away(folder: Path) -> None:
    known = print_of(folder)
    (folder / "playbooks/a.yaml").rename(folder / "playbooks/high-error-rate.yaml")
    assert not as_trusted(folder, known).trusted


def test_what_a_link_leads_to_counts(folder: Path, tmp_path: Path) -> None:
    outside = put(tmp_path, "outside.yaml")
    (folder / "playbooks/linked.yaml").symlink_to(outside)
    put(tmp_path, "one/q.promql", "1")
    put(tmp_path, "two/q.promql", "2")
    (folder / "queries/jaeger").symlink_to(tmp_path / "one")
    known = print_of(folder)
    outside.write_text("other", encoding="utf-8")
    assert not as_trusted(folder, known).trusted
    known = print_of(folder)
    (folder / "queries/jaeger").unlink()
    (folder / "queries/jaeger").symlink_to(tmp_path / "two")
    assert not as_trusted(folder, known).trusted


def test_a_link_that_leads_back_up_is_refused(folder: Path) -> None:
    (folder / "queries/promql").symlink_to(folder / "queries")
    found = project(folder, (), Fingerprint("a"))
    assert "nested too deep, or a symbolic link leads back up" in found.problem
    assert (found.trusted, found.changed) == (False, True)


def test_what_is_no_file_does_not_count_and_is_not_waited_for(folder: Path) -> None:
    os.mkfifo(folder / "queries/vocabulary/pipe.yaml")
    (folder / "playbooks/dangling.yaml").symlink_to("nowhere")
    assert files_of(folder, ()) == COUNTING


def test_what_cannot_be_read_is_not_trusted(folder: Path) -> None:
    known = Fingerprint("a", programs=("bin/gone",))
    found = as_trusted(folder, known)
    assert found.problem == f"{folder}/bin/gone cannot be read: No such file or directory"
    assert not found.trusted


def test_more_than_a_person_could_look_at_is_refused(folder: Path) -> None:
    with put(folder, "queries/big.json").open("r+b") as stream:
        stream.truncate(60_000_000)
    with pytest.raises(UsageError, match="more than 50,000,000 bytes to trust"):
        print_of(folder)
    for count in range(5_001):
        (folder / "queries" / str(count)).touch()
    with pytest.raises(UsageError, match="holds more than 5,000 files"):
        files_of(folder, ())
