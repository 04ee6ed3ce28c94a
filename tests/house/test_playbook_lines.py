"""Playbooks are read at night too: no line that has to be scrolled."""

from pathlib import Path

import pytest

from troubleshoot.load.assets import built_in

FILES = [*sorted(built_in().playbooks.glob("*.yaml")), built_in().queries / "messages.yaml"]


@pytest.mark.parametrize("file", FILES, ids=[file.stem for file in FILES])
def test_no_line_of_a_playbook_or_of_messages_is_longer_than_140(file: Path) -> None:
    lines = file.read_text(encoding="utf-8").splitlines()
    assert [number for number, line in enumerate(lines, 1) if len(line) > 140] == []
