"""What is tested is named to the version: for every library that pyproject.toml asks for."""

import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
ASKED = [
    *PROJECT["project"]["dependencies"],
    *PROJECT["project"]["optional-dependencies"]["dev"],
    *PROJECT["build-system"]["requires"],
]


def lines() -> list[str]:
    text = (ROOT / "tests" / "constraints.txt").read_text(encoding="utf-8")
    return [line for line in text.splitlines() if not line.lstrip().startswith("#")]


def locked() -> dict[str, str]:
    pinned = [Requirement(line) for line in lines()]
    return {canonicalize_name(one.name): str(one.specifier) for one in pinned}


@pytest.mark.parametrize("asked", ASKED)
def test_what_is_asked_for_is_locked_at_a_version_that_is_allowed(asked: str) -> None:
    wanted = Requirement(asked)
    version = locked()[canonicalize_name(wanted.name)].removeprefix("==")
    assert wanted.specifier.contains(version), "run `make lock`"


@pytest.mark.parametrize("asked", ASKED)
def test_what_is_asked_for_has_a_lowest_version(asked: str) -> None:
    assert {one.operator for one in Requirement(asked).specifier} & {">=", "=="}


def test_the_lock_holds_versions_only_and_no_address() -> None:
    assert all(specifier.startswith("==") for specifier in locked().values())
    assert [line for line in lines() if "://" in line or line.startswith("-")] == []
