"""`docs/guide-coverage.md`: every section and query of the guide, and what mirrors it."""

import json
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.docs.guide import GUIDE, Row
from troubleshoot.backends.stores.table import dialects
from troubleshoot.load.assets import built_in
from troubleshoot.load.parameters import Given
from troubleshoot.load.playbooks import clock, load_playbook
from troubleshoot.load.templates import render
from troubleshoot.model.loaded import Loaded
from troubleshoot.model.window import Window

PAGE = Path(__file__).resolve().parents[2] / "docs" / "guide-coverage.md"
WINDOW = Window(datetime(2025, 11, 7, 15, 30, tzinfo=UTC))
QUERIES = built_in().queries
MADE_BY = "<!-- made by `make docs`; tests/docs checks it -->"


@pytest.fixture(scope="module")
def loaded() -> Loaded:
    file = built_in().playbooks / "high-error-rate.yaml"
    return load_playbook(file, [QUERIES], WINDOW, Given(), dialects())


def ids(loaded: Loaded) -> dict[str, set[str]]:
    playbook = loaded.playbook
    return {
        "alert": {playbook.alert.name if playbook.alert else ""},
        "check": {check.id for _, check in playbook.checks()},
        "verify": {rule.check for rule in playbook.verify},
        "remedy": set(playbook.remedies),
        "follow-up": set(playbook.follow_ups),
    }


@pytest.mark.parametrize("row", GUIDE, ids=lambda row: f"{row.section}: {row.id}")
def test_everything_the_guide_says_is_in_the_playbook(row: Row, loaded: Loaded) -> None:
    assert row.id in ids(loaded)[row.kind]


@pytest.mark.parametrize("row", [row for row in GUIDE if row.query], ids=lambda row: row.file)
def test_a_query_file_gives_the_guides_own_text(row: Row, loaded: Loaded) -> None:
    text = (QUERIES / row.file).read_text(encoding="utf-8")
    variables = {**loaded.variables, **clock(WINDOW)}
    filled = render(text, variables, language="promql", file=row.file)
    assert "".join(line for line in filled.splitlines() if not line.startswith("#")) == row.query


def test_the_guides_search_for_errors_is_run_in_the_windows_time() -> None:
    text = (QUERIES / "elasticsearch/error-logs.guide.json").read_text(encoding="utf-8")
    filled = text.replace("{{ from }}", "now-1h").replace("{{ to }}", "now")
    query = json.loads(filled.replace("{{ log_index }}", "*"))["query"]
    assert query["bool"]["must"] == [{"match": {"level": "ERROR"}}]
    assert query["bool"]["filter"]["range"]["@timestamp"]["gte"] == "now-1h"


def test_every_query_file_is_used_or_mirrors_the_guide() -> None:
    files = {file.relative_to(QUERIES).as_posix() for file in QUERIES.rglob("*.*")}
    used = {row.file for row in GUIDE}
    for file in built_in().playbooks.glob("*.yaml"):
        loaded = load_playbook(file, [QUERIES], WINDOW, Given(), dialects())
        used |= {query.name for query in loaded.queries}
    assert files - used == {"messages.yaml"}  # families of messages: no query


def test_the_page_is_up_to_date(loaded: Loaded) -> None:
    page = _page(loaded)
    if os.environ.get("UPDATE_DOCS"):
        PAGE.write_text(page, encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == page, "run `make docs` and look at the difference"


def _page(loaded: Loaded) -> str:
    rows = [
        MADE_BY,
        "# What of the guide is where",
        "",
        "| guide | it says | mirrored by | judged |",
    ]
    rows += ["| --- | --- | --- | --- |", *(_row(row, loaded) for row in GUIDE)]
    return "\n".join(rows) + "\n"


def _row(row: Row, loaded: Loaded) -> str:
    says = f"`{row.query.replace('|', chr(92) + '|')}`" if row.query else row.says
    mirrored = f"{row.kind} `{row.id}`" + (f", `queries/{row.file}`" if row.file else "")
    return f"| {row.section} | {says} | {mirrored} | {_judged(row, loaded)} |"


def _judged(row: Row, loaded: Loaded) -> str:
    """With the guide's own query, or with a corrected one beside it."""
    if not row.query:
        return ""
    queries = {check.id: check.query for _, check in loaded.playbook.checks()}
    judging = queries[row.id]
    return "as written" if judging == row.file else f"with `queries/{judging}`"
