"""`docs/evidence.md`: each kind of evidence, how strong it is, with a real example of a demo."""

import json
import os
import re
from functools import cache
from pathlib import Path
from textwrap import fill
from typing import Any

import pytest
from typer.testing import CliRunner

from tests.cli.conftest import NOW
from troubleshoot.backends.recording.bundle import read_bundle
from troubleshoot.backends.stores.table import dialects
from troubleshoot.cli.main import build
from troubleshoot.cli.world import World
from troubleshoot.engine.rank.score import in_words
from troubleshoot.load.assets import built_in, demos
from troubleshoot.load.playbook.loader import load_playbook
from troubleshoot.load.playbook.parameters import Given
from troubleshoot.model.diagnosis import Strength
from troubleshoot.model.judges.table import KINDS
from troubleshoot.model.window import Window
from troubleshoot.render.units import against_normal, quantity

PAGE = Path(__file__).resolve().parents[2] / "docs" / "evidence.md"
INTRO = """<!-- made by `make docs`; tests/docs checks it -->
# Evidence

Each check of a playbook is judged by one of the kinds below.
"""
WHEN = """
**Since when.** Normal is the median of the baseline: the time before the lookback, or with
`--baseline yesterday` and `last-week` the same hour then. A point is abnormal when it is further
from that than three robust standard deviations (1.4826 × the median absolute deviation), than a
tenth of the change and than a tenth of normal. Growth that went on through the whole baseline is
expected to go on, so a daily shape or an old leak has no onset. In the JSON, `since` is the first
abnormal point of the run at the end; two points in it may be missing or normal. It began not
before `not_before`: the last normal point, less the longest range that the query looks back over,
because were all of that range bad, so would the point be. Reports print both, rounded outwards to
the minute. Where no normal point was seen, when it began is unknown.

**What is over.** What was past its limit for more than two points of the lookback and is fine at
its end is `past`, in a row that is `ok`: `since` (null: from before the lookback), `until` (the
first good point, which of a rate is up to its range late) and `worst`.

**Many series.** A query that ends in `and topk(20, …)` looks at the highest at the end of the
window, so that its answer is as short for 10,000 pods; where that left some out, the finding says
how many.
"""


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """The report of every demo, those with an incident first."""
    folder = tmp_path_factory.mktemp("evidence")
    app = build(World({"TZ": "UTC"}, folder, folder, lambda: NOW))
    names = sorted(
        (file.stem for file in demos().glob("*.zip")), key=lambda name: name == "healthy"
    )
    outs = [CliRunner().invoke(app, ["demo", name, "-o", "json"]).stdout for name in names]
    return [json.loads(out) | {"demo": name} for out, name in zip(outs, names, strict=True)]


def test_the_page_is_up_to_date(reports: list[dict[str, Any]]) -> None:
    strengths = [f"| {one.name.lower()} | {one.value} |" for one in Strength]
    table = ["| strength | points |", "| --- | --- |", *strengths, ""]
    parts = [_section(kind, reports) for kind in KINDS]
    ranking = fill(in_words(), 100, break_long_words=False, break_on_hyphens=False)
    text = "\n".join([INTRO, f"{ranking}\n", *table, WHEN.lstrip("\n"), *parts])
    if os.environ.get("UPDATE_DOCS"):
        PAGE.write_text(text, encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == text, "run `make docs` and look at the difference"


def test_every_kind_that_the_demos_were_recorded_with_has_a_real_example() -> None:
    sections = PAGE.read_text(encoding="utf-8").split("\n## ")[1:]
    assert len(sections) == len(KINDS)
    texts = [read_bundle(file).text for file in demos().glob("*.zip")]
    asked = {kind for kind in KINDS for text in texts if re.search(rf"kind: {kind}\b", text)}
    without = {one.splitlines()[0] for one in sections if "> " not in one}
    assert without & asked == set()


def _section(kind: str, reports: list[dict[str, Any]]) -> str:
    words = re.sub(r"\s+", " ", KINDS[kind].__doc__ or "").replace("``", "`").strip()
    return f"## {kind}\n\n{words}\n\n{_example(kind, reports)}\n"


def _example(kind: str, reports: list[dict[str, Any]]) -> str:
    """The first finding of this kind that is worth a word, else the first there is."""
    found = [
        (report, finding)
        for report in reports
        for finding in report["findings"]
        if finding["items"] and _kinds(report["playbook"]).get(finding["check"]) == kind
    ]
    firing = [pair for pair in found if pair[1]["outcome"] in ("critical", "warning")]
    if not found:
        return "No demo was recorded with it yet."
    report, finding = (firing or found)[0]
    item = finding["items"][0]
    value = quantity(item["value"], finding["unit"])
    usual = against_normal(item["value"], item["normal"], finding["unit"])
    parts = [f"{item['subject']}: {value}" if item["subject"] else value, usual, finding["rule"]]
    parts += [] if firing else finding["notes"]  # why what is past its limit does not count
    told = ", ".join(part for part in parts if part)
    return f"> `demo {report['demo']}`, *{finding['title']}*: {told}. {finding['outcome']}."


@cache
def _kinds(playbook: str) -> dict[str, str]:
    place = built_in()
    file = place.playbooks / f"{playbook}.yaml"
    loaded = load_playbook(file, [place.queries], Window(NOW), Given(), dialects())
    return {one.id: one.judge.kind for _, one in loaded.playbook.checks()}
