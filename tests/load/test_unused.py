"""What a playbook defines and nothing uses is told with its place."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.load.small import PLAYBOOK, QUERIES, WINDOW, Kitchen, place
from troubleshoot.backends.stores.table import dialects
from troubleshoot.load.assets import built_in
from troubleshoot.load.playbook.loader import load_playbook
from troubleshoot.load.playbook.parameters import Given

CHANGES: tuple[tuple[str, str, str, str], ...] = (
    ("    remedies: [scale]\n", "", "  scale:\n", "the remedy 'scale'"),
    ("    prevented_by: [alert-rule]\n", "", "  alert-rule:", "the follow-up 'alert-rule'"),
    ("deployment/{{ metric }}", "deployment/x", "  strict:", "the parameter 'strict'"),
    (
        "  metric: {default",
        "  metrik: {default: 1, help: typo}\n  metric: {default",
        "  metrik:",
        "the parameter 'metrik'",
    ),
)


def _used(text: str) -> str:
    """The small playbook with its one idle parameter in use."""
    return text.replace("title: A small playbook", "title: A small playbook {{ strict }}")


def test_a_playbook_whose_parts_are_all_used_is_loaded_without_a_word(small: Kitchen) -> None:
    assert small.load(_used(PLAYBOOK)).notices == ()


@pytest.mark.parametrize(("old", "new", "at", "said"), CHANGES)
def test_what_nothing_uses_is_told_where_it_stands(
    old: str, new: str, at: str, said: str, small: Kitchen
) -> None:
    text = PLAYBOOK.replace(old, new)
    assert text != PLAYBOOK
    if "strict" not in said:
        text = _used(text)
    (notice,) = small.load(text).notices
    assert said in notice.message
    line, column = place(at, text).split(":")
    assert (notice.line, notice.column) == (int(line), int(column) + 2)
    assert str(notice).startswith(f"{small.root / 'small.yaml'}:{notice.line}:{notice.column}: ")


def test_a_variable_that_a_query_sets_and_never_reads_is_told(small: Kitchen) -> None:
    text = '{% set unit = "s" %}\n{% set rate = window %}\n' + QUERIES["promql/share.promql"]
    text = text.replace("{{ window }}", "{{ rate }}")
    file = small.query("promql/share.promql", text)
    (notice,) = small.load(_used(PLAYBOOK)).notices
    assert (notice.file, notice.line, notice.column) == (str(file), 1, 8)
    assert "'unit' is set here and never used" in notice.message


@pytest.mark.parametrize(
    "use", [lambda name: f"{{{{ {name} }}}}", lambda name: f"{{% if {name} %}}"]
)
def test_a_parameter_counts_as_used_wherever_a_template_reads_it(
    use: Callable[[str], str], small: Kitchen
) -> None:
    end = "{% endif %}" if "%" in use("x") else ""
    text = PLAYBOOK.replace("rollback: scale back", f'rollback: "{use("strict")} back {end}"')
    assert small.load(text).notices == ()


@pytest.mark.parametrize("file", sorted(built_in().playbooks.glob("*.yaml")), ids=lambda f: f.stem)
def test_what_ships_defines_nothing_that_is_not_used(file: Path) -> None:
    assert load_playbook(file, (built_in().queries,), WINDOW, Given(), dialects()).notices == ()
