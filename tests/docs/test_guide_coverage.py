"""`docs/guide-coverage.md`: every section and query of the guide, and what mirrors it."""

import json
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.docs.guide import GUIDE, Row
from tests.docs.sent import Sent, sent
from troubleshoot.backends.stores.table import dialects
from troubleshoot.engine.plan import conventions
from troubleshoot.engine.plan.inventory import Known
from troubleshoot.load.assets import built_in
from troubleshoot.load.playbook.loader import clock, load_playbook
from troubleshoot.load.playbook.parameters import Given
from troubleshoot.load.text.templates import render
from troubleshoot.model.promql import one_line
from troubleshoot.model.resolved_playbook import ResolvedPlaybook
from troubleshoot.model.signal import Names
from troubleshoot.model.window import Window

PAGE = Path(__file__).resolve().parents[2] / "docs" / "guide-coverage.md"
WINDOW = Window(datetime(2025, 11, 7, 15, 30, tzinfo=UTC))
QUERIES = built_in().queries
MADE_BY = "<!-- made by `make docs`; tests/docs checks it -->"


@pytest.fixture(scope="module")
def loaded() -> ResolvedPlaybook:
    file = built_in().playbooks / "high-error-rate.yaml"
    return load_playbook(file, [QUERIES], WINDOW, Given(), dialects())


def ids(loaded: ResolvedPlaybook) -> dict[str, set[str]]:
    playbook = loaded.playbook
    return {
        "alert": {playbook.alert.name if playbook.alert else ""},
        "check": {check.id for _, check in playbook.checks()},
        "verify": {rule.check for rule in playbook.verify},
        "remedy": set(playbook.remedies),
        "follow-up": set(playbook.follow_ups),
    }


@pytest.mark.parametrize("row", GUIDE, ids=lambda row: f"{row.section}: {row.id}")
def test_everything_the_guide_says_is_in_the_playbook(row: Row, loaded: ResolvedPlaybook) -> None:
    assert row.id in ids(loaded)[row.kind]


def _file(row: Row, loaded: ResolvedPlaybook) -> str:
    """The query file whose text is sent as the guide has it, or that says it in another form."""
    found = [one for one in sent(loaded, verify=row.kind == "verify") if one.check == row.id]
    if not row.query:
        return next((one.file for one in found if one.file == row.file), "")
    return next((one.file for one in found if one.text == row.query), "")


@pytest.mark.parametrize(
    "row",
    [row for row in GUIDE if row.query or row.file],
    ids=lambda row: f"{row.section}: {row.id}",
)
def test_every_query_of_the_guide_is_sent_as_written(row: Row, loaded: ResolvedPlaybook) -> None:
    assert _file(row, loaded)


def test_the_guides_search_for_errors_is_run_in_the_windows_time(loaded: ResolvedPlaybook) -> None:
    file = "elasticsearch/error-logs.guide.json"
    (search,) = (json.loads(one.text) for one in sent(loaded) if one.file == file)
    assert search["query"]["bool"]["must"] == [{"match": {"level": "ERROR"}}]
    times = search["query"]["bool"]["filter"]["range"]["@timestamp"]
    assert times["gte"] == "2025-11-07T14:30:00Z"


def test_every_query_file_that_ships_is_sent_by_a_playbook_that_ships() -> None:
    asked: list[Sent] = []
    for file in built_in().playbooks.glob("*.yaml"):
        loaded = load_playbook(file, [QUERIES], WINDOW, Given(), dialects())
        asked += sent(loaded)
    files = {file.relative_to(QUERIES).as_posix() for file in QUERIES.rglob("*.*")}
    words = {name for name in files if name.startswith("vocabulary/") or name == "messages.yaml"}
    assert files - words == {one.file for one in asked if not one.file.startswith("vocabulary/")}


def test_every_phrase_that_ships_is_sent_by_a_playbook_that_ships() -> None:
    asked = ""
    for file in built_in().playbooks.glob("*.yaml"):
        loaded = load_playbook(file, [QUERIES], WINDOW, Given(), dialects())
        asked += "\n".join(one.text for one in sent(loaded))
        checks = [check for _, check in loaded.playbook.checks()]
        metrics = Names(frozenset(conventions.needed(loaded, checks)))
        edges = conventions.edges(loaded, Known(metrics=metrics), WINDOW, dialects())
        asked += dict(edges.params)["query"] if edges else ""
    for spoken in loaded.vocabularies:
        for phrase in spoken.phrases:
            text = render(phrase.query, clock(WINDOW), language="promql", file="")
            assert one_line(text) in asked, f"{spoken.vocabulary}: {phrase.means}"


def test_the_page_is_up_to_date(loaded: ResolvedPlaybook) -> None:
    page = _page(loaded)
    if os.environ.get("UPDATE_DOCS"):
        PAGE.write_text(page, encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == page, "run `make docs` and look at the difference"


def _page(loaded: ResolvedPlaybook) -> str:
    rows = [
        MADE_BY,
        "# What of the guide is where",
        "",
        "| guide | it says | mirrored by | judged |",
    ]
    rows += ["| --- | --- | --- | --- |", *(_row(row, loaded) for row in GUIDE)]
    return "\n".join(rows) + "\n"


def _row(row: Row, loaded: ResolvedPlaybook) -> str:
    says = f"`{row.query.replace('|', chr(92) + '|')}`" if row.query else row.says
    file = _file(row, loaded)
    mirrored = f"{row.kind} `{row.id}`" + (f", `queries/{file}`" if file else "")
    return f"| {row.section} | {says} | {mirrored} | {_judged(row, loaded)} |"


def _judged(row: Row, loaded: ResolvedPlaybook) -> str:
    """With the guide's own query, or with a corrected one beside it."""
    if not row.query:
        return ""
    queries = {check.id: check.query for _, check in loaded.playbook.checks()}
    judging = queries[row.id]
    return "as written" if judging == _file(row, loaded) else f"with `queries/{judging}`"
