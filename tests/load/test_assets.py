"""Where playbooks come from, and which of two with one name is run."""

import os
from pathlib import Path

import pytest

import troubleshoot
from troubleshoot.load.assets import Place, PlaybookFile, built_in, entries, places, query_folders
from troubleshoot.model.errors import UsageError


def add(folder: Path, name: str, text: str = "title: A\n") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


def origins(found: tuple[Place, ...]) -> list[str]:
    return [place.origin for place in found]


def test_the_built_in_playbooks_are_found_in_a_checkout_and_in_a_wheel() -> None:
    package = Path(troubleshoot.__file__).parent
    packed = "site-packages" in package.parts
    root = package / "_assets" if packed else Path(__file__).parents[2]
    assert built_in() == Place("built in", root / "playbooks", root / "queries")
    assert (root / "playbooks" / "high-error-rate.yaml").is_file()


def test_folders_come_in_rising_order_and_missing_ones_are_left_out(tmp_path: Path) -> None:
    cwd, config = tmp_path / "project", tmp_path / "config"
    add(cwd / "playbooks", "x.yaml")
    assert "user" not in origins(places({}, cwd, config))
    add(config / "playbooks", "x.yaml")
    add(tmp_path / "one", "x.yaml")
    add(tmp_path / "two", "x.yaml")
    named = os.pathsep.join([str(tmp_path / "one"), "", str(tmp_path / "two")])
    found = places({"TROUBLESHOOT_PLAYBOOKS": named}, cwd, config)
    wanted = ["user", "project", "TROUBLESHOOT_PLAYBOOKS", "TROUBLESHOOT_PLAYBOOKS"]
    assert origins(found)[-4:] == wanted
    assert [place.playbooks.name for place in found[-2:]] == ["one", "two"]


def test_a_vocabulary_needs_no_playbook_beside_it(tmp_path: Path) -> None:
    (tmp_path / "queries").mkdir()
    assert "project" not in origins(places({}, tmp_path, tmp_path / "none"))
    add(tmp_path / "queries" / "vocabulary", "house.yaml")
    found = places({}, tmp_path, tmp_path / "none")
    assert origins(found)[-1] == "project"
    assert "project" not in origins(places({}, None, tmp_path / "none"))
    assert "project" not in {entry.origin for entry in entries(found)}
    assert tmp_path / "queries" in query_folders(entries(found)[0].file, found)


def test_a_folder_is_listed_once_however_it_is_reached(tmp_path: Path) -> None:
    add(tmp_path / "playbooks", "x.yaml")
    (tmp_path / "link").symlink_to(tmp_path / "playbooks")
    environ = {"TROUBLESHOOT_PLAYBOOKS": str(tmp_path / "link")}
    found = places(environ, tmp_path, tmp_path / "none")
    assert origins(found)[-1:] == ["project"]
    checkout = places({}, built_in().playbooks.parent, tmp_path / "none")
    assert "project" not in origins(checkout)


@pytest.mark.parametrize("name", ["missing", "file.yaml", "loop"])
def test_a_named_folder_that_is_none_is_refused(tmp_path: Path, name: str) -> None:
    add(tmp_path, "file.yaml")
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    environ = {"TROUBLESHOOT_PLAYBOOKS": str(tmp_path / name)}
    with pytest.raises(UsageError, match=f"TROUBLESHOOT_PLAYBOOKS names '.*{name}', which is no"):
        places(environ, tmp_path, tmp_path)


def test_queries_of_a_named_folder_are_inside_it_or_beside_it(tmp_path: Path) -> None:
    add(tmp_path / "a" / "queries", "q")
    add(tmp_path / "b", "x.yaml")
    named = f"{tmp_path / 'a'}{os.pathsep}{tmp_path / 'b'}"
    found = places({"TROUBLESHOOT_PLAYBOOKS": named}, tmp_path, tmp_path)
    assert [place.queries for place in found[-2:]] == [
        tmp_path / "a" / "queries",
        tmp_path / "queries",
    ]


def test_a_later_playbook_hides_an_earlier_one_of_its_name_and_says_so(tmp_path: Path) -> None:
    where = tuple(Place(origin, tmp_path / origin, tmp_path) for origin in ("a", "b", "c"))
    add(tmp_path / "a", "x.yaml")
    add(tmp_path / "b", "x.yaml")
    add(tmp_path / "b", "y.yml")
    file = add(tmp_path / "c", "x.yaml")
    found = entries(where)
    assert found[0] == PlaybookFile("x", file, "c", ("a", "b"))
    assert [entry.name for entry in found] == ["x", "y"]


def test_only_yaml_files_are_playbooks(tmp_path: Path) -> None:
    for name in ("x.yaml", ".#x.yaml", "x.yaml.bak", "README.md", "x.yyyml"):
        add(tmp_path, name)
    (tmp_path / "folder.yaml").mkdir()
    found = entries((Place("a", tmp_path, tmp_path),))
    assert [entry.file.name for entry in found] == ["x.yaml"]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("title: High order failure rate\n", "High order failure rate"),
        ("# top\nplaybook: x\ntitle: 'It: fails'  # why\n", "It: fails"),
        ('title: "Orders" \n', "Orders"),
        ("\ufefftitle: A\n", "A"),
        ("steps:\n  - title: inner\n", ""),
        ("", ""),
    ],
)
def test_a_title_is_read_without_a_yaml_parser(tmp_path: Path, text: str, title: str) -> None:
    assert PlaybookFile("x", add(tmp_path, "x.yaml", text), "a").title == title


def test_a_playbook_that_cannot_be_read_says_so_in_place_of_its_title(tmp_path: Path) -> None:
    assert PlaybookFile("x", tmp_path / "gone.yaml", "a").title == "(cannot be read)"
    binary = tmp_path / "x.yaml"
    binary.write_bytes(b"title: \xff\xfe\n")
    assert PlaybookFile("x", binary, "a").title == "\ufffd\ufffd"


def test_queries_are_looked_for_beside_the_playbook_first_and_built_in_last(
    tmp_path: Path,
) -> None:
    file = add(tmp_path / "playbooks", "x.yaml")
    user = Place("user", tmp_path / "u" / "playbooks", tmp_path / "u" / "queries")
    assert query_folders(file, (built_in(), user)) == (
        tmp_path / "playbooks" / "queries",
        tmp_path / "queries",
        user.queries,
        built_in().queries,
    )


def test_above_a_folder_that_is_not_called_playbooks_nothing_is_looked_for(tmp_path: Path) -> None:
    """Whoever may write beside a checkout, in /tmp say, must not give it queries."""
    file = add(tmp_path / "checkout", "x.yaml")
    assert tmp_path / "queries" not in query_folders(file, (built_in(),))
    named = Place("TROUBLESHOOT_PLAYBOOKS", tmp_path / "checkout", tmp_path / "queries")
    assert tmp_path / "queries" in query_folders(file, (named,))


def test_beside_what_a_link_of_a_project_leads_to_nothing_is_looked_for(tmp_path: Path) -> None:
    target = add(tmp_path / "elsewhere" / "playbooks", "x.yaml")
    project = Place("project", tmp_path / "p" / "playbooks", tmp_path / "p" / "queries")
    project.playbooks.mkdir(parents=True)
    (project.playbooks / "x.yaml").symlink_to(target)
    found = query_folders(project.playbooks / "x.yaml", (project,))
    assert not [folder for folder in found if folder.is_relative_to(tmp_path / "elsewhere")]
