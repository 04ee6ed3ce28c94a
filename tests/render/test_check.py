"""What ``show PLAYBOOK CHECK`` prints."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
import yaml
from rich.cells import cell_len

from tests.render import golden
from tests.render.test_catalog import LOADED
from troubleshoot.backends.stores.table import dialects
from troubleshoot.load.assets import built_in
from troubleshoot.load.playbook.loader import load_playbook
from troubleshoot.load.playbook.parameters import Given
from troubleshoot.model.resolved_playbook import QueryFile, ResolvedPlaybook
from troubleshoot.model.where import Where
from troubleshoot.model.window import Window
from troubleshoot.render.check import show_check

WITH_QUERIES = replace(
    LOADED,
    queries=(
        QueryFile("promql/errors.promql", "queries/promql/errors.promql", "rate(x[5m])\n  / y\n"),
        QueryFile("promql/errors.guide.promql", "queries/promql/errors.guide.promql", "\x1bx"),
    ),
)


def shipped(name: str) -> ResolvedPlaybook:
    place = built_in()
    window = Window(datetime(2025, 11, 7, 15, 30, tzinfo=UTC))
    return load_playbook(
        place.playbooks / f"{name}.yaml", [place.queries], window, Given(), dialects()
    )


CHECKS = [
    (loaded, check.id)
    for loaded in map(shipped, ("high-error-rate", "find-culprit"))
    for _, check in loaded.playbook.checks()
]


def test_a_check_reads_as_its_golden_file() -> None:
    golden.check("show-check.txt", show_check(WITH_QUERIES, "errors", 80, color=False))


@pytest.mark.parametrize(("loaded", "name"), CHECKS, ids=lambda value: str(value)[:30])
def test_each_word_that_a_where_may_use_is_there_with_an_example_that_may_be_written(
    loaded: ResolvedPlaybook, name: str
) -> None:
    text = show_check(loaded, name, 200, color=False)
    check = next(one for _, one in loaded.playbook.checks() if one.id == name)
    examples = [line.split(None, 1)[1] for line in text.splitlines() if "example where:" in line]
    asked = [Where.model_validate(yaml.safe_load(one)["where"]).asked for one in examples]
    assert [word for ((word, _),) in asked] == list(check.words)
    for word in check.words:
        assert f"\n{word}  {Where.model_fields[word].description}\n" in text


def test_a_check_that_vocabularies_answer_shows_what_each_of_them_asks() -> None:
    loaded = shipped("find-culprit")
    text = show_check(loaded, "service-errors", 80, color=False)
    assert "vocabulary/errors (by convention)" in text
    for one in loaded.vocabularies:
        asked = [phrase for phrase in one.phrases if phrase.means == "errors"]
        assert (f"\n  {one.vocabulary}, where " in text) is bool(asked)


@pytest.mark.parametrize("width", [40, 80, 200])
def test_prose_fits_the_terminal_and_nothing_can_steer_it(width: int) -> None:
    text = show_check(WITH_QUERIES, "errors", width, color=False)
    assert "\x1b" not in text
    prose = [line for line in text.splitlines() if "queries/" not in line and "{" not in line]
    assert [line for line in prose if cell_len(line) > width] == []
