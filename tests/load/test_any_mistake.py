"""Whatever is wrong in a file, it is refused in a sentence that points into that file."""

from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.load.small import PLAYBOOK, Kitchen, kitchen
from troubleshoot.load.settings.config import ConfigFile, choose
from troubleshoot.load.text.document import Path as DataPath
from troubleshoot.model.errors import InputError, TroubleshootError, UsageError

CONFIG = """\
default: prod
environments:
  prod:
    prometheus:
      url: https://prom.example.org
      bearer: {env: TOKEN}
      headers: {X-Team: orders}
      secret_headers: {X-Api-Key: {command: [pass, show, key]}}
      tenant: a
      verify_tls: true
      read_timeout: 5
    jaeger: {url: http://jaeger:16686, basic: {username: u, password: {file: p}}}
    grafana: {public_url: https://g.example.org, datasource: prom}
    parameters: {services: [a, b], limit: 0.1, strict: true}
"""
PLAYBOOK_DATA, CONFIG_DATA = yaml.safe_load(PLAYBOOK), yaml.safe_load(CONFIG)
DUMPER = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
WRONG: list[Any] = [None, 5, -0.5, True, "", "x", "> 1", "~[", "{{ nothing }}", "{%", "{{ limit }}"]
WRONG += [[], [None], [[]], {}, {"x": None}, {"kind": "share"}, "\x1b[31m", "9" * 400, 10**400]


def paths(data: Any, path: DataPath = ()) -> Iterator[DataPath]:
    yield path
    items: Any = data.items() if isinstance(data, dict) else ()
    items = enumerate(data) if isinstance(data, list) else items
    for key, value in items:
        yield from paths(value, (*path, key))


def changed(document: Any, path: DataPath, value: Any) -> str:
    """The document with another value at ``path``, as YAML."""
    data = deepcopy(document)
    here = data
    for part in path[:-1]:
        here = here[part]
    if path:
        here[path[-1]] = value
    return str(yaml.dump(data if path else value, Dumper=DUMPER, sort_keys=False))


def assert_helpful(error: TroubleshootError, file: Path, text: str) -> None:
    if not isinstance(error, InputError):
        assert str(error)
        return
    rows = text.split("\n")
    for mistake in error.mistakes:
        assert mistake.message
        assert len(mistake.message) < 700
        assert "\x1b" not in str(mistake)
        if mistake.file == str(file) and mistake.line:
            assert 1 <= mistake.column <= len(rows[mistake.line - 1]) + 1


def try_playbook(small: Kitchen, text: str) -> None:
    try:
        small.load(text)
    except UsageError as error:
        assert_helpful(error, small.root / "small.yaml", text)


def try_config(folder: Path, text: str) -> None:
    file = folder / "c.yaml"
    file.write_text(text, encoding="utf-8")
    try:
        choose((ConfigFile(file),), {}, "")
    except UsageError as error:
        assert_helpful(error, file, text)


@pytest.mark.parametrize("path", list(paths(PLAYBOOK_DATA)), ids=str)
def test_any_wrong_value_in_a_playbook_is_refused_or_fine(small: Kitchen, path: DataPath) -> None:
    for value in WRONG:
        try_playbook(small, changed(PLAYBOOK_DATA, path, value))


@pytest.mark.parametrize("path", list(paths(CONFIG_DATA)), ids=str)
def test_any_wrong_value_in_a_configuration_is_refused_or_fine(
    tmp_path: Path, path: DataPath
) -> None:
    for value in WRONG:
        try_config(tmp_path, changed(CONFIG_DATA, path, value))


@pytest.mark.parametrize("row", range(len(PLAYBOOK.splitlines())))
def test_a_line_that_is_lost_doubled_or_indented_is_refused_or_fine(
    small: Kitchen, row: int
) -> None:
    rows = PLAYBOOK.splitlines()
    for instead in ([], [rows[row]] * 2, [" " + rows[row]], [rows[row][1:]], ["\t" + rows[row]]):
        try_playbook(small, "\n".join([*rows[:row], *instead, *rows[row + 1 :]]))


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.integers(0, len(PLAYBOOK)),
    st.text("{}[]:-&*!|>%@`'\"#,?~<\t\n \\0\x07é\U0001f600", max_size=6),
)
def test_characters_that_slip_in_anywhere_are_refused_or_fine(
    tmp_path: Path, at: int, slip: str
) -> None:
    try_playbook(kitchen(tmp_path), PLAYBOOK[:at] + slip + PLAYBOOK[at:])
